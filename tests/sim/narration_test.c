// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about an exercise, and when.
#include "sim_helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct sim sim;

static int
close_sim(void **state)
{
    (void)state;
    sim_close(&sim);
    return 0;
}

// All that is said in a session of two exercises, the first with FIRST in its
// YAML.
static const char *
said_with(const char *first, const struct plan_options *options)
{
    char yaml[2048];

    snprintf(yaml, sizeof yaml,
             "routine: test\n"
             "title: Test\n"
             "needs: [roller, ball]\n"
             "exercises:\n"
             "  - id: first\n"
             "    title: First\n"
             "    tool: roller\n"
             "    work: {kind: roll, time: 40s}\n"
             "%s"
             "    cues: [Slow.]\n"
             "  - id: second\n"
             "    title: Second\n"
             "    tool: ball\n"
             "    setup: [Stand up.]\n"
             "    work: {kind: hold, time: 30s}\n"
             "    sets: 1\n"
             "    cues: [Press in.]\n",
             first);
    sim_open(&sim, yaml, options);
    sim_reach(&sim, sim.plan->length);
    assert_int_equal(sim.ended, sim.plan->length);
    return sim_heard(&sim, "say");
}

static void
assert_says(const char *heard, const char *text)
{
    if (!strstr(heard, text)) fail_msg("'%s' is not in: %s", text, heard);
}

static void
assert_never_says(const char *heard, const char *text)
{
    if (strstr(heard, text)) fail_msg("'%s' is in: %s", text, heard);
}

static void
a_single_set_is_not_counted(void **state)
{
    (void)state;
    const char *heard = said_with("    setup: [Lie down.]\n"
                                  "    sets: 1\n",
                                  NULL);
    assert_never_says(heard, "et 1 of 1");
    assert_never_says(heard, "Last set");
    assert_says(heard, "say Three.");
}

static void
of_a_single_set_the_side_is_said(void **state)
{
    (void)state;
    assert_says(said_with("    setup: [Lie on your left side.]\n"
                          "    sets: 1\n"
                          "    sides: each\n",
                          NULL),
                "say The left side first.");
}

static void
where_in_a_single_set_counts_nothing(void **state)
{
    (void)state;
    sim_open(&sim, sim_two_exercises,
             &(struct plan_options){.level = LEVEL_STANDARD, .sets = 1});
    int64_t start = sim_work(&sim, 2, 5000);
    sim_command(&sim, start + 5000, COMMAND_WHERE);
    sim_reach(&sim, start + 6000);
    sim_assert_heard(&sim, start, "aside", "5300 aside Second, left side.");
}

static void
sets_are_counted_and_the_last_is_called_so(void **state)
{
    (void)state;
    const char *heard = said_with("    setup: [Lie down.]\n"
                                  "    sets: 3\n",
                                  NULL);
    assert_says(heard, "say Set 2 of 3.");
    assert_says(heard, "say Last set.");
}

static void
the_last_rest_tells_what_follows_and_what_to_fetch(void **state)
{
    (void)state;
    const char *heard = said_with("    setup: [Lie down.]\n"
                                  "    sets: 3\n"
                                  "    rest: {time: 20s}\n",
                                  NULL);
    const char *told =
        strstr(heard, "After one more set comes Second. Then fetch the ball.");

    assert_non_null(told);
    assert_non_null(strstr(told, "Last set."));
    assert_null(strstr(told, "Set 2 of 3."));
    assert_says(told, "say The last exercise is Second. Fetch the ball.");
}

static void
a_rest_after_the_last_set_is_the_time_to_fetch(void **state)
{
    (void)state;
    const char *heard = said_with("    setup: [Lie down.]\n"
                                  "    sets: 2\n"
                                  "    rest: {time: 20s, last: true}\n",
                                  NULL);
    assert_never_says(heard, "After one more set");
    assert_says(heard, "say Then comes Second. Fetch the ball.");
    assert_says(heard, "say The last exercise is Second, with the ball.");
}

static void
the_side_is_named_before_a_setup_for_the_other_side(void **state)
{
    (void)state;
    const char *heard = said_with("    setup: [Lie on your left side.]\n"
                                  "    sets: 2\n"
                                  "    sides: each\n"
                                  "    first: right\n",
                                  NULL);
    const char *side  = strstr(heard, "say The right side first.");

    assert_non_null(side);
    assert_says(side, "say Lie on your left side.");
    assert_says(side, "say Set 1 of 2, right side.");
}

static void
a_setup_that_names_its_side_needs_no_word_before(void **state)
{
    (void)state;
    assert_never_says(said_with("    setup: [Lie on your left side.]\n"
                                "    sets: 2\n"
                                "    sides: each\n",
                                NULL),
                      "side first");
}

static void
a_side_alone_is_named_as_such(void **state)
{
    (void)state;
    const char *heard = said_with("    setup: [Lie down.]\n"
                                  "    sets: 1\n"
                                  "    sides: right\n",
                                  NULL);
    assert_says(heard, "say On the right side.");
    assert_never_says(heard, "Change over");
}

int
main(void)
{
#define T(name) cmocka_unit_test_teardown(name, close_sim)
    const struct CMUnitTest tests[] = {
        T(a_single_set_is_not_counted),
        T(of_a_single_set_the_side_is_said),
        T(where_in_a_single_set_counts_nothing),
        T(sets_are_counted_and_the_last_is_called_so),
        T(the_last_rest_tells_what_follows_and_what_to_fetch),
        T(a_rest_after_the_last_set_is_the_time_to_fetch),
        T(the_side_is_named_before_a_setup_for_the_other_side),
        T(a_setup_that_names_its_side_needs_no_word_before),
        T(a_side_alone_is_named_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
