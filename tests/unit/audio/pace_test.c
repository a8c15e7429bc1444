// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/pace.h"

#include "sound_helper.h"

// A device that asks for BURST ms at a time and RATE a second, looked at
// every 10 ms.  All that was missed.
static int64_t
missed(struct pace *pace, long long *now, int64_t *frames, int seconds,
       int burst, double rate)
{
    int64_t   all  = 0;
    double    made = 0;
    long long end  = *now + 1000LL * seconds;

    for (; *now < end; *now += 10) {
        if (*now % burst == 0) made += rate * burst / 1000;
        all += pace_look(pace, *now, *frames + (int64_t)made);
    }
    *frames += (int64_t)made;
    return all;
}

static void
a_device_that_keeps_pace_misses_nothing(void **state)
{
    (void)state;
    struct pace pace;
    long long   now    = 1000;
    int64_t     frames = 0;

    pace_begin(&pace, RATE);
    assert_int_equal(missed(&pace, &now, &frames, 3600, 10, RATE), 0);
    assert_int_equal(missed(&pace, &now, &frames, 60, 100, RATE), 0);
}

static void
neither_does_one_whose_clock_drifts(void **state)
{
    (void)state;
    struct pace pace;
    long long   now    = 1000;
    int64_t     frames = 0;

    pace_begin(&pace, RATE);
    assert_int_equal(missed(&pace, &now, &frames, 3600, 20, RATE * 0.9997), 0);
}

static void
a_second_without_frames_is_told_once_it_is_over(void **state)
{
    (void)state;
    struct pace pace;
    long long   now    = 1000;
    int64_t     frames = 0;

    pace_begin(&pace, RATE);
    assert_int_equal(missed(&pace, &now, &frames, 60, 20, RATE), 0);
    assert_int_equal(missed(&pace, &now, &frames, 1, 20, 0), 0);
    int64_t told = missed(&pace, &now, &frames, 1, 20, RATE);
    assert_in_range(told, RATE - 960, RATE + 960);
    assert_int_equal(missed(&pace, &now, &frames, 60, 20, RATE), 0);
}

static void
every_standstill_is_told_by_itself(void **state)
{
    (void)state;
    struct pace pace;
    long long   now    = 1000;
    int64_t     frames = 0, told = 0;

    pace_begin(&pace, RATE);
    for (int i = 0; i < 5; i++) {
        told += missed(&pace, &now, &frames, 3, 20, RATE);
        now += 500; // the machine stood still, and this program with it
    }
    told += missed(&pace, &now, &frames, 3, 20, RATE);
    assert_in_range(told, 5 * 24000 - 9600, 5 * 24000 + 9600);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_device_that_keeps_pace_misses_nothing),
        cmocka_unit_test(neither_does_one_whose_clock_drifts),
        cmocka_unit_test(a_second_without_frames_is_told_once_it_is_over),
        cmocka_unit_test(every_standstill_is_told_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
