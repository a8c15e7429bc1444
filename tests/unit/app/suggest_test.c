// SPDX-License-Identifier: GPL-3.0-or-later
// What is due, usual, uneven; with fixed dates.
#include "app/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TODAY 20000

static struct past_session sessions[16];
static struct past_muscle  muscles[16];
static struct look_back    back;

static int
begin(void **state)
{
    (void)state;
    memset(&back, 0, sizeof back);
    back.today         = TODAY;
    back.sessions.list = sessions;
    back.muscles.list  = muscles;
    back.recent.list   = muscles;
    return 0;
}

static void
did(const char *routine, int days_ago)
{
    struct past_session *s = &sessions[back.sessions.count++];
    *s = (struct past_session){.started = (TODAY - days_ago) * INT64_C(86400),
                               .worked  = 300};
    snprintf(s->routine, sizeof s->routine, "%s", routine);
}

static void
worked(const char *muscle, const char *side, double seconds, int days_ago)
{
    struct past_muscle *m = &muscles[back.muscles.count++];
    *m = (struct past_muscle){.last    = (TODAY - days_ago) * INT64_C(86400),
                              .seconds = seconds};
    snprintf(m->muscle, sizeof m->muscle, "%s", muscle);
    snprintf(m->side, sizeof m->side, "%s", side);
    snprintf(m->routine, sizeof m->routine, "for-%s", muscle);
    back.recent.count = back.muscles.count;
}

static struct suggestion
suggested(void)
{
    struct suggestion s;
    suggest_make(&s, &back);
    return s;
}

static void
without_a_past_nothing_is_suggested(void **state)
{
    (void)state;
    struct suggestion s = suggested();
    assert_string_equal(s.due, "");
    assert_string_equal(s.usual, "");
    assert_string_equal(s.uneven, "");
}

static void
what_was_worked_longest_ago_is_due(void **state)
{
    (void)state;
    worked("lats", "left", 60, 2);
    worked("calves", "left", 60, 9);
    worked("calves", "right", 60, 5); // one side was worked later
    worked("quads", "", 60, 4);
    worked("neck", "", 60, 100); // given up
    struct suggestion s = suggested();
    assert_string_equal(s.due, "for-calves");
    assert_int_equal(s.days, 5);
}

static void
what_was_worked_these_days_is_not_due(void **state)
{
    (void)state;
    worked("lats", "", 60, 2);
    assert_string_equal(suggested().due, "");
}

static void
what_is_done_most_is_usual(void **state)
{
    (void)state;
    did("lats", 1);
    did("calves", 2);
    did("lats", 3);
    did("calves", 4);
    assert_string_equal(suggested().usual, "");
    did("calves", 40); // long ago
    assert_string_equal(suggested().usual, "");
    did("calves", 7);
    assert_string_equal(suggested().usual, "calves");
    assert_int_equal(suggested().times, 3);
}

static void
sides_are_compared(void **state)
{
    (void)state;
    worked("lats", "left", 300, 1);
    worked("lats", "right", 250, 1); // near enough
    assert_string_equal(suggested().uneven, "");
    worked("calves", "left", 200, 1);
    worked("calves", "right", 100, 1);
    worked("neck", "", 900, 1);
    struct suggestion s = suggested();
    assert_string_equal(s.uneven, "calves");
    assert_string_equal(s.less, "right");
    assert_float_equal(s.other, 200, 1e-9);
}

static void
a_side_that_had_nothing_had_less(void **state)
{
    (void)state;
    worked("lats", "left", 300, 1);
    struct suggestion s = suggested();
    assert_string_equal(s.uneven, "lats");
    assert_string_equal(s.less, "right");
    assert_float_equal(s.had, 0, 1e-9);
    assert_string_not_equal(s.even_out, "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, begin)
    const struct CMUnitTest tests[] = {
        TEST(without_a_past_nothing_is_suggested),
        TEST(what_was_worked_longest_ago_is_due),
        TEST(what_was_worked_these_days_is_not_due),
        TEST(what_is_done_most_is_usual),
        TEST(sides_are_compared),
        TEST(a_side_that_had_nothing_had_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
