// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/activity.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#define HEARD 3.0F // as likely, at least, where somebody speaks

static uint32_t seed;
static int      at; // sample

static float
noise(void)
{
    seed = seed * 1664525U + 1013904223U;
    return (float)(seed >> 8) / 8388608 - 1;
}

// The highest ratio in COUNT frames of noise with a buzz at 150 Hz over it,
// which has 5 harmonics as loud as each other.
static float
most_of(struct activity *activity, int count, float noisy, float buzz)
{
    float most = -100;
    for (int f = 0; f < count; f++) {
        float frame[ACTIVITY_FRAME];
        for (int i = 0; i < ACTIVITY_FRAME; i++, at++) {
            frame[i] = noisy * noise();
            for (int h = 1; h <= 5 && buzz > 0; h++)
                frame[i] +=
                    buzz * sinf(6.2831853F * 150 * (float)(h * at) / 16000 +
                                (float)(h * h));
        }
        float ratio = activity_feed(activity, frame);
        if (ratio > most) most = ratio;
    }
    return most;
}

static int
fresh(void **state)
{
    seed   = 1;
    at     = 0;
    *state = activity_new();
    return *state ? 0 : -1;
}

static int
drop(void **state)
{
    activity_free(*state);
    return 0;
}

static void
a_noise_alone_is_nobody(void **state)
{
    assert_true(most_of(*state, 1000, 0.1F, 0) < HEARD / 2);
}

// The noise has a power of 0.1^2 / 3, the buzz of 5 * 0.05^2 / 2: 2.7 dB more.
static void
a_voice_as_loud_as_the_noise_stands_out(void **state)
{
    most_of(*state, 200, 0.1F, 0);
    assert_true(most_of(*state, 30, 0.1F, 0.05F) > HEARD);
    most_of(*state, 20, 0.1F, 0);
    assert_true(most_of(*state, 200, 0.1F, 0) < HEARD / 2);
}

static void
a_noise_that_grows_is_the_noise_after_some_seconds(void **state)
{
    most_of(*state, 200, 0.05F, 0);
    assert_true(most_of(*state, 50, 0.1F, 0) > HEARD / 4);
    most_of(*state, 500, 0.1F, 0);
    assert_true(most_of(*state, 200, 0.1F, 0) < HEARD / 2);
}

static void
at_first_and_after_a_reset_nothing_is_known(void **state)
{
    assert_true(most_of(*state, 20, 0.1F, 0) == 0);
    assert_true(most_of(*state, 5, 0.5F, 0) > 0);
    activity_reset(*state);
    assert_true(most_of(*state, 20, 0.5F, 0) == 0);
    assert_true(most_of(*state, 5, 0.5F, 0) < HEARD);
}

static void
silence_is_no_trouble(void **state)
{
    assert_true(most_of(*state, 100, 0, 0) < HEARD);
    assert_true(most_of(*state, 10, 0, 0.1F) > HEARD);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_noise_alone_is_nobody, fresh, drop),
        cmocka_unit_test_setup_teardown(a_voice_as_loud_as_the_noise_stands_out,
                                        fresh, drop),
        cmocka_unit_test_setup_teardown(
            a_noise_that_grows_is_the_noise_after_some_seconds, fresh, drop),
        cmocka_unit_test_setup_teardown(
            at_first_and_after_a_reset_nothing_is_known, fresh, drop),
        cmocka_unit_test_setup_teardown(silence_is_no_trouble, fresh, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
