// SPDX-License-Identifier: GPL-3.0-or-later
// Tones to roll by, on the virtual clock.
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

// A session of one set of WORK, at its start.
static int64_t
work(const char *kind, bool pace)
{
    char yaml[512];

    snprintf(yaml, sizeof yaml,
             "routine: test\n"
             "title: Test\n"
             "needs: [roller]\n"
             "exercises:\n"
             "  - id: first\n"
             "    title: First\n"
             "    tool: roller\n"
             "    setup: [Lie down.]\n"
             "    work: {%s}\n"
             "    sets: 1\n"
             "    cues: [Slow.]\n",
             kind);
    sim_open(&sim, yaml,
             &(struct plan_options){.level = LEVEL_STANDARD, .pace = pace});
    return sim_work(&sim, 1, 0);
}

static void
a_stroke_is_a_tone_up_and_one_down_and_counts_are_left_alone(void **state)
{
    (void)state;
    int64_t start = work("kind: roll, time: 20s, pace: 15 per minute", true);

    // At 10 s, "Halfway." and "Ten seconds." are due; then from 17 s on the
    // count.
    sim_reach(&sim, start + 30 * SECOND);
    sim_assert_heard(&sim, start, "tone",
                     "2000 tone pace down; 4000 tone pace up; "
                     "6000 tone pace down; 8000 tone pace up; "
                     "12000 tone pace up; 14000 tone pace down; "
                     "16000 tone pace up; 20000 tone zero session");
}

static void
no_stroke_drifts_however_odd_the_pace(void **state)
{
    (void)state;
    int64_t start = work("kind: roll, time: 40s, pace: 7 per minute", true);

    sim_reach(&sim, start + 40 * SECOND);
    sim_assert_heard(&sim, start, "tone pace",
                     "4285 tone pace down; 8571 tone pace up; "
                     "12857 tone pace down; 17142 tone pace up; "
                     "21428 tone pace down; 25714 tone pace up; "
                     "34285 tone pace up; 40000 tone zero session");
}

static void
a_pause_stops_the_strokes_too(void **state)
{
    (void)state;
    int64_t start = work("kind: roll, time: 20s, pace: 15 per minute", true);

    sim_command(&sim, start + 3000, COMMAND_PAUSE);
    sim_command(&sim, start + 10500, COMMAND_RESUME);
    sim_reach(&sim, start + 14000);
    sim_assert_heard(&sim, start, "tone",
                     "2000 tone pace down; 3000 tone accepted; "
                     "10500 tone accepted; 11500 tone pace up; "
                     "13500 tone pace down");
}

static void
more_time_brings_the_strokes_back(void **state)
{
    (void)state;
    int64_t start = work("kind: roll, time: 20s, pace: 15 per minute", true);

    sim_reach(&sim, start + 18500);
    sim_heard(&sim, NULL);
    sim_command(&sim, start + 18500, COMMAND_MORE_TIME);
    sim_reach(&sim, start + 31000);
    sim_assert_heard(&sim, start, "tone",
                     "18500 tone accepted; 22000 tone pace down; "
                     "24000 tone pace up; 26000 tone pace down; "
                     "30000 tone zero session");
}

static void
without_a_pace_or_the_wish_for_it_there_are_no_strokes(void **state)
{
    int64_t start = work("kind: roll, time: 20s, pace: 15 per minute", false);
    sim_reach(&sim, start + 20 * SECOND);
    assert_null(strstr(sim_heard(&sim, "tone"), "pace"));
    close_sim(state);

    start = work("kind: roll, time: 20s", true);
    sim_reach(&sim, start + 20 * SECOND);
    assert_null(strstr(sim_heard(&sim, "tone"), "pace"));
    close_sim(state);

    start = work("kind: hold, time: 20s", true);
    sim_reach(&sim, start + 20 * SECOND);
    assert_null(strstr(sim_heard(&sim, "tone"), "pace"));
}

int
main(void)
{
#define T(name) cmocka_unit_test_teardown(name, close_sim)
    const struct CMUnitTest tests[] = {
        T(a_stroke_is_a_tone_up_and_one_down_and_counts_are_left_alone),
        T(no_stroke_drifts_however_odd_the_pace),
        T(a_pause_stops_the_strokes_too),
        T(more_time_brings_the_strokes_back),
        T(without_a_pace_or_the_wish_for_it_there_are_no_strokes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
