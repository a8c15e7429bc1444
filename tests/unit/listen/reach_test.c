// SPDX-License-Identifier: GPL-3.0-or-later
// A loudspeaker that is heard late: by the air, or by a network's buffers.
#include "listen/reach.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE   16000
#define LENGTH (64 * RATE)
#define AIR    960   // samples
#define SNAP   17600 // 1.1 s: Snapcast's second and what is around it

static float played[LENGTH];

static uint32_t dice = 1;

static float
noise(void)
{
    dice = dice * 1664525 + 1013904223;
    return (float)(int32_t)dice / 2147483648.0F;
}

// Syllables of 200 ms, and half a second of silence every three.
static int
speak(void **state)
{
    (void)state;
    dice = 1;
    for (int i = 0; i < LENGTH; i++) {
        float syllable = sinf(3.14159F * (float)(i % 3200) / 3200);
        bool  pause    = i / RATE % 3 == 2 && i % RATE > RATE / 2;
        played[i]      = pause ? 0 : 0.4F * syllable * noise();
    }
    return 0;
}

// Plays from second FROM to second TO, heard DELAY samples later at GAIN; how
// often the delay became another.
static int
play(struct reach *reach, int from, int to, int delay, float gain)
{
    int changes = 0;

    for (int i = from * RATE; i < to * RATE; i += ALIGN_FRAME) {
        float heard[ALIGN_FRAME], delayed[ALIGN_FRAME];
        for (int k = 0; k < ALIGN_FRAME; k++)
            heard[k] = 1e-4F * noise() +
                       (i + k >= delay ? gain * played[i + k - delay] : 0);
        changes += reach_feed(reach, heard, played + i, delayed);
    }
    return changes;
}

static void
a_second_late_it_is_found(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    assert_int_equal(play(reach, 0, 6, SNAP, 0.2F), 0);
    assert_int_equal(reach_delay(reach), -1);
    assert_int_equal(play(reach, 6, 20, SNAP, 0.2F), 1);
    assert_in_range(reach_delay(reach), SNAP - 2, SNAP + 2);
    assert_true(reach_span(reach) > SNAP);
    reach_free(reach);
}

static void
two_seconds_late_it_is_found(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    assert_int_equal(play(reach, 0, 30, 2 * RATE, 0.2F), 1);
    assert_in_range(reach_delay(reach), 2 * RATE - 2, 2 * RATE + 2);
    reach_free(reach);
}

static void
what_is_near_is_found_at_once_and_kept(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    assert_int_equal(play(reach, 0, 7, AIR, 0.2F), 1);
    assert_int_equal(play(reach, 7, 40, AIR, 0), 0);
    assert_in_range(reach_delay(reach), AIR - 2, AIR + 2);
    assert_int_equal(reach_span(reach), ALIGN_MOST);
    reach_free(reach);
}

static void
without_an_echo_nothing_is_made_up_anywhere(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    assert_int_equal(play(reach, 0, 64, 0, 0), 0);
    assert_int_equal(reach_delay(reach), -1);
    reach_free(reach);
}

static void
what_was_measured_is_taken_at_once(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    reach_expect(reach, SNAP - 320);
    assert_int_equal(reach_delay(reach), SNAP - 320);
    play(reach, 0, 8, SNAP, 0.2F);
    assert_in_range(reach_delay(reach), SNAP - 322, SNAP + 2);
    reach_expect(reach, REACH_MOST + 1); // further than it reaches: not taken
    assert_in_range(reach_delay(reach), SNAP - 322, SNAP + 2);
    reach_reset(reach);
    assert_int_equal(reach_delay(reach), -1);
    reach_free(reach);
}

static void
a_loudspeaker_that_is_near_again_is_found_again(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    reach_expect(reach, SNAP);
    play(reach, 0, 6, SNAP, 0.2F);
    assert_int_equal(play(reach, 6, 64, AIR, 0.2F), 2);
    assert_in_range(reach_delay(reach), AIR - 2, AIR + 2);
    reach_free(reach);
}

// A word that is said again sounds like itself at another delay.
static void
what_is_like_an_echo_once_is_left_again(void **state)
{
    (void)state;
    struct reach *reach = reach_new();
    for (int i = 14000; i < 46000; i++) played[i] = played[i - 14000];
    play(reach, 0, 2, SNAP, 0.2F);
    assert_in_range(reach_delay(reach), SNAP - 14002, SNAP - 13998);
    play(reach, 2, 24, SNAP, 0.2F);
    assert_in_range(reach_delay(reach), SNAP - 2, SNAP + 2);
    reach_free(reach);
}

// What is no delay yet holds nothing back.
static void
while_it_looks_elsewhere_the_reference_is_as_it_was(void **state)
{
    (void)state;
    struct reach *reach                = reach_new();
    float         silence[ALIGN_FRAME] = {0}, delayed[ALIGN_FRAME];
    for (int i = 0; i < 12 * RATE; i += ALIGN_FRAME) {
        reach_feed(reach, silence, played + i, delayed);
        assert_memory_equal(delayed, played + i, sizeof delayed);
    }
    assert_true(reach_span(reach) > ALIGN_MOST);
    reach_free(reach);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_second_late_it_is_found, speak),
        cmocka_unit_test_setup(two_seconds_late_it_is_found, speak),
        cmocka_unit_test_setup(what_is_near_is_found_at_once_and_kept, speak),
        cmocka_unit_test_setup(without_an_echo_nothing_is_made_up_anywhere,
                               speak),
        cmocka_unit_test_setup(what_was_measured_is_taken_at_once, speak),
        cmocka_unit_test_setup(a_loudspeaker_that_is_near_again_is_found_again,
                               speak),
        cmocka_unit_test_setup(what_is_like_an_echo_once_is_left_again, speak),
        cmocka_unit_test_setup(
            while_it_looks_elsewhere_the_reference_is_as_it_was, speak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
