// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/drift.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define RATE    16000
#define SECONDS 24
#define LENGTH  (RATE * SECONDS)

static float played[LENGTH + 1024];

static void
fill_with_noise(void)
{
    uint32_t dice = 1;
    float    low  = 0;
    for (int i = 0; i < LENGTH + 1024; i++) {
        dice      = dice * 1664525 + 1013904223;
        low       = 0.5F * low + (float)(int32_t)dice / 4294967296.0F;
        played[i] = low;
    }
}

// What was played at a point between two samples, linearly: the same error
// everywhere.
static float
at(double point)
{
    if (point < 0) return 0;
    int i = (int)point;
    return played[i] + (played[i + 1] - played[i]) * (float)(point - i);
}

// The loudspeaker comes back 64 samples late, and by PPM millionths later and
// later; the reference is held back as the tracker says.  Gives how far off the
// delay is at the end, in samples.
static double
off_after(double ppm, struct drift *drift)
{
    double delay = 64, held = 0;
    for (int i = 0; i < LENGTH; i += DRIFT_FRAME) {
        float heard[DRIFT_FRAME], delayed[DRIFT_FRAME];
        for (int k = 0; k < DRIFT_FRAME; k++) {
            delay      = 64 + ppm * 1e-6 * (i + k);
            heard[k]   = 0.3F * at(i + k - delay);
            delayed[k] = at(i + k - held);
        }
        drift_feed(drift, heard, delayed);
        held = drift_offset(drift);
    }
    return delay - 64 - held;
}

static void
clocks_that_differ_are_followed(void **state)
{
    (void)state;
    static const double ppm[] = {-100, -25, 0, 10, 50, 200};
    for (size_t i = 0; i < sizeof ppm / sizeof *ppm; i++) {
        struct drift *drift = drift_new();
        assert_non_null(drift);
        double off = off_after(ppm[i], drift);
        // the first look, whose place is kept, comes after a second
        assert_true(fabs(off) < 0.5 + fabs(ppm[i]) * 0.032);
        assert_true(fabs(drift_ppm(drift) - ppm[i]) < 5);
        drift_free(drift);
    }
}

static void
another_delay_keeps_what_is_known_of_the_clocks(void **state)
{
    (void)state;
    struct drift *drift = drift_new();
    off_after(50, drift);
    double ppm = drift_ppm(drift);
    drift_restart(drift);
    assert_true(drift_offset(drift) == 0);
    assert_true(drift_ppm(drift) == ppm);
    drift_reset(drift);
    assert_true(drift_ppm(drift) == 0);
    drift_free(drift);
}

static void
a_rest_drifts_on_as_the_clocks_do(void **state)
{
    (void)state;
    struct drift *drift = drift_new();
    off_after(50, drift);
    double before = drift_offset(drift), rate = drift_ppm(drift) * 1e-6;
    for (int i = 0; i < 10 * RATE; i += DRIFT_FRAME) drift_rest(drift);
    double moved = drift_offset(drift) - before;
    assert_true(fabs(moved - rate * 10 * RATE) < 1e-6);
    drift_free(drift);
}

static void
silence_moves_nothing(void **state)
{
    (void)state;
    static const float silence[DRIFT_FRAME];
    struct drift      *drift = drift_new();
    for (int i = 0; i < 1000; i++) drift_feed(drift, silence, silence);
    assert_true(drift_offset(drift) == 0);
    drift_free(drift);
}

int
main(void)
{
    fill_with_noise();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clocks_that_differ_are_followed),
        cmocka_unit_test(another_delay_keeps_what_is_known_of_the_clocks),
        cmocka_unit_test(a_rest_drifts_on_as_the_clocks_do),
        cmocka_unit_test(silence_moves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
