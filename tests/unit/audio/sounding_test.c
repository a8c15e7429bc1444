// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/sounding.h"
#include "sound_helper.h"

#include <math.h>
#include <string.h>

enum { FRAMES = 2 * RATE, BEGIN = 4800 };

static float microphone[FRAMES], reference[FRAMES];

// White, of that size, the same each time.
static void
fill_with_noise(float size)
{
    unsigned state = 1;
    for (int i = 0; i < FRAMES; i++) {
        state         = state * 1664525U + 1013904223U;
        microphone[i] = size * ((float)(state >> 8) / 8388608.0F - 1);
    }
}

// A sweep, and its echo with a tail.
static void
play_into_room(int delay, float gain)
{
    struct pcm *sweep = sounding_sweep(RATE);

    assert_non_null(sweep);
    memset(reference, 0, sizeof reference);
    for (int64_t i = 0; i < sweep->frames; i++) {
        reference[BEGIN + i] = sweep->samples[i];
        microphone[BEGIN + delay + i] += gain * sweep->samples[i];
        microphone[BEGIN + delay + 400 + i] += 0.3F * gain * sweep->samples[i];
    }
    pcm_drop(sweep);
}

static void
the_delay_and_the_echo_of_a_room_are_found(void **state)
{
    (void)state;
    static const int delays[] = {0, 480, 7200, 24000, 33000};
    struct sounding  sounding;

    for (size_t i = 0; i < sizeof delays / sizeof *delays; i++) {
        fill_with_noise(0.01F);
        double noise = sounding_power(microphone, FRAMES);
        play_into_room(delays[i], 0.1F);
        assert_true(sounding_measure(&sounding, microphone, reference, FRAMES,
                                     RATE, noise));
        assert_true(sounding.heard);
        assert_true(fabs(sounding.delay - (double)delays[i] / RATE) < 0.0005);
        assert_true(fabs(sounding.echo + 20) < 1.5);
    }
}

static void
what_does_not_come_back_is_not_heard(void **state)
{
    (void)state;
    struct sounding sounding;

    fill_with_noise(0.05F);
    play_into_room(1000, 0.0001F);
    assert_true(sounding_measure(&sounding, microphone, reference, FRAMES, RATE,
                                 sounding_power(microphone, FRAMES)));
    assert_false(sounding.heard);
    memset(reference, 0, sizeof reference);
    assert_true(
        sounding_measure(&sounding, microphone, reference, FRAMES, RATE, 0));
    assert_false(sounding.heard);
}

static void
the_loudest_stretch_is_what_counts_of_speech(void **state)
{
    (void)state;
    memset(microphone, 0, sizeof microphone);
    for (int i = 30000; i < 50000; i++) microphone[i] = i % 2 ? 0.1F : -0.1F;
    double level =
        sounding_decibels(sounding_loudest(microphone, FRAMES, RATE * 3 / 10));
    assert_true(fabs(level + 20) < 0.5);
    assert_true(sounding_decibels(0) <= -120 + 1e-9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_delay_and_the_echo_of_a_room_are_found),
        cmocka_unit_test(what_does_not_come_back_is_not_heard),
        cmocka_unit_test(the_loudest_stretch_is_what_counts_of_speech),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
