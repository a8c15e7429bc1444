// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of a session: the screening before the first one, which side
// first, discomfort before and after.
#include "sim_helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char routine[] = //
    "routine: test\n"
    "title: Test\n"
    "needs: [roller, ball]\n"
    "exercises:\n"
    "  - id: back\n"
    "    title: Back\n"
    "    tool: roller\n"
    "    gates: [open wound, fresh back strain]\n"
    "    instead: hip\n"
    "    cautions: [Gently.]\n"
    "    setup: [Lie down.]\n"
    "    work: {kind: roll, time: 20s}\n"
    "    sets: 1\n"
    "  - id: hip\n"
    "    title: Hip\n"
    "    tool: ball\n"
    "    gates: [open wound, numbness]\n"
    "    cautions: [Gently.]\n"
    "    setup: [Lean on the wall.]\n"
    "    work: {kind: hold, time: 20s}\n"
    "    sets: 1\n"
    "    sides: each\n"
    "    first: ask\n"
    "  - id: legs\n"
    "    title: Legs\n"
    "    gates: [pregnancy]\n"
    "    instead: back\n"
    "    cautions: [Gently.]\n"
    "    setup: [Sit down.]\n"
    "    work: {kind: hold, time: 20s}\n"
    "    sets: 1\n";

static const struct plan_options screening = {
    .level = LEVEL_STANDARD, .sets_level = LEVEL_STANDARD, .screening = true};

static const struct plan_options asking_sides = {
    .level = LEVEL_STANDARD, .sets_level = LEVEL_STANDARD, .attended = true};

static const struct plan_options discomfort = {
    .level = LEVEL_STANDARD, .sets_level = LEVEL_STANDARD, .discomfort = true};

// Answers what is asked: a letter a question, 'y' or 'n'.
static void
answer_all(struct sim *sim, const char *answers)
{
    for (; *answers; answers++) {
        sim_reach(sim, sim->session.now + 100);
        assert_true(sim_command(sim, sim->session.now,
                                *answers == 'y' ? COMMAND_YES : COMMAND_NO));
        sim_reach(sim, sim->session.now + 600);
    }
}

static const char *
first_said(struct sim *sim, const char *word)
{
    sim_reach(sim, sim->session.now + 60 * SECOND);
    return strstr(sim_heard(sim, "say"), word);
}

static bool
does(const struct sim *sim, const char *id)
{
    const struct plan *plan = sim->session.plans->plan[0][0];

    for (size_t i = 0; i < plan->count; i++) {
        const struct exercise *e = plan_exercise(plan, &plan->segments[i]);
        if (e && strcmp(e->id, id) == 0) return true;
    }
    return false;
}

static void
a_first_session_says_what_it_is_and_asks_ten_questions(void **state)
{
    (void)state;
    struct sim sim;
    int        asked = 0;

    sim_open(&sim, routine, &screening);
    sim_reach(&sim, 6000);
    assert_non_null(strstr(sim_heard(&sim, "say"),
                           "say This is education, not a prescription."));
    answer_all(&sim, "nnnnnnnnnn");
    for (size_t i = 0; i < sim.plan->count; i++)
        asked += sim.plan->segments[i].asks == ASKS_GATE;
    assert_int_equal(asked, 10);
    assert_int_equal(sim.session.given.asked, (1u << GATE_SCREENED) - 1);
    assert_int_equal(sim.session.given.gates, 0);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_INTRO);
    sim_close(&sim);
}

static void
an_answer_ends_its_question_and_the_next_one_is_asked(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    sim_reach(&sim, 20000);
    sim_heard(&sim, NULL);
    sim_command(&sim, 20000, COMMAND_NO);
    sim_reach(&sim, 22000);
    sim_assert_heard(&sim, 20000, NULL,
                     "0 cut; 0 go_on; 0 tone accepted; 0 answer 0; "
                     "0 length 20600; 600 segment question 0 -; "
                     "1100 say Have you broken a bone in the last months?");
    sim_close(&sim);
}

// "End the session?" was asked before it.
static void
yes_answers_the_question_that_was_asked_last(void **state)
{
    (void)state;
    struct sim     sim;
    struct effects fx;

    sim_open(&sim, routine, &screening);
    sim_command(&sim, 20000, COMMAND_NO);
    session_ask(&sim.session, 20100, COMMAND_END_SESSION, &fx);
    sim_reach(&sim, 24000);
    assert_true(session_is_speaking(&sim.session)); // of a broken bone
    sim_heard(&sim, NULL);
    sim_command(&sim, 24000, COMMAND_YES);
    assert_non_null(strstr(sim_heard(&sim, "answer"), "answer 1"));
    sim_close(&sim);
}

static void
who_does_not_answer_is_asked_twice_and_then_left_alone(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    int64_t length = sim.plan->segments[0].length;
    sim_reach(&sim, length - 1);
    const char *heard  = sim_heard(&sim, "say");
    const char *asking = strstr(heard, "Do you have an open wound?");
    assert_non_null(strstr(asking + 1, "Do you have an open wound?"));

    sim_reach(&sim, length + 9000);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_INTRO);
    assert_int_equal(sim.session.given.asked, 0);
    assert_non_null(strstr(sim_heard(&sim, "aside"), "I heard no answer"));
    sim_close(&sim);
}

static void
a_yes_leaves_an_exercise_out_and_says_why(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    answer_all(&sim, "nnnnnnnnyn"); // pregnancy
    assert_false(does(&sim, "legs"));
    assert_non_null(
        first_said(&sim, "Because of pregnancy, we leave out Legs."));
    sim_close(&sim);
}

static void
one_reason_for_two_exercises_is_said_once(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    answer_all(&sim, "ynnnnnnnnn"); // open wound; glutes have it as well
    assert_false(does(&sim, "back") || does(&sim, "hip"));
    assert_true(does(&sim, "legs"));
    assert_non_null(first_said(
        &sim, "Because of an open wound, we leave out Back and Hip."));
    sim_close(&sim);
}

static void
nothing_is_done_where_everything_is_left_out(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    answer_all(&sim, "ynnnnnnnyn");
    sim_reach(&sim, sim.session.now + 60 * SECOND);
    assert_non_null(strstr(sim_heard(&sim, "say"),
                           "nothing in here is good for you today"));
    assert_true(sim.ended > 0);
    sim_close(&sim);
}

static void
an_answer_can_be_taken_back(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    answer_all(&sim, "nnnnnnnny");
    assert_false(does(&sim, "legs"));
    sim_command(&sim, sim.session.now + 2000, COMMAND_UNDO);
    assert_true(does(&sim, "legs"));
    assert_int_equal(session_segment(&sim.session)->about, GATE_PREGNANCY);
    answer_all(&sim, "nn");
    assert_int_equal(sim.session.given.gates, 0);
    assert_true(does(&sim, "legs"));
    sim_close(&sim);
}

static void
while_a_question_waits_pain_and_stop_are_heard_and_start_is_not(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    sim_reach(&sim, 15000);
    uint64_t heard = session_commands(&sim.session);
    assert_true(heard >> COMMAND_YES & 1);
    assert_true(heard >> COMMAND_PAIN & 1);
    assert_true(heard >> COMMAND_STOP & 1);
    assert_true(heard >> COMMAND_REPEAT & 1);
    assert_false(heard >> COMMAND_START & 1);
    assert_false(heard >> COMMAND_LEFT & 1);
    assert_false(heard >> COMMAND_NUMBER_3 & 1);
    assert_false(sim_command(&sim, 15000, COMMAND_START));
    sim_close(&sim);
}

static void
a_question_left_with_next_is_not_answered(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    sim_command(&sim, 15000, COMMAND_NEXT);
    answer_all(&sim, "nnnnnnnnn");
    assert_int_equal(sim.session.given.asked,
                     ((1u << GATE_SCREENED) - 1) & ~(1u << GATE_OPEN_WOUND));
    sim_close(&sim);
}

static void
which_side_first_is_asked_and_done(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &asking_sides);
    int64_t question = sim_segment(&sim, SEGMENT_QUESTION, 1);
    sim_reach(&sim, question + 2000);
    assert_non_null(strstr(sim_heard(&sim, "say"),
                           "Hip: which side first, left or right?"));
    assert_true(sim_command(&sim, question + 6000, COMMAND_RIGHT));
    sim_reach(&sim, question + 40000);
    assert_non_null(strstr(sim_heard(&sim, "say"), "The right side first."));
    const struct plan *plan = sim.session.plans->plan[1][0];
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->segments[i].side == SIDE_NONE) continue;
        assert_int_equal(plan->segments[i].side, SIDE_RIGHT);
        break;
    }
    sim_close(&sim);
}

static void
where_nobody_says_which_side_it_is_the_left(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &asking_sides);
    sim_reach(&sim, sim_segment(&sim, SEGMENT_QUESTION, 1) + 60000);
    assert_non_null(strstr(sim_heard(&sim, "say"), "The left side first."));
    sim_close(&sim);
}

static void
a_render_asks_no_side_and_says_which_it_takes(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, NULL);
    for (size_t i = 0; i < sim.plan->count; i++)
        assert_int_not_equal(sim.plan->segments[i].kind, SEGMENT_QUESTION);
    sim_reach(&sim, 200000);
    assert_non_null(strstr(sim_heard(&sim, "say"), "The left side first."));
    sim_close(&sim);
}

static void
the_other_side_is_a_word_away_and_has_its_full_time(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, NULL);
    int64_t left = sim_work(&sim, 2, 5000);
    assert_int_equal(session_segment(&sim.session)->side, SIDE_LEFT);
    assert_true(sim_command(&sim, left + 5000, COMMAND_OTHER_SIDE));
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_CHANGE);
    sim_reach(&sim, left + 5000 + 8000 + 1000);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_WORK);
    assert_int_equal(session_segment(&sim.session)->side, SIDE_RIGHT);
    assert_int_equal(sim.session.length, 20000);

    assert_true(sim_command(&sim, left + 20000, COMMAND_OTHER_SIDE));
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_LEAD_IN);
    assert_int_equal(session_segment(&sim.session)->side, SIDE_LEFT);
    sim_close(&sim);
}

static void
discomfort_is_asked_before_and_after(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &discomfort);
    sim_reach(&sim, 6000);
    assert_non_null(
        strstr(sim_heard(&sim, "say"), "How much discomfort do you feel now"));
    assert_true(session_commands(&sim.session) >> COMMAND_NUMBER_10 & 1);
    assert_false(sim_command(&sim, 6000, COMMAND_YES));
    assert_true(sim_command(&sim, 6000, COMMAND_NUMBER_6));
    sim_reach(&sim, 7000);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_INTRO);

    while (session_segment(&sim.session)->kind != SEGMENT_QUESTION)
        sim_command(&sim, sim.session.now + SECOND, COMMAND_NEXT_EXERCISE);
    assert_true(sim_command(&sim, sim.session.now + 5000, COMMAND_NUMBER_0));
    assert_int_equal(sim.session.given.discomfort[0], 6 + 1);
    assert_int_equal(sim.session.given.discomfort[1], 0 + 1);
    sim_reach(&sim, sim.session.now + 60000);
    assert_true(sim.ended > 0);
    sim_close(&sim);
}

// A device that is lost pauses, and when it is back TOLD is said, and it goes
// on.
static void
lose_device(struct sim *sim, int64_t frame, const char *told)
{
    sim_reach(sim, frame);
    sim_heard(sim, NULL);
    assert_true(sim_command(sim, frame, COMMAND_PAUSE));
    assert_true(sim_command(sim, frame, COMMAND_WHERE));
    sim_reach(sim, frame + 6 * SECOND);
    assert_true(sim_command(sim, frame + 6 * SECOND, COMMAND_RESUME));
    sim_assert_heard(sim, frame, "aside", told);
}

static void
a_question_that_a_device_took_along_is_asked_again(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &screening);
    sim_command(&sim, 20000, COMMAND_NO);
    lose_device(&sim, 26000,
                "300 aside Getting ready for Test. "
                "Have you broken a bone in the last months?");
    assert_true(sim_command(&sim, 33000, COMMAND_NO));
    sim_close(&sim);

    sim_open(&sim, routine, &asking_sides);
    int64_t question = sim_segment(&sim, SEGMENT_QUESTION, 1);
    lose_device(&sim, question + 5000,
                "300 aside Getting ready for Hip. "
                "Hip: which side first, left or right?");
    assert_true(sim_command(&sim, question + 12000, COMMAND_RIGHT));
    sim_close(&sim);
}

// The rest of it comes when the session goes on.
static void
a_question_that_broke_off_goes_on(void **state)
{
    (void)state;
    struct sim sim;

    sim_open(&sim, routine, &asking_sides);
    int64_t question = sim_segment(&sim, SEGMENT_QUESTION, 1);
    lose_device(&sim, question + 2000, "300 aside Getting ready for Hip.");
    assert_true(sim_command(&sim, question + 9000, COMMAND_LEFT));
    sim_close(&sim);
}

static void
ready_is_asked_for_again(void **state)
{
    (void)state;
    static const char waits[] = //
        "routine: test\n"
        "title: Test\n"
        "exercises:\n"
        "  - id: back\n"
        "    title: Back\n"
        "    cautions: [Gently.]\n"
        "    setup: [Lie down.]\n"
        "    ready: wait\n"
        "    work: {kind: roll, time: 20s}\n"
        "    sets: 1\n";
    struct sim sim;

    sim_open(&sim, waits, &asking_sides);
    int64_t ready = sim_segment(&sim, SEGMENT_READY, 1);
    lose_device(&sim, ready + 9000,
                "300 aside Getting ready for Back. "
                "Get into position, and tell me when you are ready.");
    assert_true(sim_command(&sim, ready + 16000, COMMAND_START));
    sim_close(&sim);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_first_session_says_what_it_is_and_asks_ten_questions),
        cmocka_unit_test(an_answer_ends_its_question_and_the_next_one_is_asked),
        cmocka_unit_test(yes_answers_the_question_that_was_asked_last),
        cmocka_unit_test(
            who_does_not_answer_is_asked_twice_and_then_left_alone),
        cmocka_unit_test(a_yes_leaves_an_exercise_out_and_says_why),
        cmocka_unit_test(one_reason_for_two_exercises_is_said_once),
        cmocka_unit_test(nothing_is_done_where_everything_is_left_out),
        cmocka_unit_test(an_answer_can_be_taken_back),
        cmocka_unit_test(
            while_a_question_waits_pain_and_stop_are_heard_and_start_is_not),
        cmocka_unit_test(a_question_left_with_next_is_not_answered),
        cmocka_unit_test(a_question_that_a_device_took_along_is_asked_again),
        cmocka_unit_test(a_question_that_broke_off_goes_on),
        cmocka_unit_test(ready_is_asked_for_again),
        cmocka_unit_test(which_side_first_is_asked_and_done),
        cmocka_unit_test(where_nobody_says_which_side_it_is_the_left),
        cmocka_unit_test(a_render_asks_no_side_and_says_which_it_takes),
        cmocka_unit_test(the_other_side_is_a_word_away_and_has_its_full_time),
        cmocka_unit_test(discomfort_is_asked_before_and_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
