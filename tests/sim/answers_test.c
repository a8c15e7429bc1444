// SPDX-License-Identifier: GPL-3.0-or-later
// What people ask about rolling, and "explain".
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
    "about: For a test.\n"
    "needs: [roller, ball]\n"
    "exercises:\n"
    "  - id: first\n"
    "    title: First\n"
    "    tool: roller\n"
    "    muscles: [trapezius, rhomboids]\n"
    "    why: It frees you.\n"
    "    feel: Between the shoulder blades.\n"
    "    answers: {roller: This one.}\n"
    "    cautions: [{say: Mind your neck., stop_if: a sting}]\n"
    "    setup: [Lie down., Lift your hips.]\n"
    "    ready: 20s\n"
    "    work: {kind: roll, time: 40s}\n"
    "    sets: 2\n"
    "    rest: {time: 30s}\n"
    "    cues: [Slow.]\n"
    "  - id: second\n"
    "    title: Second\n"
    "    tool: ball\n"
    "    setup: [Stand up.]\n"
    "    work: {kind: hold, time: 30s}\n"
    "    sets: 1\n"
    "    cues: [Press in.]\n";

static struct sim sim;

static int
open_sim(void **state)
{
    (void)state;
    sim_open(&sim, routine, NULL);
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

// What is answered five seconds into the N-th window of work.
static void
assert_answer(int n, enum command question, const char *expected)
{
    int64_t start = sim_work(&sim, n, 5000);

    assert_true(sim_command(&sim, start + 5000, question));
    sim_reach(&sim, start + 6000);
    sim_assert_heard(&sim, start, "aside", expected);
}

static void
an_exercises_own_answer_comes_first(void **state)
{
    (void)state;
    assert_answer(1, COMMAND_ROLLER, "5300 aside This one.");
}

static void
where_an_exercise_has_none_the_general_answer_is_given(void **state)
{
    (void)state;
    assert_answer(3, COMMAND_HURT,
                  "5300 aside Discomfort is normal, pain is not. Take weight "
                  "off with your free leg or your hands, and ease in.");
}

static void
why_and_feel_are_answered_in_the_routines_words(void **state)
{
    (void)state;
    assert_answer(1, COMMAND_WHY, "5300 aside It frees you.");
    close_sim(state);
    open_sim(state);
    assert_answer(1, COMMAND_FEEL, "5300 aside Between the shoulder blades.");
}

static void
the_muscles_are_named(void **state)
{
    (void)state;
    assert_answer(1, COMMAND_MUSCLE,
                  "5300 aside This works your trapezius and rhomboids.");
}

static void
before_the_first_exercise_why_is_about_the_routine(void **state)
{
    (void)state;
    sim_command(&sim, 100, COMMAND_WHY);
    sim_reach(&sim, 1500);
    sim_assert_heard(&sim, 0, "aside", "400 aside For a test.");
}

// However long the answer, in a set or in a pause: it is said, and the tone is
// where it was.
static void
every_question_is_answered_and_moves_no_tone(void **state)
{
    for (int c = 0; c < COMMANDS; c++) {
        switch (c) {
#define X(id, name) case COMMAND_##id:
            COMMANDS_ABOUT_SESSION(X)
            COMMANDS_ABOUT_ROLLING(X)
#undef X
            break;
        default: continue;
        }
        int64_t start = sim_work(&sim, 1, 13000);
        assert_true(sim_command(&sim, start + 13000, (enum command)c));
        sim_reach(&sim, start + 70 * SECOND);
        const char *heard = sim_heard(&sim, "aside tone");
        char        zero[64];
        snprintf(zero, sizeof zero, "%d tone zero set",
                 (int)(start + 40 * SECOND));
        assert_non_null(strstr(heard, "aside"));
        assert_non_null(strstr(heard, zero));
        close_sim(state);
        open_sim(state);
    }
}

static void
a_long_answer_without_room_waits_for_the_rest(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 32000);

    sim_command(&sim, start + 32000, COMMAND_HURT); // takes 5200 ms
    sim_reach(&sim, start + 42 * SECOND);
    sim_assert_heard(&sim, start, "say aside tone",
                     "32000 tone accepted; 37000 say Three.; 38000 say Two.; "
                     "39000 say One.; 40000 tone zero set; "
                     "40300 aside Discomfort is normal, pain is not. Take "
                     "weight off with your free leg or your hands, and ease "
                     "in.");
}

// The lines of the first exercise take 800, 750, 1850, 450 and 750 ms, with
// 1100 ms in between.
static void
explain_says_all_of_it_while_the_clock_stands(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 3100); // "Slow." is being said

    assert_true(sim_command(&sim, start + 3100, COMMAND_EXPLAIN));
    sim_reach(&sim, start + 60 * SECOND);
    sim_assert_heard(&sim, start, NULL,
                     "3100 tone accepted; 3100 hold; "
                     "3400 aside It frees you.; "
                     "5150 aside Mind your neck.; "
                     "7000 aside Come off at once if you feel a sting.; "
                     "9950 aside Lie down.; "
                     "11500 aside Lift your hips.; "
                     "12250 go_on; "
                     "29150 say Halfway.; 39150 say Ten seconds.; "
                     "46150 say Three.; 47150 say Two.; 48150 say One.; "
                     "49150 tone zero set; 49150 segment rest 1 -; "
                     "50350 say Rest, and breathe.; "
                     "51850 say After one more set comes Second. Then fetch "
                     "the ball.");
}

static void
after_explain_in_the_setup_it_is_time_to_get_ready(void **state)
{
    (void)state;
    int64_t setup = sim_segment(&sim, SEGMENT_SETUP, 1);

    sim_command(&sim, setup + 1000, COMMAND_EXPLAIN);
    sim_reach(&sim, setup + 15 * SECOND);
    sim_assert_heard(&sim, setup, "aside cut go_on segment",
                     "0 segment setup 0 -; 1300 aside It frees you.; "
                     "3050 aside Mind your neck.; "
                     "4900 aside Come off at once if you feel a sting.; "
                     "7850 aside Lie down.; 9400 aside Lift your hips.; "
                     "10150 cut; 10150 go_on; 10150 segment ready 0 -");
}

static void
explain_in_a_pause_leaves_it_paused(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 3, 5000);

    sim_command(&sim, start + 5000, COMMAND_PAUSE);
    sim_command(&sim, start + 9000, COMMAND_EXPLAIN);
    sim_reach(&sim, start + 60 * SECOND);
    sim_assert_heard(&sim, start, "aside go_on say", "9300 aside Stand up.");
    assert_int_equal(sim.session.state, SESSION_PAUSED);
}

static void
resume_goes_on_before_all_is_explained(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    sim_command(&sim, start + 13000, COMMAND_EXPLAIN);
    sim_command(&sim, start + 15500, COMMAND_RESUME);
    sim_reach(&sim, start + 30 * SECOND);
    sim_assert_heard(&sim, start, "aside say go_on cut_aside",
                     "13300 aside It frees you.; "
                     "15050 aside Mind your neck.; "
                     "15500 cut_aside; 15500 go_on; 22500 say Halfway.");
}

static void
pause_while_it_is_explained_is_a_pause(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    sim_command(&sim, start + 13000, COMMAND_EXPLAIN);
    assert_true(session_commands(&sim.session) >> COMMAND_PAUSE & 1);
    sim_command(&sim, start + 13500, COMMAND_PAUSE);
    assert_false(session_commands(&sim.session) >> COMMAND_PAUSE & 1);
    sim_reach(&sim, start + 60 * SECOND);
    sim_assert_heard(&sim, start, NULL,
                     "13000 tone accepted; 13000 hold; "
                     "13300 aside It frees you.; "
                     "13500 cut_aside; 13500 tone accepted");
    assert_int_equal(sim.session.state, SESSION_PAUSED);
}

static void
after_a_question_the_line_it_broke_off_is_explained_again(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    sim_command(&sim, start + 13000, COMMAND_EXPLAIN);
    sim_command(&sim, start + 15500, COMMAND_ROLLER);
    sim_reach(&sim, start + 18 * SECOND);
    sim_assert_heard(&sim, start, "aside",
                     "13300 aside It frees you.; "
                     "15050 aside Mind your neck.; "
                     "15800 aside This one.; 17350 aside Mind your neck.");
}

static void
stop_ends_the_explanation(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    sim_command(&sim, start + 13000, COMMAND_EXPLAIN);
    sim_command(&sim, start + 13500, COMMAND_STOP);
    sim_reach(&sim, start + 60 * SECOND);
    const char *heard = sim_heard(&sim, "aside");
    assert_non_null(strstr(heard, "Stopped."));
    assert_null(strstr(heard, "Mind"));
}

static void
undo_takes_an_explanation_back(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    sim_command(&sim, start + 13000, COMMAND_EXPLAIN);
    sim_command(&sim, start + 15000, COMMAND_UNDO);
    sim_reach(&sim, start + 25 * SECOND);
    sim_assert_heard(&sim, start, "aside say",
                     "13300 aside It frees you.; 22000 say Halfway.");
}

static void
without_an_exercise_there_is_nothing_to_explain(void **state)
{
    (void)state;
    sim_command(&sim, 100, COMMAND_EXPLAIN);
    sim_reach(&sim, 2000);
    sim_assert_heard(&sim, 0, "aside",
                     "400 aside I have no answer to that here.");
}

static void
sharp_stops_tells_what_to_do_and_leaves_this_area(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    assert_true(sim_command(&sim, start + 13000, COMMAND_SHARP));
    sim_reach(&sim, start + 60 * SECOND);
    sim_assert_heard(&sim, start, "aside cut pain say",
                     "13000 cut; 13000 pain sharp first; "
                     "13300 aside Come off the roller, and change your "
                     "position. If it is sharp, shooting or numb, leave this "
                     "area alone, and see a clinician. When you want to, say "
                     "next exercise, or end session.");
    sim_command(&sim, start + 60 * SECOND, COMMAND_RESUME);
    sim_assert_heard(&sim, start, "segment", "60000 segment setup 0 -");
}

static void
sharp_is_a_yes_to_the_question_about_a_pain(void **state)
{
    (void)state;
    int64_t start = sim_work(&sim, 1, 13000);

    sim_command(&sim, start + 13000, COMMAND_PAIN);
    sim_command(&sim, start + 15000, COMMAND_SHARP);
    sim_assert_heard(&sim, start, "pain",
                     "13000 pain told first; 15000 pain sharp first");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_sim, close_sim)
    const struct CMUnitTest tests[] = {
        T(an_exercises_own_answer_comes_first),
        T(where_an_exercise_has_none_the_general_answer_is_given),
        T(why_and_feel_are_answered_in_the_routines_words),
        T(the_muscles_are_named),
        T(before_the_first_exercise_why_is_about_the_routine),
        T(every_question_is_answered_and_moves_no_tone),
        T(a_long_answer_without_room_waits_for_the_rest),
        T(explain_says_all_of_it_while_the_clock_stands),
        T(after_explain_in_the_setup_it_is_time_to_get_ready),
        T(explain_in_a_pause_leaves_it_paused),
        T(resume_goes_on_before_all_is_explained),
        T(pause_while_it_is_explained_is_a_pause),
        T(after_a_question_the_line_it_broke_off_is_explained_again),
        T(stop_ends_the_explanation),
        T(undo_takes_an_explanation_back),
        T(without_an_exercise_there_is_nothing_to_explain),
        T(sharp_stops_tells_what_to_do_and_leaves_this_area),
        T(sharp_is_a_yes_to_the_question_about_a_pain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
