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

// A history: how often the exercise "first" was met.
static int
met_before(void *ctx, const char *known_as)
{
    const int *times = ctx;
    return strcmp(known_as, "first") == 0 ? *times : 0;
}

// The setup of an exercise met TIMES times, in a session with that TALK.
static const char *
setup_when_met(int times, enum talk talk, const char *brief)
{
    char                setup[256];
    struct plan_options options = {.level   = LEVEL_STANDARD,
                                   .talk    = talk,
                                   .met     = met_before,
                                   .met_ctx = &times};

    snprintf(setup, sizeof setup,
             "    setup: [Lie down., Lift your hips., Cross your arms.]\n"
             "    why: It feels good.\n"
             "    cautions: [{stop_if: a sting}]\n"
             "    sets: 2\n%s",
             brief);
    const char *heard = said_with(setup, &options);
    char       *end   = strstr(heard, "say Set 1 of 2.");
    assert_non_null(end);
    *end = '\0';
    assert_says(heard, "say First, First, with the roller.");
    assert_says(heard, "say Come off at once if you feel a sting.");
    return heard;
}

static void
an_exercise_met_for_the_first_time_is_explained_in_full(void **state)
{
    (void)state;
    const char *heard = setup_when_met(0, TALK_USUAL, "");
    assert_says(heard, "It feels good.");
    assert_says(heard, "Lie down.");
    assert_says(heard, "Lift your hips.");
    assert_says(heard, "Cross your arms.");
}

static void
met_once_or_twice_it_is_put_briefly_without_a_why(void **state)
{
    for (int times = 1; times <= 2; times++) {
        const char *heard =
            setup_when_met(times, TALK_USUAL, "    brief: As before.\n");
        assert_says(heard, "As before.");
        assert_never_says(heard, "It feels good.");
        assert_never_says(heard, "Lie down.");
        if (times == 1) close_sim(state);
    }
}

static void
without_a_brief_line_it_is_the_first_two_of_the_setup(void **state)
{
    (void)state;
    const char *heard = setup_when_met(1, TALK_BRIEF, "");
    assert_says(heard, "Lie down.");
    assert_says(heard, "Lift your hips.");
    assert_never_says(heard, "Cross your arms.");
}

static void
met_three_times_its_name_tool_and_cautions_are_enough(void **state)
{
    (void)state;
    const char *heard =
        setup_when_met(3, TALK_USUAL, "    brief: As before.\n");
    assert_never_says(heard, "It feels good.");
    assert_never_says(heard, "As before.");
    assert_never_says(heard, "Lie down.");
}

static void
the_less_of_history_and_talk_counts(void **state)
{
    (void)state;
    const char *heard = setup_when_met(0, TALK_QUIET, "");
    assert_never_says(heard, "It feels good.");
    assert_never_says(heard, "Lie down.");
}

// A whole session of an exercise met TIMES times, with the usual talk.
static const char *
session_when_met(int times)
{
    static int          met;
    struct plan_options options = {.level     = LEVEL_STANDARD,
                                   .talk      = TALK_USUAL,
                                   .listening = true,
                                   .met       = met_before,
                                   .met_ctx   = &met};
    met                         = times;
    sim_open(&sim,
             "routine: test\n"
             "title: Test\n"
             "about: For a test.\n"
             "needs: [roller]\n"
             "exercises:\n"
             "  - id: first\n"
             "    title: First\n"
             "    tool: roller\n"
             "    setup: [Lie down.]\n"
             "    work: {kind: roll, time: 40s}\n"
             "    sets: 2\n"
             "    rest: {time: 30s, stretch: [Reach far., Wider.]}\n"
             "    cues: [Slow., Calm., Long.]\n",
             &options);
    sim_reach(&sim, sim.plan->length);
    return sim_heard(&sim, "say");
}

static void
the_words_before_a_session_grow_fewer_too(void **state)
{
    const char *heard = session_when_met(0);
    assert_says(heard, "For a test.");
    assert_says(heard, "You need a roller.");
    assert_says(heard, "You can speak to me at any time.");
    close_sim(state);

    heard = session_when_met(1);
    assert_never_says(heard, "For a test.");
    assert_says(heard, "You need a roller.");
    assert_never_says(heard, "You can speak to me at any time.");
    close_sim(state);

    heard = session_when_met(10);
    assert_says(heard, "say Test.");
    assert_says(heard, "say This takes about");
    assert_never_says(heard, "For a test.");
    assert_never_says(heard, "You need a roller.");
}

static void
cues_and_stretches_grow_fewer_too(void **state)
{
    const char *heard = session_when_met(0);
    assert_says(heard, "say Slow.");
    assert_says(heard, "say Long.");
    assert_says(heard, "say Wider.");
    close_sim(state);

    heard = session_when_met(10);
    assert_says(heard, "say Slow.");   // of the first set
    assert_says(heard, "say Calm.");   // of the second
    assert_never_says(heard, "Long."); // that was all
    assert_says(heard, "say Reach far.");
    assert_never_says(heard, "Wider.");
}

static void
more_talk_explains_what_is_known_well(void **state)
{
    (void)state;
    session_when_met(10);
    session_init(&sim.session, &sim.plans[0], LEVEL_STANDARD, TALK_USUAL,
                 &sim.voice, &sim.undo);
    sim_command(&sim, 0, COMMAND_START);
    assert_true(sim_command(&sim, 10, COMMAND_MORE_TALK));
    sim_reach(&sim, 60 * SECOND);
    assert_says(sim_heard(&sim, "say"), "Lie down.");
}

static void
full_talk_explains_what_is_known_well(void **state)
{
    (void)state;
    int                 times   = 9;
    struct plan_options options = {.level   = LEVEL_STANDARD,
                                   .talk    = TALK_FULL,
                                   .met     = met_before,
                                   .met_ctx = &times};
    assert_says(said_with("    setup: [Lie down.]\n"
                          "    sets: 1\n",
                          &options),
                "Lie down.");
}

static void
explain_brings_back_all_of_what_is_known_well(void **state)
{
    (void)state;
    setup_when_met(9, TALK_USUAL, "");
    session_init(&sim.session, &sim.plans[0], LEVEL_STANDARD, TALK_USUAL,
                 &sim.voice, &sim.undo);
    sim_command(&sim, 0, COMMAND_START);
    int64_t start = sim_work(&sim, 1, 5000);
    sim_command(&sim, start + 5000, COMMAND_EXPLAIN);
    sim_reach(&sim, start + 30 * SECOND);
    const char *heard = sim_heard(&sim, "aside");
    assert_says(heard, "It feels good.");
    assert_says(heard, "Cross your arms.");
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
        T(an_exercise_met_for_the_first_time_is_explained_in_full),
        T(met_once_or_twice_it_is_put_briefly_without_a_why),
        T(without_a_brief_line_it_is_the_first_two_of_the_setup),
        T(met_three_times_its_name_tool_and_cautions_are_enough),
        T(the_less_of_history_and_talk_counts),
        T(the_words_before_a_session_grow_fewer_too),
        T(cues_and_stretches_grow_fewer_too),
        T(more_talk_explains_what_is_known_well),
        T(full_talk_explains_what_is_known_well),
        T(explain_brings_back_all_of_what_is_known_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
