// SPDX-License-Identifier: GPL-3.0-or-later
// A hall between loudspeaker and microphone: echoes that decay for a third of
// a second, none of them much louder than the others, and two clocks.
#include "listen/align.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE    16000
#define SECONDS 16
#define LENGTH  (RATE * SECONDS)
#define ECHOES  200
#define HALL    4800 // samples
#define DELAY   900  // samples to the first echo

static float  played[LENGTH], heard[LENGTH];
static int    late[ECHOES];
static double loud[ECHOES];

static uint32_t dice = 1;

static double
noise(void)
{
    dice = dice * 1664525 + 1013904223;
    return (double)(int32_t)dice / 2147483648.0;
}

static void
build_hall(void)
{
    for (int i = 0; i < ECHOES; i++) {
        late[i] = i == 0 ? 0 : (int)(fabs(noise()) * HALL);
        loud[i] = noise() * exp(-2.0 * late[i] / HALL);
    }
    loud[0] = 1.5;
}

// What was played at a point between two samples, linearly.
static double
at(double point)
{
    int i = (int)floor(point);
    if (i < 0 || i + 1 >= LENGTH) return 0;
    return played[i] + (played[i + 1] - played[i]) * (point - i);
}

// PPM: by how much slower the microphone's clock runs, in millionths.
static void
hear(double ppm)
{
    for (int i = 0; i < LENGTH; i++) {
        double sum = 0;
        for (int k = 0; k < ECHOES; k++)
            sum += loud[k] * at(i - DELAY - late[k] + ppm * -1e-6 * i);
        heard[i] = (float)(0.05 * sum + 1e-4 * noise());
    }
}

static void
speak(int from, int to)
{
    for (int i = from; i < to; i++)
        played[i] = (float)(0.4 * noise() * sin(3.14159 * (i % 3200) / 3200));
}

static void
sound_a_tone(int from, int to)
{
    for (int i = from; i < to; i++)
        played[i] = (float)(0.4 * sin(2 * 3.14159265 * 880 * i / RATE));
}

// How often a delay is taken; *DELAYS gets the one at the end.
static int
changes(struct align *align, int *delay)
{
    int count = 0;
    for (int i = 0; i < LENGTH; i += ALIGN_FRAME) {
        float delayed[ALIGN_FRAME];
        bool  silent = true;
        for (int k = 0; k < ALIGN_FRAME; k++)
            if (fabsf(played[i + k]) > 0) silent = false;
        if (silent && i > 3 * RATE && i % RATE > RATE / 2)
            align_rest(align);
        else
            count += align_feed(align, heard + i, played + i, delayed);
    }
    *delay = align_delay(align);
    return count;
}

static void
a_hall_has_one_delay_its_first(void **state)
{
    (void)state;
    struct align *align = align_new();
    int           delay;
    memset(played, 0, sizeof played);
    speak(0, LENGTH);
    hear(0);
    assert_int_equal(changes(align, &delay), 1);
    assert_in_range(delay, DELAY - 40, DELAY + 40);
    align_free(align);
}

static void
clocks_drift_on_while_nothing_is_played(void **state)
{
    (void)state;
    struct align *align = align_new();
    int           delay, before = 0;
    memset(played, 0, sizeof played);
    for (int s = 0; s < SECONDS; s += 4) speak(s * RATE, (s + 2) * RATE);
    hear(0);
    changes(align, &before);
    align_reset(align);
    hear(100);
    assert_int_equal(changes(align, &delay), 1);
    // the delay has grown by 1.6 samples a second, but for the first look
    assert_in_range(delay - before, 21, 26);
    align_free(align);
}

static void
tones_move_nothing(void **state)
{
    (void)state;
    struct align *align = align_new();
    int           delay;
    memset(played, 0, sizeof played);
    speak(0, 6 * RATE);
    sound_a_tone(6 * RATE, 12 * RATE);
    speak(12 * RATE, LENGTH);
    hear(0);
    assert_int_equal(changes(align, &delay), 1);
    assert_in_range(delay, DELAY - 40, DELAY + 40);
    align_free(align);
}

// 617 samples were lost after ten seconds: how long until the delay is right.
static int
frames_to_find(bool told)
{
    struct align *align = align_new();
    const int     lost = 617, at = 10 * RATE;
    int           frames = 0;
    memset(played, 0, sizeof played);
    speak(0, LENGTH);
    hear(0);
    for (int i = 0; i + lost + ALIGN_FRAME <= LENGTH; i += ALIGN_FRAME) {
        float delayed[ALIGN_FRAME];
        bool  after = i >= at;
        if (i == at && told) align_stumble(align);
        align_feed(align, heard + i + (after ? lost : 0), played + i, delayed);
        if (after && abs(align_delay(align) - (DELAY - lost)) > 40) frames++;
    }
    align_free(align);
    return frames;
}

static void
sound_that_was_lost_is_found_sooner_when_told(void **state)
{
    (void)state;
    int alone = frames_to_find(false), told = frames_to_find(true);
    assert_in_range(told, 50, 450);
    assert_true(told < alone);
}

int
main(void)
{
    build_hall();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hall_has_one_delay_its_first),
        cmocka_unit_test(clocks_drift_on_while_nothing_is_played),
        cmocka_unit_test(tones_move_nothing),
        cmocka_unit_test(sound_that_was_lost_is_found_sooner_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
