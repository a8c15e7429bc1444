// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/dose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
reads_time(const char *text, int low, int high)
{
    struct range      range = {-1, -1};
    struct dose_error error = {""};
    assert_true(dose_time(&range, text, &error));
    assert_int_equal(range.low, low);
    assert_int_equal(range.high, high);
}

static void
refuses_time(const char *text, const char *why)
{
    struct range      range = {-1, -1};
    struct dose_error error = {""};
    assert_false(dose_time(&range, text, &error));
    assert_string_equal(error.text, why);
    assert_int_equal(range.low, -1);
}

static void
times_are_seconds_minutes_or_both(void **state)
{
    (void)state;
    reads_time("30s", 30000, 30000);
    reads_time("1m", 60000, 60000);
    reads_time("1m30s", 90000, 90000);
    reads_time("90s", 90000, 90000);
    reads_time("0s", 0, 0);
}

static void
a_range_may_share_its_unit(void **state)
{
    (void)state;
    reads_time("30-40s", 30000, 40000);
    reads_time("1-2m", 60000, 120000);
    reads_time("30s-40s", 30000, 40000);
    reads_time("45s-1m", 45000, 60000);
    reads_time("1m-1m30s", 60000, 90000);
    reads_time("30-30s", 30000, 30000);
}

static void
spaces_and_dashes_are_forgiven(void **state)
{
    (void)state;
    reads_time("30 s", 30000, 30000);
    reads_time("30 - 40 s", 30000, 40000);
    reads_time("30\xE2\x80\x93"
               "40s",
               30000, 40000);
    reads_time("1m 30s", 90000, 90000);
}

static void
a_time_without_a_unit_is_refused(void **state)
{
    (void)state;
    const char *why = "needs a unit, for example 30s, 30-40s or 1m30s";
    refuses_time("30", why);
    refuses_time("30-40", why);
    refuses_time("30s-40", why);
    refuses_time("1m30", why);
    refuses_time("1-1m30s", why); // a minute, or a second?
}

static void
other_units_and_fractions_are_refused(void **state)
{
    (void)state;
    refuses_time("30sec",
                 "has the unit 'sec'; write s for seconds or m for minutes, "
                 "for example 1m30s");
    refuses_time("2h", "has the unit 'h'; write s for seconds or m for "
                       "minutes, for example 1m30s");
    refuses_time("1.5m", "is given in whole seconds, for example 90s or 1m30s");
}

static void
a_time_that_runs_backwards_is_turned_round(void **state)
{
    (void)state;
    refuses_time("40-30s", "runs backwards; write 30s-40s");
    refuses_time("2m-90s", "runs backwards; write 1m30s-2m");
}

static void
what_is_no_time_is_refused(void **state)
{
    (void)state;
    const char *why = "is no time; write for example 30s, 30-40s or 1m30s";
    refuses_time("", why);
    refuses_time("s", why);
    refuses_time("-30s", why);
    refuses_time("30-", why);
    refuses_time("30-40-50s", why);
    refuses_time("30s10m", why);
    refuses_time("1m1m", why);
    refuses_time("soon", why);
    refuses_time("30s!", why);
    refuses_time("1111111s", "is far too long; write for example 30-40s");
    refuses_time("71583m", "is far too long; write for example 30-40s");
    refuses_time("35792-1m", "is far too long; write for example 30-40s");
    refuses_time("1s                                                       "
                 "1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s",
                 why);
}

static void
counts_are_numbers_or_ranges(void **state)
{
    (void)state;
    struct range      range;
    struct dose_error error;
    assert_true(dose_count(&range, "3", &error));
    assert_int_equal(range.low, 3);
    assert_int_equal(range.high, 3);
    assert_true(dose_count(&range, "3 - 4", &error));
    assert_int_equal(range.high, 4);
    assert_false(dose_count(&range, "4-3", &error));
    assert_string_equal(error.text, "runs backwards; write 3-4");
    assert_false(dose_count(&range, "3x", &error));
    assert_false(dose_count(&range, "3-", &error));
    assert_false(dose_count(&range, "9999999", &error));
    assert_string_equal(error.text, "is no count; write for example 3 or 3-4");
}

static void
a_pace_is_so_many_a_minute(void **state)
{
    (void)state;
    int               pace = 0;
    struct dose_error error;
    assert_true(dose_pace(&pace, "15 per minute", &error));
    assert_int_equal(pace, 15);
    assert_true(dose_pace(&pace, "60 per minute", &error));
    assert_false(dose_pace(&pace, "61 per minute", &error));
    assert_false(dose_pace(&pace, "0 per minute", &error));
    assert_string_equal(error.text, "can be from 1 to 60 per minute, for "
                                    "example 15 per minute");
    assert_false(dose_pace(&pace, "15 a minute", &error));
    assert_string_equal(error.text,
                        "is no pace; write for example 15 per minute");
    assert_int_equal(pace, 60);
}

static void
a_time_is_written_as_it_is_read(void **state)
{
    (void)state;
    assert_string_equal(dose_write(0).text, "0s");
    assert_string_equal(dose_write(59000).text, "59s");
    assert_string_equal(dose_write(60000).text, "1m");
    assert_string_equal(dose_write(90000).text, "1m30s");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_seconds_minutes_or_both),
        cmocka_unit_test(a_range_may_share_its_unit),
        cmocka_unit_test(spaces_and_dashes_are_forgiven),
        cmocka_unit_test(a_time_without_a_unit_is_refused),
        cmocka_unit_test(other_units_and_fractions_are_refused),
        cmocka_unit_test(a_time_that_runs_backwards_is_turned_round),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(counts_are_numbers_or_ranges),
        cmocka_unit_test(a_pace_is_so_many_a_minute),
        cmocka_unit_test(a_time_is_written_as_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
