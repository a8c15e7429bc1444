// SPDX-License-Identifier: GPL-3.0-or-later
// What a right file becomes; wrong ones are in tests/golden/check.
#include "routine/routine.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct report report;

static int
begin(void **state)
{
    (void)state;
    memset(&report, 0, sizeof report);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    report_release(&report);
    return 0;
}

static struct routine *
parsed(const char *text)
{
    struct routine *routine = NULL;
    enum status     st =
        routine_parse(&routine, "test.yaml", text, strlen(text), &report);
    assert_true((st == STATUS_OK) == (routine != NULL));
    return routine;
}

#define HEAD                                                                   \
    "routine: test\n"                                                          \
    "title: Test\n"                                                            \
    "exercises:\n"                                                             \
    "  - id: one\n"                                                            \
    "    title: One\n"

static struct routine *
with(const char *rest)
{
    char text[4096];
    snprintf(text, sizeof text, HEAD "%s", rest);
    struct routine *routine = parsed(text);
    assert_non_null(routine);
    assert_int_equal(report.errors, 0);
    return routine;
}

static void
what_is_left_out_has_its_default(void **state)
{
    (void)state;
    struct routine        *routine = with("    work: {kind: roll, time: 30s}");
    const struct exercise *e       = &routine->exercises[0];

    assert_string_equal(routine->id, "test");
    assert_string_equal(routine->about, "");
    assert_int_equal(routine->needs.count, 0);
    assert_int_equal(routine->count, 1);
    assert_string_equal(e->tool, "");
    assert_string_equal(e->why, "");
    assert_string_equal(e->instead, "");
    assert_int_equal(e->ready, 15000);
    assert_false(e->ready_waits);
    assert_int_equal(e->sets.low, 3);
    assert_int_equal(e->sets.high, 3);
    assert_int_equal(e->sides, SIDES_BOTH);
    assert_int_equal(e->change, 0);
    assert_int_equal(e->rest, 30000);
    assert_false(e->rest_after_last);
    assert_int_equal(e->pace, 0);
    assert_int_equal(e->lead_in, 0);
    routine_free(routine);
}

static void
every_key_of_an_exercise_is_read(void **state)
{
    (void)state;
    struct routine        *routine = with("    tool: ball\n"
                                                 "    muscles: [a, b]\n"
                                                 "    why: Because.\n"
                                                 "    setup: [Stand., Lean.]\n"
                                                 "    ready: 20s\n"
                                                 "    lead_in: 7s\n"
                                                 "    work: {kind: roll, time: 40-50s, "
                                                 "pace: 15 per minute}\n"
                                                 "    sets: 3-4\n"
                                                 "    sides: each\n"
                                                 "    change: 9s\n"
                                                 "    rest: {time: 25s, stretch: Reach., "
                                                 "last: true}\n"
                                                 "    cues: [Slowly.]\n"
                                                 "    gates: [numbness]\n");
    const struct exercise *e       = &routine->exercises[0];

    assert_string_equal(e->id, "one");
    assert_string_equal(e->title, "One");
    assert_string_equal(e->tool, "ball");
    assert_int_equal(e->muscles.count, 2);
    assert_string_equal(e->muscles.text[1], "b");
    assert_string_equal(e->why, "Because.");
    assert_string_equal(e->setup.text[1], "Lean.");
    assert_int_equal(e->ready, 20000);
    assert_int_equal(e->lead_in, 7000);
    assert_int_equal(e->kind, WORK_ROLL);
    assert_int_equal(e->time.low, 40000);
    assert_int_equal(e->time.high, 50000);
    assert_int_equal(e->pace, 15);
    assert_int_equal(e->sets.low, 3);
    assert_int_equal(e->sets.high, 4);
    assert_int_equal(e->sides, SIDES_EACH);
    assert_int_equal(e->change, 9000);
    assert_int_equal(e->rest, 25000);
    assert_true(e->rest_after_last);
    assert_int_equal(e->stretch.count, 1);
    assert_string_equal(e->stretch.text[0], "Reach.");
    assert_string_equal(e->cues.text[0], "Slowly.");
    assert_string_equal(e->gates.text[0], "numbness");
    routine_free(routine);
}

static void
variations_name_their_sets(void **state)
{
    (void)state;
    struct routine        *routine = with("    work: {kind: hold, time: 30s}\n"
                                                 "    vary:\n"
                                                 "      - {when: set 2, say: A}\n"
                                                 "      - {when: set 2.., say: B}\n"
                                                 "      - {when: set 2..3, say: C}\n"
                                                 "      - {when: last set, say: D}\n");
    const struct exercise *e       = &routine->exercises[0];

    assert_int_equal(e->kind, WORK_HOLD);
    assert_int_equal(e->varies, 4);
    assert_int_equal(e->vary[0].first, 2);
    assert_int_equal(e->vary[0].last, 2);
    assert_int_equal(e->vary[1].first, 2);
    assert_int_equal(e->vary[1].last, INT_MAX);
    assert_int_equal(e->vary[2].last, 3);
    assert_false(e->vary[2].last_set);
    assert_true(e->vary[3].last_set);
    assert_string_equal(e->vary[3].say, "D");
    routine_free(routine);
}

static void
a_caution_is_a_line_or_what_to_stop_at(void **state)
{
    (void)state;
    struct routine *routine =
        with("    work: {kind: free, time: 2m}\n"
             "    cautions:\n"
             "      - Softly.\n"
             "      - {stop_if: something sharp}\n"
             "      - {say: Softly., stop_if: something sharp}\n");
    const struct exercise *e = &routine->exercises[0];

    assert_int_equal(e->kind, WORK_FREE);
    assert_int_equal(e->cautions, 3);
    assert_string_equal(e->caution[0].say, "Softly.");
    assert_string_equal(e->caution[0].stop_if, "");
    assert_string_equal(e->caution[1].say, "");
    assert_string_equal(e->caution[1].stop_if, "something sharp");
    assert_string_equal(e->caution[2].say, "Softly.");
    routine_free(routine);
}

static void
ready_may_wait(void **state)
{
    (void)state;
    struct routine *routine = with("    ready: wait\n"
                                   "    work: {kind: roll, time: 30s}\n");
    assert_true(routine->exercises[0].ready_waits);
    assert_int_equal(routine->exercises[0].ready, 15000);
    routine_free(routine);
}

static void
a_single_set_has_no_rest(void **state)
{
    (void)state;
    struct routine *routine = with("    sets: 1\n"
                                   "    work: {kind: roll, time: 30s}\n");
    assert_int_equal(routine->exercises[0].rest, 0);
    routine_free(routine);

    routine = with("    sets: 1\n"
                   "    rest: {last: true}\n"
                   "    work: {kind: roll, time: 30s}\n");
    assert_int_equal(routine->exercises[0].rest, 30000);
    routine_free(routine);
}

static void
each_side_has_a_change_in_between(void **state)
{
    (void)state;
    struct routine *routine = with("    sides: each\n"
                                   "    work: {kind: roll, time: 30s}\n");
    assert_int_equal(routine->exercises[0].change, 8000);
    routine_free(routine);
}

static void
white_space_in_text_is_one_space(void **state)
{
    (void)state;
    struct routine *routine = with("    why: |\n"
                                   "      Two  words,\n"
                                   "      \tand more.\n"
                                   "    work: {kind: roll, time: 30s}\n");
    assert_string_equal(routine->exercises[0].why, "Two words, and more.");
    routine_free(routine);
}

static void
aliases_save_writing_a_thing_twice(void **state)
{
    (void)state;
    struct routine *routine = with("    work: &w {kind: roll, time: 30s}\n"
                                   "  - id: two\n"
                                   "    title: Two\n"
                                   "    work: *w\n");
    assert_int_equal(routine->count, 2);
    assert_int_equal(routine->exercises[1].time.low, 30000);
    routine_free(routine);
}

static void
warnings_do_not_hinder(void **state)
{
    (void)state;
    struct routine *routine = with("    change: 8s\n"
                                   "    work: {kind: roll, time: 30s}\n");
    assert_int_equal(report.warnings, 1);
    routine_free(routine);
}

static void
the_name_of_another_kind_of_file_does_not_matter(void **state)
{
    (void)state;
    static const char text[]  = HEAD "    work: {kind: roll, time: 30s}\n";
    struct routine   *routine = NULL;
    assert_int_equal(
        routine_parse(&routine, "/dev/stdin", text, strlen(text), &report),
        STATUS_OK);
    routine_free(routine);
    assert_int_equal(
        routine_parse(&routine, "a/b/test.yaml", text, strlen(text), &report),
        STATUS_OK);
    routine_free(routine);
    assert_int_equal(
        routine_parse(&routine, "test/b.yaml", text, strlen(text), &report),
        STATUS_BAD_INPUT);
    assert_null(routine);
}

static void
errors_of_an_earlier_file_do_not_spoil_this_one(void **state)
{
    (void)state;
    assert_null(parsed("nothing: here\n"));
    int before = report.errors;
    assert_true(before > 0);
    struct routine *routine =
        parsed(HEAD "    work: {kind: roll, time: 30s}\n");
    assert_non_null(routine);
    assert_int_equal(report.errors, before);
    routine_free(routine);
}

static void
a_file_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    struct routine *routine = NULL;
    assert_int_equal(routine_read(&routine, "/no/such.yaml", &report),
                     STATUS_NOT_FOUND);
    assert_null(routine);
    assert_int_equal(report.errors, 1);
}

static void
the_most_exercises_are_forty(void **state)
{
    (void)state;
    static char text[16384];
    int         used =
        snprintf(text, sizeof text, "routine: test\ntitle: T\nexercises:\n");
    for (int i = 0; i < ROUTINE_MOST_EXERCISES; i++) {
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "  - {id: e%d, title: E, work: {kind: hold, time: "
                         "30s}}\n",
                         i);
    }
    struct routine *routine = parsed(text);
    assert_non_null(routine);
    assert_int_equal(routine->count, ROUTINE_MOST_EXERCISES);
    routine_free(routine);

    snprintf(text + used, sizeof text - (size_t)used,
             "  - {id: x, title: E, work: {kind: hold, time: 30s}}\n");
    assert_null(parsed(text));
    assert_non_null(strstr(report.text, "test.yaml:44:6: error: exercises has "
                                        "41 items, the most is 40\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_left_out_has_its_default),
        TEST(every_key_of_an_exercise_is_read),
        TEST(variations_name_their_sets),
        TEST(a_caution_is_a_line_or_what_to_stop_at),
        TEST(ready_may_wait),
        TEST(a_single_set_has_no_rest),
        TEST(each_side_has_a_change_in_between),
        TEST(white_space_in_text_is_one_space),
        TEST(aliases_save_writing_a_thing_twice),
        TEST(warnings_do_not_hinder),
        TEST(the_name_of_another_kind_of_file_does_not_matter),
        TEST(errors_of_an_earlier_file_do_not_spoil_this_one),
        TEST(a_file_that_is_not_there_is_not_found),
        TEST(the_most_exercises_are_forty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
