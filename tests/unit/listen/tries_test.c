// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/tries.h"
#include <cmocka.h>

#define NEXT  1
#define STOP  2
#define LEAST 0.6

static struct tries tries;

static int
begin(void **state)
{
    (void)state;
    tries_init(&tries);
    return 0;
}

// Half a second of COMMAND that ends at END.
static double
hear(int command, double confidence, double end)
{
    return tries_add(&tries, command, confidence, LEAST, end - 0.5, end);
}

static void
one_try_is_what_it_is(void **state)
{
    (void)state;
    assert_float_equal(hear(NEXT, 0.4, 1), 0.4, 1e-9);
    tries_init(&tries);
    assert_float_equal(hear(NEXT, 0.9, 1), 0.9, 1e-9);
}

static void
a_second_try_is_believed_more(void **state)
{
    (void)state;
    hear(NEXT, 0.4, 1);
    assert_float_equal(hear(NEXT, 0.4, 4), 0.64, 1e-9);
}

static void
a_try_too_late_or_of_another_command_starts_anew(void **state)
{
    (void)state;
    hear(NEXT, 0.4, 1);
    assert_float_equal(hear(NEXT, 0.4, 8), 0.4, 1e-9);
    assert_float_equal(hear(STOP, 0.4, 9), 0.4, 1e-9);
    assert_float_equal(hear(NEXT, 0.4, 10), 0.4, 1e-9);
}

static void
what_was_taken_is_forgotten(void **state)
{
    (void)state;
    hear(NEXT, 0.4, 1);
    hear(NEXT, 0.7, 3);
    assert_float_equal(hear(NEXT, 0.4, 5), 0.4, 1e-9);
}

static void
what_is_far_from_a_command_is_no_try(void **state)
{
    (void)state;
    for (int i = 1; i < 20; i++)
        assert_float_equal(hear(NEXT, 0.2, i), 0.2, 1e-9);
    hear(NEXT, 0.4, 21);
    assert_float_equal(hear(NEXT, 0.2, 22), 0.2, 1e-9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(one_try_is_what_it_is, begin),
        cmocka_unit_test_setup(a_second_try_is_believed_more, begin),
        cmocka_unit_test_setup(a_try_too_late_or_of_another_command_starts_anew,
                               begin),
        cmocka_unit_test_setup(what_was_taken_is_forgotten, begin),
        cmocka_unit_test_setup(what_is_far_from_a_command_is_no_try, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
