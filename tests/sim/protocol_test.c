// SPDX-License-Identifier: GPL-3.0-or-later
// Pain, levels, talk, questions asked back, and taking commands back.
#include "sim_helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char doses[] = //
    "routine: test\n"
    "title: Test\n"
    "about: For a test.\n"
    "needs: [roller]\n"
    "exercises:\n"
    "  - id: first\n"
    "    title: First\n"
    "    tool: roller\n"
    "    why: It feels good.\n"
    "    setup: [Lie down.]\n"
    "    work: {kind: roll, time: 30-50s}\n"
    "    sets: 2-4\n"
    "    rest: {time: 20s}\n"
    "    cues: [Slow.]\n"
    "  - id: second\n"
    "    title: Second\n"
    "    tool: roller\n"
    "    setup: [Turn over.]\n"
    "    work: {kind: hold, time: 30s}\n"
    "    sets: 2\n"
    "    sides: each\n"
    "    cues: [Press in.]\n";

static struct sim sim;

static int
open_sim(void **state)
{
    (void)state;
    sim_open(&sim, doses, NULL);
    sim_heard(&sim, NULL);
    return 0;
}

static int
close_sim(void **state)
{
    (void)state;
    sim_close(&sim);
    return 0;
}

// After PAIN, five seconds into the second set, its question asked.
static int64_t
hurt(void)
{
    int64_t start = sim_work(&sim, 2, 5000);
    sim_command(&sim, start + 5000, COMMAND_PAIN);
    sim_reach(&sim, start + 12 * SECOND);
    sim_heard(&sim, NULL);
    return start;
}

// As after a device that was lost while it asked.
static void
where_we_are_in_a_pain_asks_for_it_again(void **state)
{
    (void)state;
    int64_t start = hurt();

    assert_true(sim_command(&sim, start + 12 * SECOND, COMMAND_WHERE));
    sim_reach(&sim, start + 14 * SECOND);
    const char *heard = sim_heard(&sim, NULL);
    assert_non_null(strstr(heard, "set 2 of"));
    assert_non_null(strstr(heard, "Is it sharp, numb or tingling?"));
    assert_true(sim_command(&sim, start + 25 * SECOND, COMMAND_YES));
    sim_reach(&sim, start + 26 * SECOND);
    assert_non_null(strstr(sim_heard(&sim, NULL), "leave this area alone"));
}

static void
a_sharp_pain_ends_this_area(void **state)
{
    (void)state;
    int64_t start = hurt();

    assert_true(sim_command(&sim, start + 12 * SECOND, COMMAND_YES));
    sim_reach(&sim, start + 13 * SECOND);
    const char *heard = sim_heard(&sim, NULL);
    assert_non_null(strstr(heard, "pain sharp"));
    assert_non_null(strstr(heard, "clinician"));

    sim_command(&sim, start + 30 * SECOND, COMMAND_RESUME);
    sim_assert_heard(&sim, start, "segment", "30000 segment setup 0 -");
    assert_int_equal(session_segment(&sim.session)->exercise, 1);
}

static void
a_sore_spot_may_go_on_lighter(void **state)
{
    (void)state;
    int64_t start = hurt();

    sim_command(&sim, start + 12 * SECOND, COMMAND_NO);
    assert_non_null(strstr(sim_heard(&sim, NULL), "pain sore"));
    sim_command(&sim, start + 30 * SECOND, COMMAND_LIGHTER);
    sim_command(&sim, start + 40 * SECOND, COMMAND_RESUME);
    assert_int_equal(sim.session.level, LEVEL_GENTLE);
    assert_int_equal(sim.session.length, 30 * SECOND);
    assert_int_equal(sim.session.state, SESSION_RUNNING);
}

static void
going_on_without_an_answer_ends_the_question_about_a_pain(void **state)
{
    (void)state;
    int64_t start = hurt();

    assert_true(sim_command(&sim, start + 12 * SECOND, COMMAND_RESUME));
    sim_reach(&sim, start + 30 * SECOND);
    assert_null(strstr(sim_heard(&sim, "aside"), "Is it sharp"));
    assert_false(session_commands(&sim.session) >> COMMAND_YES & 1);
    assert_false(sim_command(&sim, start + 30 * SECOND, COMMAND_YES));
    assert_false(sim.session.hurt);

    sim_command(&sim, start + 32 * SECOND, COMMAND_PAIN); // another one
    sim_heard(&sim, NULL);
    sim_reach(&sim, start + 60 * SECOND);
    sim_assert_heard(&sim, start, "aside",
                     "32300 aside Come off slowly, and take your weight away. "
                     "Is it sharp, numb or tingling?; "
                     "48300 aside Come off slowly, and take your weight away. "
                     "Is it sharp, numb or tingling?");
    sim_command(&sim, start + 60 * SECOND, COMMAND_YES);
    sim_command(&sim, start + 80 * SECOND, COMMAND_RESUME);
    assert_int_equal(session_segment(&sim.session)->exercise, 1);
}

static void
undo_of_going_on_asks_about_the_pain_again(void **state)
{
    (void)state;
    int64_t start = hurt();

    sim_command(&sim, start + 12 * SECOND, COMMAND_RESUME);
    sim_heard(&sim, NULL);
    sim_command(&sim, start + 15 * SECOND, COMMAND_UNDO);
    sim_reach(&sim, start + 16 * SECOND);
    assert_non_null(strstr(sim_heard(&sim, "aside"), "Is it sharp"));
    sim_command(&sim, start + 20 * SECOND, COMMAND_YES);
    assert_true(sim.session.hurt);
}

static void
an_unanswered_pain_is_asked_about_once_more(void **state)
{
    (void)state;
    int64_t start = hurt();

    sim_reach(&sim, start + 300 * SECOND);
    // 74 letters from 5300 on, 12 seconds of waiting, 300 ms.
    sim_assert_heard(&sim, start, "aside",
                     "21300 aside Come off slowly, and take your weight away. "
                     "Is it sharp, numb or tingling?");
    assert_int_equal(sim.session.state, SESSION_PAUSED);
}

static void
yes_and_no_mean_nothing_unasked(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 5000);

    assert_false(sim_command(&sim, start + 5000, COMMAND_YES));
    assert_false(sim_command(&sim, start + 5000, COMMAND_NO));
    assert_false(session_commands(&sim.session) >> COMMAND_YES & 1);
}

static void
lighter_shortens_this_set_and_those_to_come(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 8000); // 40 seconds

    sim_command(&sim, start + 8000, COMMAND_LIGHTER);
    sim_reach(&sim, start + 30 * SECOND);
    sim_assert_heard(&sim, start, "length tone",
                     "8000 tone accepted; 8000 length 30000; "
                     "30000 tone zero set");
    sim_command(&sim, start + 31 * SECOND, COMMAND_NEXT_SET);
    sim_command(&sim, start + 32 * SECOND, COMMAND_NEXT);
    assert_int_equal(sim.session.length, 30 * SECOND);
}

static void
twice_lighter_or_deeper_is_as_long_as_that_level(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 8000); // 40 seconds

    sim_command(&sim, start + 8000, COMMAND_DEEPER);
    assert_int_equal(sim.session.length, 50 * SECOND);
    sim_command(&sim, start + 9000, COMMAND_LIGHTER);
    assert_int_equal(sim.session.length, 40 * SECOND);
    sim_command(&sim, start + 10000, COMMAND_MORE_TIME);
    sim_command(&sim, start + 11000, COMMAND_LIGHTER);
    assert_int_equal(sim.session.length, 40 * SECOND); // 30, and 10 more
    sim_command(&sim, start + 12000, COMMAND_DEEPER);
    sim_command(&sim, start + 13000, COMMAND_DEEPER);
    assert_int_equal(sim.session.length, 60 * SECOND);
}

// What was too late for the lighter level is not added to the next.
static void
lighter_at_the_end_and_deeper_again_is_as_long_as_before(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 28000);

    sim_command(&sim, start + 28000, COMMAND_LIGHTER);
    assert_int_equal(sim.session.length, 31400); // room for the count
    sim_command(&sim, start + 28100, COMMAND_DEEPER);
    assert_int_equal(sim.session.length, 40 * SECOND);
}

static void
lighter_keeps_the_sets_there_are(void **state)
{
    (void)state;
    assert_int_equal(sim.plans[0].plan[LEVEL_GENTLE][TALK_FULL]->count,
                     sim.plans[0].plan[LEVEL_DEEP][TALK_QUIET]->count);
}

static void
the_lightest_says_so(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 8000);

    sim_command(&sim, start + 8000, COMMAND_LIGHTER);
    sim_command(&sim, start + 8010, COMMAND_LIGHTER);
    sim_reach(&sim, start + 12 * SECOND);
    assert_non_null(
        strstr(sim_heard(&sim, "aside"), "aside This is the lightest."));
}

static void
undo_puts_the_clock_back(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 12000);

    sim_command(&sim, start + 12000, COMMAND_NEXT_SET);
    sim_reach(&sim, start + 17 * SECOND);
    sim_heard(&sim, NULL);
    assert_true(sim_command(&sim, start + 17 * SECOND, COMMAND_UNDO));
    assert_int_equal(session_elapsed(&sim.session), 12000);
    sim_reach(&sim, start + 45 * SECOND);
    sim_assert_heard(&sim, start, NULL,
                     "17000 cut; 17000 go_on; 17000 tone accepted; "
                     "17000 segment work 1 -; 25000 say Halfway.; "
                     "35000 say Ten seconds.; 42000 say Three.; "
                     "43000 say Two.; 44000 say One.; "
                     "45000 tone zero set; 45000 segment rest 1 -");
}

static void
undo_takes_back_time_level_and_volume(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 12000);

    sim_command(&sim, start + 12000, COMMAND_MORE_TIME);
    sim_command(&sim, start + 13000, COMMAND_UNDO);
    assert_int_equal(sim.session.length, 40 * SECOND);
    sim_command(&sim, start + 14000, COMMAND_LOUDER);
    sim_command(&sim, start + 15000, COMMAND_UNDO);
    assert_int_equal(sim.session.gain, 0);
    sim_command(&sim, start + 16000, COMMAND_DEEPER);
    sim_command(&sim, start + 17000, COMMAND_UNDO);
    assert_int_equal(sim.session.level, LEVEL_STANDARD);
}

static void
undo_of_a_pause_goes_on(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 12000);

    sim_command(&sim, start + 12000, COMMAND_PAUSE);
    sim_command(&sim, start + 18000, COMMAND_UNDO);
    assert_int_equal(sim.session.state, SESSION_RUNNING);
    assert_int_equal(session_elapsed(&sim.session), 12000);
}

static void
undo_is_for_ten_seconds_and_once(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 12000);

    assert_false(sim_command(&sim, start + 12000, COMMAND_UNDO));
    sim_command(&sim, start + 12000, COMMAND_NEXT_SET);
    assert_false(sim_command(&sim, start + 22001, COMMAND_UNDO));
    sim_command(&sim, start + 23000, COMMAND_NEXT_SET);
    assert_true(sim_command(&sim, start + 24000, COMMAND_UNDO));
    assert_false(sim_command(&sim, start + 24001, COMMAND_UNDO));
}

static void
a_question_in_between_does_not_end_undo(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 12000);

    sim_command(&sim, start + 12000, COMMAND_NEXT_SET);
    sim_command(&sim, start + 13000, COMMAND_WHERE);
    assert_true(sim_command(&sim, start + 14000, COMMAND_UNDO));
    assert_int_equal(session_elapsed(&sim.session), 12000);
}

static void
repeat_set_starts_the_set_again(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 2, 5000);

    sim_command(&sim, start + 5000, COMMAND_REPEAT_SET);
    sim_assert_heard(&sim, start, "segment", "5000 segment lead_in 2 -");
}

static void
repeat_set_on_the_right_begins_with_the_left(void **state)
{
    (void)state;
    int     n     = 5; // three sets of the first, then left and right
    int64_t start = sim_work(&sim, n, 5000);

    sim_command(&sim, start + 5000, COMMAND_REPEAT_SET);
    sim_assert_heard(&sim, start, "segment", "5000 segment lead_in 1 left");
}

static void
what_is_next_is_told(void **state)
{
    (void)state;
    int64_t first = sim_work(&sim, 1, 5000);
    sim_command(&sim, first + 5000, COMMAND_WHAT_NEXT);
    sim_reach(&sim, first + 6000);
    sim_assert_heard(&sim, first, "aside", "5300 aside Next comes set 2 of 3.");

    int64_t last = sim_work(&sim, 3, 5000);
    sim_command(&sim, last + 5000, COMMAND_WHAT_NEXT);
    sim_reach(&sim, last + 6000);
    sim_assert_heard(&sim, last, "aside",
                     "5300 aside Next comes Second, with the roller.");

    int64_t left = sim_work(&sim, 4, 5000);
    sim_command(&sim, left + 5000, COMMAND_WHAT_NEXT);
    sim_reach(&sim, left + 6000);
    sim_assert_heard(&sim, left, "aside",
                     "5300 aside Next comes the right side.");
}

static void
why_is_answered_from_the_routine(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 5000);

    sim_command(&sim, start + 5000, COMMAND_WHY);
    sim_reach(&sim, start + 6000);
    sim_assert_heard(&sim, start, "aside", "5300 aside It feels good.");
}

static void
a_doubtful_command_waits_for_a_yes(void **state)
{
    (void)state;
    struct effects fx;
    int64_t        start = sim_work(&sim, 1, 5000);

    assert_true(
        session_ask(&sim.session, start + 5000, COMMAND_END_SESSION, &fx));
    sim_reach(&sim, start + 8 * SECOND);
    sim_assert_heard(&sim, start, "aside",
                     "5300 aside Do you want to end the session?");
    assert_int_equal(sim.session.state, SESSION_RUNNING);
    sim_command(&sim, start + 8 * SECOND, COMMAND_YES);
    assert_int_equal(sim.session.state, SESSION_ENDING);
}

static void
a_doubtful_command_without_an_answer_is_dropped(void **state)
{
    (void)state;
    struct effects fx;
    int64_t        start = sim_work(&sim, 1, 5000);

    session_ask(&sim.session, start + 5000, COMMAND_NEXT_SET, &fx);
    sim_reach(&sim, start + 20 * SECOND);
    assert_false(sim_command(&sim, start + 20 * SECOND, COMMAND_YES));
    sim_reach(&sim, start + 40 * SECOND);
    sim_assert_heard(&sim, start, "aside tone",
                     "5300 aside Did you say next set?; "
                     "20000 tone declined; 40000 tone zero set");
}

static void
a_doubtful_command_waits_on_where_its_segment_ends_by_itself(void **state)
{
    (void)state;
    struct effects fx;
    int64_t        start = sim_work(&sim, 1, 31000); // 9 seconds to its end

    session_ask(&sim.session, start + 31000, COMMAND_END_SESSION, &fx);
    sim_reach(&sim, start + 42 * SECOND); // asked until 32850
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_REST);
    assert_true(sim_command(&sim, start + 42 * SECOND, COMMAND_YES));
    assert_int_equal(sim.session.state, SESSION_ENDING);
    sim_command(&sim, start + 43 * SECOND, COMMAND_UNDO);
    assert_false(sim_command(&sim, start + 44 * SECOND, COMMAND_YES));
}

static void
a_doubtful_command_waits_on_where_an_explanation_ends(void **state)
{
    (void)state;
    struct effects fx;
    int64_t        setup = sim_segment(&sim, SEGMENT_SETUP, 1);

    sim_command(&sim, setup + 500, COMMAND_EXPLAIN);
    sim_reach(&sim, setup + 2000);
    session_ask(&sim.session, setup + 2000, COMMAND_END_SESSION, &fx);
    sim_reach(&sim, setup + 10 * SECOND);
    assert_int_not_equal(session_segment(&sim.session)->kind, SEGMENT_SETUP);
    assert_true(sim_command(&sim, setup + 10 * SECOND, COMMAND_YES));
    assert_int_equal(sim.session.state, SESSION_ENDING);
}

static void
what_a_doubtful_command_asks_for_is_not_done_twice(void **state)
{
    (void)state;
    struct effects fx;
    int64_t        start = sim_work(&sim, 3, 31000); // the last set

    session_ask(&sim.session, start + 31000, COMMAND_NEXT_EXERCISE, &fx);
    sim_reach(&sim, start + 41 * SECOND);
    assert_int_equal(session_segment(&sim.session)->exercise, 1); // by itself
    assert_false(sim_command(&sim, start + 41 * SECOND, COMMAND_YES));
}

static void
a_doubtful_command_is_not_asked_back_while_a_pain_is_asked_about(void **state)
{
    (void)state;
    struct effects fx;
    int64_t        start = hurt();

    assert_false(
        session_ask(&sim.session, start + 12 * SECOND, COMMAND_BACK, &fx));
    assert_int_equal(fx.count, 0);
    sim_command(&sim, start + 13 * SECOND, COMMAND_YES);
    assert_non_null(strstr(sim_heard(&sim, "pain"), "pain sharp"));
    assert_true( // in a pause otherwise
        session_ask(&sim.session, start + 14 * SECOND, COMMAND_BACK, &fx));
}

static void
less_talk_leaves_out_the_reasons(void **state)
{
    (void)state;
    sim_command(&sim, 100, COMMAND_LESS_TALK);
    sim_reach(&sim, sim_segment(&sim, SEGMENT_READY, 1));
    assert_null(strstr(sim_heard(&sim, "say"), "It feels good."));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_sim, close_sim)
    const struct CMUnitTest tests[] = {
        T(a_sharp_pain_ends_this_area),
        T(a_sore_spot_may_go_on_lighter),
        T(going_on_without_an_answer_ends_the_question_about_a_pain),
        T(undo_of_going_on_asks_about_the_pain_again),
        T(an_unanswered_pain_is_asked_about_once_more),
        T(yes_and_no_mean_nothing_unasked),
        T(lighter_shortens_this_set_and_those_to_come),
        T(twice_lighter_or_deeper_is_as_long_as_that_level),
        T(lighter_at_the_end_and_deeper_again_is_as_long_as_before),
        T(lighter_keeps_the_sets_there_are),
        T(the_lightest_says_so),
        T(undo_puts_the_clock_back),
        T(undo_takes_back_time_level_and_volume),
        T(undo_of_a_pause_goes_on),
        T(undo_is_for_ten_seconds_and_once),
        T(where_we_are_in_a_pain_asks_for_it_again),
        T(a_question_in_between_does_not_end_undo),
        T(repeat_set_starts_the_set_again),
        T(repeat_set_on_the_right_begins_with_the_left),
        T(what_is_next_is_told),
        T(why_is_answered_from_the_routine),
        T(a_doubtful_command_waits_for_a_yes),
        T(a_doubtful_command_without_an_answer_is_dropped),
        T(a_doubtful_command_waits_on_where_its_segment_ends_by_itself),
        T(a_doubtful_command_waits_on_where_an_explanation_ends),
        T(what_a_doubtful_command_asks_for_is_not_done_twice),
        T(a_doubtful_command_is_not_asked_back_while_a_pain_is_asked_about),
        T(less_talk_leaves_out_the_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
