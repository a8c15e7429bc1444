// SPDX-License-Identifier: GPL-3.0-or-later
// Streak, weeks and discomfort, with fixed dates.
#include "history/summary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TODAY 20597 // 2026-05-24, a Sunday

static struct past_session  list[16];
static struct past_sessions sessions = {0, list};

static int
begin(void **state)
{
    (void)state;
    sessions.count = 0;
    return 0;
}

static struct past_session *
add(int64_t day, double minutes)
{
    struct past_session *session = &list[sessions.count++];
    memset(session, 0, sizeof *session);
    session->started = day * 86400 + 43200;
    session->worked  = minutes * 60;
    session->before = session->after = -1;
    return session;
}

static struct summary
summed(void)
{
    struct summary summary;
    summary_make(&summary, &sessions, TODAY);
    return summary;
}

static void
no_session_makes_no_streak(void **state)
{
    (void)state;
    struct summary s = summed();
    assert_int_equal(s.streak, 0);
    assert_int_equal(s.sessions, 0);
    assert_float_equal(s.relief, 0, 1e-9);
}

static void
a_streak_is_days_in_a_row_up_to_today_or_yesterday(void **state)
{
    (void)state;
    add(TODAY - 9, 5);
    add(TODAY - 8, 5);
    add(TODAY - 7, 5);
    add(TODAY - 2, 5);
    add(TODAY - 1, 5);
    assert_int_equal(summed().streak, 2);
    assert_int_equal(summed().longest, 3);
    add(TODAY, 5);
    add(TODAY, 9); // the same day
    assert_int_equal(summed().streak, 3);
}

static void
a_day_counts_by_all_of_its_sessions(void **state)
{
    (void)state;
    add(TODAY - 1, 40.0 / 60);
    assert_int_equal(summed().streak, 0);
    add(TODAY - 1, 50.0 / 60);
    add(TODAY, 50.0 / 60);
    assert_int_equal(summed().streak, 1);
    add(TODAY, 10.0 / 60);
    assert_int_equal(summed().streak, 2);
    assert_int_equal(summed().sessions, 0); // none of them a minute
}

static void
a_day_that_comes_twice_ends_nothing(void **state)
{
    (void)state;
    add(TODAY - 2, 5);
    add(TODAY - 1, 5);
    add(TODAY - 1, 5)->zone = 13 * 60;  // past midnight in Auckland
    add(TODAY - 1, 5)->zone = -10 * 60; // then the day before in Honolulu
    assert_int_equal(summed().streak, 3);
}

static void
a_day_without_ends_it(void **state)
{
    (void)state;
    add(TODAY - 3, 5);
    add(TODAY - 2, 5);
    assert_int_equal(summed().streak, 0);
    assert_int_equal(summed().longest, 2);
}

static void
less_than_a_minute_is_no_session(void **state)
{
    (void)state;
    add(TODAY, 0.9);
    assert_int_equal(summed().streak, 0);
    assert_int_equal(summed().sessions, 0);
}

static void
weeks_begin_on_monday(void **state)
{
    (void)state;
    add(TODAY - 7, 4); // Sunday before
    add(TODAY - 6, 5); // Monday
    add(TODAY, 6);
    add(TODAY - 7 * 30, 7); // long ago
    struct summary s = summed();
    assert_float_equal(s.week[SUMMARY_WEEKS - 1], 11, 1e-9);
    assert_float_equal(s.week[SUMMARY_WEEKS - 2], 4, 1e-9);
    assert_float_equal(s.minutes, 22, 1e-9);
}

static void
a_day_is_that_of_the_place(void **state)
{
    (void)state;
    // 23:30 UTC is the next day in Berlin, and 00:30 the day before in New York
    assert_int_equal(summary_day(TODAY * 86400LL - 1800, 60), TODAY);
    assert_int_equal(summary_day(TODAY * 86400LL + 1800, -300), TODAY - 1);
    assert_int_equal(summary_day(-1, 0), -1);
}

static void
dates_are_right_over_leap_years(void **state)
{
    (void)state;
    static const struct {
        int64_t day;
        int     year, month, date;
    } known[] = {{0, 1970, 1, 1},      {-1, 1969, 12, 31},
                 {11016, 2000, 2, 29}, {11017, 2000, 3, 1},
                 {TODAY, 2026, 5, 24}, {19782, 2024, 2, 29}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int year, month, date;
        summary_date(known[i].day, &year, &month, &date);
        assert_int_equal(year, known[i].year);
        assert_int_equal(month, known[i].month);
        assert_int_equal(date, known[i].date);
    }
}

static void
discomfort_has_a_relief_and_a_trend(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct past_session *session = add(TODAY - 7 * (3 - i), 5);
        session->before              = 7 - i;
        session->after               = 7 - i - 2;
    }
    list[3].after    = -1;
    struct summary s = summed();
    assert_int_equal(s.tellings, 4);
    assert_int_equal(s.pairs, 3);
    assert_float_equal(s.relief, 2, 1e-9);
    assert_float_equal(s.trend, -1, 1e-9);
}

static void
a_clock_that_was_wrong_hurts_nothing(void **state)
{
    (void)state;
    add(TODAY + 400, 5); // before the clock was set
    add(-30, 5);
    struct summary s = summed();
    assert_int_equal(s.sessions, 2);
    assert_float_equal(s.week[SUMMARY_WEEKS - 1], 0, 1e-9);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, begin)
    const struct CMUnitTest tests[] = {
        TEST(no_session_makes_no_streak),
        TEST(a_streak_is_days_in_a_row_up_to_today_or_yesterday),
        TEST(a_day_counts_by_all_of_its_sessions),
        TEST(a_day_that_comes_twice_ends_nothing),
        TEST(a_day_without_ends_it),
        TEST(less_than_a_minute_is_no_session),
        TEST(weeks_begin_on_monday),
        TEST(a_day_is_that_of_the_place),
        TEST(dates_are_right_over_leap_years),
        TEST(discomfort_has_a_relief_and_a_trend),
        TEST(a_clock_that_was_wrong_hurts_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
