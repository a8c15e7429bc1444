// SPDX-License-Identifier: GPL-3.0-or-later
// A loudspeaker that the microphone hears late and quieter, and a person over
// it.  The "voices" are noise that comes and goes, never the same twice.
#include "listen/align.h"
#include "listen/front.h"
#include "listen/residue.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define RATE    16000
#define SECONDS 12
#define LENGTH  (RATE * SECONDS)

static float played[LENGTH], heard[LENGTH];

static uint32_t dice = 1;

static float
noise(void)
{
    dice = dice * 1664525 + 1013904223;
    return (float)(int32_t)dice / 2147483648.0F;
}

// Speech-like: noise of changing colour in syllables of 200 ms, with pauses.
static void
speak(float *to, int from, int until, float gain)
{
    float low = 0, colour = 0;
    for (int i = from; i < until; i++) {
        if (i % 3200 == 0) colour = 0.5F + 0.45F * noise();
        float syllable = sinf(3.14159F * (float)(i % 3200) / 3200);
        bool  pause    = i / 16000 % 3 == 2 && i % 16000 > 8000;
        low            = colour * low + (1 - colour) * noise();
        if (!pause) to[i] += gain * syllable * low;
    }
}

// What is played comes back after DELAY samples, at GAIN, with a reflection.
static void
play(int delay, float gain)
{
    for (int i = 0; i < LENGTH; i++) played[i] = heard[i] = 0;
    speak(played, 0, LENGTH, 0.5F);
    for (int i = delay; i < LENGTH; i++) heard[i] = gain * played[i - delay];
    for (int i = delay + 500; i < LENGTH; i++)
        heard[i] += 0.3F * gain * played[i - delay - 500];
    for (int i = 0; i < LENGTH; i++) heard[i] += 1e-4F * noise();
}

static double
decibels(double square)
{
    return 10 * log10(square + 1e-12);
}

// Runs the front over both and gives the level left between two seconds.
// Counts the frames there that are over what may be the loudspeaker's.
static double
left_between(double from, double to, int *over)
{
    struct front *front = front_new(RATE, true);
    double        sum = 0, samples = 0;
    *over = 0;
    for (int i = 0; i < LENGTH; i += FRONT_FRAME) {
        const float *out;
        front_feed(front, heard + i, played + i, FRONT_FRAME, &out);
        assert_non_null(out);
        if (i < from * RATE || i >= to * RATE) continue;
        double square = 0;
        for (int j = 0; j < FRONT_FRAME; j++) square += out[j] * out[j];
        sum += square;
        samples += FRONT_FRAME;
        if (decibels(square / FRONT_FRAME) > front_residue(front) + 6)
            (*over)++;
    }
    front_free(front);
    return decibels(sum / samples);
}

static double
heard_between(double from, double to)
{
    double sum = 0;
    int    a = (int)(from * RATE), b = (int)(to * RATE);
    for (int i = a; i < b; i++) sum += heard[i] * heard[i];
    return decibels(sum / (b - a));
}

static void
the_loudspeaker_is_taken_out_at_any_delay(void **state)
{
    (void)state;
    static const int delays[] = {0, 320, 960, 4000, 7500};
    for (size_t i = 0; i < sizeof delays / sizeof *delays; i++) {
        int over;
        play(delays[i], 0.4F);
        double left = left_between(6, 12, &over);
        assert_true(left < heard_between(6, 12) - 15);
        assert_in_range(over, 0, 30); // of 600
    }
}

static void
a_person_stands_out_over_the_loudspeaker(void **state)
{
    (void)state;
    int over, alone;
    play(960, 0.4F);
    left_between(8, 9, &alone);
    speak(heard, 8 * RATE, 9 * RATE, 0.3F);
    left_between(8, 9, &over);
    assert_in_range(alone, 0, 10);
    assert_in_range(over, 40, 100);
}

static void
the_delay_is_found_to_a_few_samples(void **state)
{
    (void)state;
    struct align *align = align_new();
    float         delayed[ALIGN_FRAME];
    play(3100, 0.3F);
    for (int i = 0; i < 4 * RATE; i += ALIGN_FRAME)
        align_feed(align, heard + i, played + i, delayed);
    assert_in_range(align_delay(align), 3098, 3102);
    align_free(align);
}

static void
a_changed_delay_is_found_again(void **state)
{
    (void)state;
    struct align *align = align_new();
    float         delayed[ALIGN_FRAME];
    int           changes = 0;
    play(1000, 0.3F);
    for (int i = 0; i < LENGTH; i += ALIGN_FRAME) {
        int shift = i > 6 * RATE ? 3200 : 0; // a Bluetooth speaker steps in
        changes += align_feed(align, heard + (i > shift ? i - shift : 0),
                              played + i, delayed);
    }
    assert_int_equal(changes, 2);
    assert_in_range(align_delay(align), 4198, 4202);
    align_free(align);
}

static void
without_an_echo_no_delay_is_made_up(void **state)
{
    (void)state;
    struct align *align = align_new();
    float         delayed[ALIGN_FRAME];
    play(1000, 0);
    speak(heard, 0, LENGTH, 0.2F);
    for (int i = 0; i < LENGTH; i += ALIGN_FRAME)
        assert_false(align_feed(align, heard + i, played + i, delayed));
    align_free(align);
}

static void
headphones_leave_nothing_to_fear(void **state)
{
    (void)state;
    int over;
    play(1000, 0);
    speak(heard, 8 * RATE, 9 * RATE, 0.1F);
    left_between(8, 9, &over);
    assert_in_range(over, 40, 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_loudspeaker_is_taken_out_at_any_delay),
        cmocka_unit_test(a_person_stands_out_over_the_loudspeaker),
        cmocka_unit_test(the_delay_is_found_to_a_few_samples),
        cmocka_unit_test(a_changed_delay_is_found_again),
        cmocka_unit_test(without_an_echo_no_delay_is_made_up),
        cmocka_unit_test(headphones_leave_nothing_to_fear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
