// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wish.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
assert_wish(const char *line, const char *what, int minutes)
{
    struct wish wish;
    wish_parse(&wish, line);
    assert_string_equal(wish.what, what);
    assert_int_equal(wish.minutes, minutes);
}

static void
a_time_may_follow_what_is_wished(void **state)
{
    (void)state;
    assert_wish("shoulders", "shoulders", 0);
    assert_wish("shoulders 10", "shoulders", 10);
    assert_wish("  upper back, 12 minutes ", "upper back", 12);
    assert_wish("lats,8 min", "lats", 8);
    assert_wish("Schultern 10 Minuten", "Schultern", 10);
}

static void
a_time_alone_needs_its_unit(void **state)
{
    (void)state;
    assert_wish("10 minutes", "", 10);
    assert_wish("3", "3", 0);
}

static void
what_is_no_time_stays_as_it_is(void **state)
{
    (void)state;
    assert_wish("", "", 0);
    assert_wish("minutes", "minutes", 0);
    assert_wish("shoulders 0", "shoulders 0", 0);
    assert_wish("shoulders 181 minutes", "shoulders 181 minutes", 0);
    assert_wish("shoulders -5", "shoulders -5", 0);
    assert_wish("choice 99999999999999999999", "choice 99999999999999999999",
                0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_may_follow_what_is_wished),
        cmocka_unit_test(a_time_alone_needs_its_unit),
        cmocka_unit_test(what_is_no_time_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
