// SPDX-License-Identifier: GPL-3.0-or-later
// What each command means, on the virtual clock.
#include "sim_helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sim sim;

static int
open_sim(void **state)
{
    (void)state;
    sim_open(&sim, sim_two_exercises, NULL);
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

static int64_t
work(int n, int64_t ms)
{
    return sim_work(&sim, n, ms);
}

static void
assert_heard(int64_t start, const char *only, const char *expected)
{
    sim_assert_heard(&sim, start, only, expected);
}

static void
a_set_counts_down_to_its_tone(void **state)
{
    (void)state;
    int64_t start = work(1, 0);

    sim_reach(&sim, start + 40 * SECOND);
    assert_heard(start, "say tone",
                 "3000 say Slow.; 12000 say Breathe.; 20000 say Halfway.; "
                 "30000 say Ten seconds.; 37000 say Three.; 38000 say Two.; "
                 "39000 say One.; 40000 tone zero set");
}

static void
each_kind_of_end_has_its_own_tone(void **state)
{
    (void)state;
    sim_reach(&sim, sim.plan->length);
    const char *heard = sim_heard(&sim, "tone");

    assert_non_null(strstr(heard, "tone zero set"));
    assert_non_null(strstr(heard, "tone zero exercise"));
    assert_non_null(strstr(heard, "tone zero side"));
    assert_non_null(strstr(heard, "tone zero session"));
    assert_int_equal(sim.ended, sim.plan->length);
}

static void
next_ends_this_segment_and_goes_on(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    assert_true(sim_command(&sim, start + 5000, COMMAND_NEXT));
    assert_heard(start, NULL,
                 "5000 cut; 5000 go_on; 5000 tone accepted; "
                 "5000 segment rest 1 -");
}

static void
next_set_skips_the_rest_too(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    sim_command(&sim, start + 5000, COMMAND_NEXT_SET);
    assert_heard(start, "segment", "5000 segment lead_in 2 -");
}

static void
next_set_skips_the_other_side(void **state)
{
    (void)state;
    int64_t start = work(4, 5000); // second exercise, set 1, left

    sim_command(&sim, start + 5000, COMMAND_NEXT_SET);
    assert_heard(start, "segment", "5000 segment lead_in 2 left");
}

static void
next_set_after_the_last_set_is_the_next_exercise(void **state)
{
    (void)state;
    int64_t start = work(3, 5000);

    sim_command(&sim, start + 5000, COMMAND_NEXT_SET);
    assert_heard(start, "segment", "5000 segment setup 0 -");
}

static void
next_set_during_the_setup_is_the_first_set(void **state)
{
    (void)state;
    int64_t start = sim_segment(&sim, SEGMENT_SETUP, 1);

    sim_command(&sim, start + 100, COMMAND_NEXT_SET);
    assert_heard(start, "segment",
                 "0 segment setup 0 -; "
                 "100 segment lead_in 1 -");
}

static void
next_set_after_the_very_last_is_the_end(void **state)
{
    (void)state;
    int64_t start = work(7, 5000);

    sim_command(&sim, start + 5000, COMMAND_NEXT_SET);
    assert_heard(start, "segment", "5000 segment outro 0 -");
}

static void
next_exercise_skips_the_sets(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    sim_command(&sim, start + 5000, COMMAND_NEXT_EXERCISE);
    assert_heard(start, "segment", "5000 segment setup 0 -");
    assert_int_equal(session_segment(&sim.session)->exercise, 1);
}

static void
back_starts_the_segment_again(void **state)
{
    (void)state;
    int64_t start = work(1, 3000);

    sim_command(&sim, start + 3000, COMMAND_BACK);
    assert_heard(start, "segment", "3000 segment work 1 -");
}

static void
back_in_the_first_three_seconds_is_the_one_before(void **state)
{
    (void)state;
    int64_t start = work(1, 2999);

    sim_command(&sim, start + 2999, COMMAND_BACK);
    assert_heard(start, "segment", "2999 segment lead_in 1 -");
}

static void
back_at_the_very_start_stays_there(void **state)
{
    (void)state;
    sim_command(&sim, 100, COMMAND_BACK);
    assert_heard(0, "segment", "100 segment intro 0 -");
}

static void
pausing_freezes_plan_time(void **state)
{
    (void)state;
    int64_t start = work(1, 13000);

    sim_command(&sim, start + 13000, COMMAND_PAUSE);
    sim_reach(&sim, start + 100 * SECOND);
    assert_heard(start, NULL, "13000 tone accepted; 13000 hold");

    sim_command(&sim, start + 100 * SECOND, COMMAND_RESUME);
    sim_reach(&sim, start + 127 * SECOND);
    assert_heard(start, NULL,
                 "100000 tone accepted; 100000 go_on; 107000 say Halfway.; "
                 "117000 say Ten seconds.; 124000 say Three.; 125000 say Two.; "
                 "126000 say One.; 127000 tone zero set; "
                 "127000 segment rest 1 -");
}

static void
pausing_in_the_middle_of_a_word_moves_nothing_else(void **state)
{
    (void)state;
    int64_t intro = sim_segment(&sim, SEGMENT_INTRO, 1);
    int64_t setup = sim_segment(&sim, SEGMENT_SETUP, 1);

    sim_command(&sim, intro + 600, COMMAND_PAUSE); // "Test." is being said
    sim_command(&sim, intro + 10600, COMMAND_RESUME);
    sim_heard(&sim, NULL);
    sim_reach(&sim, setup + 10 * SECOND);
    assert_heard(setup, "segment", "10000 segment setup 0 -");
}

static void
stop_is_silent_first_and_then_tells_what_can_be_said(void **state)
{
    (void)state;
    int64_t start = work(1, 3100); // "Slow." is being said

    sim_command(&sim, start + 3100, COMMAND_STOP);
    assert_heard(start, NULL, "3100 cut; 3100 go_on");
    sim_reach(&sim, start + 60 * SECOND);
    assert_heard(start, NULL,
                 "3400 aside Stopped. When you want to, say resume, or next "
                 "set, or end session.");
}

static void
what_stop_has_cut_is_said_again_after_resume(void **state)
{
    (void)state;
    int64_t start = work(1, 3100);

    sim_command(&sim, start + 3100, COMMAND_STOP);
    sim_reach(&sim, start + 20 * SECOND);
    sim_heard(&sim, NULL);
    sim_command(&sim, start + 20 * SECOND, COMMAND_RESUME);
    sim_reach(&sim, start + 21 * SECOND);
    assert_heard(start, "aside say", "20300 aside Slow.");
}

static void
stop_during_the_setup_goes_back_to_the_line_it_cut(void **state)
{
    (void)state;
    int64_t setup = sim_segment(&sim, SEGMENT_SETUP, 1);
    sim_reach(&sim, setup + 1000); // 900: "First, First, with the roller."
    sim_heard(&sim, NULL);

    sim_command(&sim, setup + 1000, COMMAND_STOP);
    sim_reach(&sim, setup + 60 * SECOND);
    sim_heard(&sim, NULL);
    sim_command(&sim, setup + 60 * SECOND, COMMAND_RESUME);
    sim_reach(&sim, setup + 61 * SECOND);
    assert_heard(setup, "say", "60300 say First, First, with the roller.");
}

static void
pain_is_a_stop_with_its_own_words(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    sim_command(&sim, start + 5000, COMMAND_PAIN);
    sim_reach(&sim, start + 6 * SECOND);
    const char *heard = sim_heard(&sim, NULL);
    assert_non_null(strstr(heard, "cut"));
    assert_null(strstr(heard, "tone"));
    assert_non_null(strstr(heard, "aside Come off slowly"));
    assert_int_equal(sim.session.state, SESSION_PAUSED);
}

static void
more_time_moves_everything_that_hangs_from_the_end(void **state)
{
    (void)state;
    int64_t start = work(1, 13000);

    sim_command(&sim, start + 13000, COMMAND_MORE_TIME);
    sim_reach(&sim, start + 50 * SECOND);
    assert_heard(start, "say tone length",
                 "13000 tone accepted; 13000 length 50000; "
                 "25000 say Halfway.; 40000 say Ten seconds.; "
                 "47000 say Three.; 48000 say Two.; 49000 say One.; "
                 "50000 tone zero set");
}

static void
more_time_after_ten_seconds_says_them_again(void **state)
{
    (void)state;
    int64_t start = work(1, 35000);

    sim_command(&sim, start + 35000, COMMAND_MORE_TIME);
    sim_reach(&sim, start + 50 * SECOND);
    assert_heard(start, "say",
                 "40000 say Ten seconds.; 47000 say Three.; 48000 say Two.; "
                 "49000 say One.");
}

static void
less_time_moves_the_end_closer(void **state)
{
    (void)state;
    int64_t start = work(1, 13000);

    sim_command(&sim, start + 13000, COMMAND_LESS_TIME);
    sim_reach(&sim, start + 30 * SECOND);
    assert_heard(start, "say tone length",
                 "13000 tone accepted; 13000 length 30000; "
                 "15000 say Halfway.; 20000 say Ten seconds.; "
                 "27000 say Three.; 28000 say Two.; 29000 say One.; "
                 "30000 tone zero set");
}

static void
less_time_leaves_room_for_the_whole_count(void **state)
{
    (void)state;
    int64_t start = work(1, 27000);

    sim_command(&sim, start + 27000, COMMAND_LESS_TIME);
    sim_reach(&sim, start + 31 * SECOND);
    assert_heard(start, "say tone length",
                 "27000 tone accepted; 27000 length 30400; "
                 "27400 say Three.; 28400 say Two.; 29400 say One.; "
                 "30400 tone zero set");
}

static void
less_time_cannot_take_back_ten_seconds(void **state)
{
    (void)state;
    int64_t start = work(1, 31000);

    sim_command(&sim, start + 31000, COMMAND_LESS_TIME);
    sim_reach(&sim, start + 40 * SECOND);
    assert_heard(start, "say aside tone length",
                 "31000 tone accepted; 31300 aside It cannot be shorter.; "
                 "37000 say Three.; 38000 say Two.; 39000 say One.; "
                 "40000 tone zero set");
}

static void
time_left_is_answered_between_the_cues(void **state)
{
    (void)state;
    int64_t start = work(1, 3100);

    sim_command(&sim, start + 3100, COMMAND_TIME_LEFT);
    sim_reach(&sim, start + 13 * SECOND);
    assert_heard(start, "say aside",
                 "3450 aside 37 seconds left. About 7 minutes in all.; "
                 "12000 say Breathe.");
}

static void
an_answer_never_covers_a_count(void **state)
{
    (void)state;
    int64_t start = work(1, 28000); // two seconds to "ten seconds"

    sim_command(&sim, start + 28500, COMMAND_TIME_LEFT);
    sim_reach(&sim, start + 40 * SECOND);
    assert_heard(start, "say aside",
                 "30000 say Ten seconds.; 30800 aside 9 seconds left. About "
                 "6 minutes in all.; 37000 say Three.; 38000 say Two.; "
                 "39000 say One.");
}

static void
an_answer_without_room_waits_for_the_next_segment(void **state)
{
    (void)state;
    int64_t start = work(1, 36000);

    sim_command(&sim, start + 36000, COMMAND_WHERE);
    sim_reach(&sim, start + 45 * SECOND);
    assert_heard(start, "say aside",
                 "37000 say Three.; 38000 say Two.; 39000 say One.; "
                 "40300 aside Resting after set 1 of 3, First.; "
                 "42100 say Rest, and stretch.; 43200 say Reach far.");
}

static void
an_answer_in_the_setup_lets_the_clock_wait(void **state)
{
    (void)state;
    int64_t setup = sim_segment(&sim, SEGMENT_SETUP, 1);
    int64_t ready = sim_segment(&sim, SEGMENT_READY, 1);

    sim_reach(&sim, setup + 1000);
    sim_heard(&sim, NULL);
    sim_command(&sim, setup + 1000, COMMAND_WHERE);
    sim_reach(&sim, ready + 3 * SECOND);
    // 900 + 1500 ms of words, 300 ms; 24 letters; 400 ms; the 300 ms left of
    // the pause between the lines.
    assert_heard(setup, "say aside segment",
                 "2700 aside Getting ready for First.; "
                 "4600 say Lie down.; 6550 say Lift your hips.; "
                 "9500 segment ready 0 -; "
                 "9800 say Get into position. We begin in 10 seconds.");
}

static void
repeat_in_a_set_says_the_last_line_and_the_clock_goes_on(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    sim_command(&sim, start + 5000, COMMAND_REPEAT);
    sim_reach(&sim, start + 40 * SECOND);
    assert_heard(start, "aside tone",
                 "5000 tone accepted; 5300 aside Slow.; "
                 "40000 tone zero set");
}

static void
repeat_in_the_setup_goes_back_to_the_line(void **state)
{
    (void)state;
    int64_t setup = sim_segment(&sim, SEGMENT_SETUP, 1);
    sim_reach(&sim, setup + 3100); // 3000: "Lie down."
    sim_heard(&sim, NULL);

    sim_command(&sim, setup + 4000, COMMAND_REPEAT);
    sim_reach(&sim, setup + 7 * SECOND);
    assert_heard(setup, "say", "4300 say Lie down.; 6250 say Lift your hips.");
}

static void
where_tells_set_and_side(void **state)
{
    (void)state;
    int64_t start = work(5, 10000);

    sim_command(&sim, start + 10000, COMMAND_WHERE);
    sim_reach(&sim, start + 11 * SECOND);
    assert_heard(start, "aside", "10300 aside Second, set 1 of 2, right side.");
}

static void
start_in_the_setup_goes_to_the_first_set(void **state)
{
    (void)state;
    sim_command(&sim, 100, COMMAND_START);
    assert_heard(0, "segment", "100 segment lead_in 1 -");
}

static void
start_in_a_set_means_nothing(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    assert_false(sim_command(&sim, start + 5000, COMMAND_START));
    assert_false(sim_command(&sim, start + 5000, COMMAND_RESUME));
    assert_heard(start, NULL, "5000 tone declined; 5000 tone declined");
}

static void
end_session_has_a_last_word(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    sim_command(&sim, start + 5000, COMMAND_END_SESSION);
    sim_reach(&sim, start + 60 * SECOND);
    assert_heard(start, NULL,
                 "5000 cut; 5000 go_on; 5000 tone accepted; "
                 "5300 aside The session is over. Well done.; "
                 "15000 end ended");
}

static void
louder_and_quieter_go_in_steps_up_to_a_limit(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    for (int i = 0; i < 4; i++)
        sim_command(&sim, start + 5000 + i, COMMAND_LOUDER);
    sim_command(&sim, start + 5010, COMMAND_QUIETER);
    sim_reach(&sim, start + 8000);
    assert_heard(start, "gain aside",
                 "5000 gain 3; 5001 gain 6; 5002 gain 9; 5010 gain 6; "
                 "5303 aside That is as loud as I go.");
}

static void
music_is_told_on_its_own_where_there_is_any(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    assert_false(session_commands(&sim.session) >> COMMAND_MUSIC_OFF & 1);
    assert_false(sim_command(&sim, start + 5000, COMMAND_MUSIC_OFF));
    sim.session.music.there = true;
    assert_true(session_commands(&sim.session) >> COMMAND_MUSIC_OFF & 1);
    assert_false(session_commands(&sim.session) >> COMMAND_MUSIC_ON & 1);
    sim_command(&sim, start + 5001, COMMAND_MUSIC_OFF);
    sim_command(&sim, start + 5002, COMMAND_UNDO);
    sim_command(&sim, start + 5003, COMMAND_MUSIC_QUIETER);
    sim_command(&sim, start + 5004, COMMAND_MUSIC_OFF);
    sim_command(&sim, start + 5005, COMMAND_MUSIC_LOUDER);
    for (int i = 0; i < 6; i++)
        sim_command(&sim, start + 5010 + i, COMMAND_MUSIC_LOUDER);
    assert_heard(start, "music gain",
                 "5001 music off 0; 5002 music on 0; 5003 music on -3; "
                 "5004 music off -3; 5005 music on 0; 5010 music on 3; "
                 "5011 music on 6; 5012 music on 9; 5013 music on 12; "
                 "5014 music on 12; 5015 music on 12");
}

static void
next_from_a_pause_goes_on_playing(void **state)
{
    (void)state;
    int64_t start = work(1, 5000);

    sim_command(&sim, start + 5000, COMMAND_PAUSE);
    sim_command(&sim, start + 9000, COMMAND_NEXT_SET);
    sim_heard(&sim, NULL);
    sim_reach(&sim, start + 10 * SECOND);
    assert_heard(start, NULL, "9900 say Set 2 of 3.");
}

static void
help_in_a_pause_keeps_the_frozen_line(void **state)
{
    (void)state;
    int64_t start = work(1, 3100); // "Slow." is being said

    sim_command(&sim, start + 3100, COMMAND_PAUSE);
    sim_command(&sim, start + 5000, COMMAND_HELP);
    sim_reach(&sim, start + 6000);
    sim_heard(&sim, NULL);
    sim_command(&sim, start + 6000, COMMAND_RESUME);
    assert_heard(start, NULL, "6000 cut_aside; 6000 tone accepted; 6000 go_on");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_sim, close_sim)
    const struct CMUnitTest tests[] = {
        T(a_set_counts_down_to_its_tone),
        T(each_kind_of_end_has_its_own_tone),
        T(next_ends_this_segment_and_goes_on),
        T(next_set_skips_the_rest_too),
        T(next_set_skips_the_other_side),
        T(next_set_after_the_last_set_is_the_next_exercise),
        T(next_set_during_the_setup_is_the_first_set),
        T(next_set_after_the_very_last_is_the_end),
        T(next_exercise_skips_the_sets),
        T(back_starts_the_segment_again),
        T(back_in_the_first_three_seconds_is_the_one_before),
        T(back_at_the_very_start_stays_there),
        T(pausing_freezes_plan_time),
        T(pausing_in_the_middle_of_a_word_moves_nothing_else),
        T(stop_is_silent_first_and_then_tells_what_can_be_said),
        T(what_stop_has_cut_is_said_again_after_resume),
        T(stop_during_the_setup_goes_back_to_the_line_it_cut),
        T(pain_is_a_stop_with_its_own_words),
        T(more_time_moves_everything_that_hangs_from_the_end),
        T(more_time_after_ten_seconds_says_them_again),
        T(less_time_moves_the_end_closer),
        T(less_time_leaves_room_for_the_whole_count),
        T(less_time_cannot_take_back_ten_seconds),
        T(time_left_is_answered_between_the_cues),
        T(an_answer_never_covers_a_count),
        T(an_answer_without_room_waits_for_the_next_segment),
        T(an_answer_in_the_setup_lets_the_clock_wait),
        T(repeat_in_a_set_says_the_last_line_and_the_clock_goes_on),
        T(repeat_in_the_setup_goes_back_to_the_line),
        T(where_tells_set_and_side),
        T(start_in_the_setup_goes_to_the_first_set),
        T(start_in_a_set_means_nothing),
        T(end_session_has_a_last_word),
        T(music_is_told_on_its_own_where_there_is_any),
        T(louder_and_quieter_go_in_steps_up_to_a_limit),
        T(next_from_a_pause_goes_on_playing),
        T(help_in_a_pause_keeps_the_frozen_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
