// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/likeness.h"
#include <cmocka.h>

static double
between(const char *one, const char *other)
{
    struct sounds a = {0}, b = {0};
    sounds_add(&a, one);
    sounds_add(&b, other);
    return sounds_distance(&a, &b);
}

static void
the_same_phones_are_no_distance_apart(void **state)
{
    (void)state;
    assert_float_equal(between("S T AA P", "S T AA P"), 0, 1e-9);
    assert_float_equal(between("", ""), 0, 1e-9);
}

static void
kin_cost_half_of_strangers(void **state)
{
    (void)state;
    assert_float_equal(between("S T AA P", "S D AA B"), 1.0, 1e-9);
    assert_float_equal(between("N OW", "M OW"), 0.5, 1e-9);
    assert_float_equal(between("N OW", "S OW"), 1.0, 1e-9);
}

static void
a_missing_phone_costs_less_than_a_wrong_one(void **state)
{
    (void)state;
    assert_float_equal(between("S T AA P", "S T AA"), 0.8, 1e-9);
    assert_float_equal(between("", "G OW"), 1.6, 1e-9);
    assert_float_equal(between("S T AA P", "T AA"), 1.6, 1e-9);
}

static void
unknown_phones_and_spaces_are_passed_over(void **state)
{
    (void)state;
    assert_float_equal(between("  S  T AA P ", "S T QQ AA P"), 0, 1e-9);
}

static void
more_phones_than_fit_are_left_out(void **state)
{
    struct sounds a = {0};
    (void)state;
    for (int i = 0; i < 2 * SOUNDS_MOST; i++) sounds_add(&a, "AA");
    assert_int_equal(a.count, SOUNDS_MOST);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_phones_are_no_distance_apart),
        cmocka_unit_test(kin_cost_half_of_strangers),
        cmocka_unit_test(a_missing_phone_costs_less_than_a_wrong_one),
        cmocka_unit_test(unknown_phones_and_spaces_are_passed_over),
        cmocka_unit_test(more_phones_than_fit_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
