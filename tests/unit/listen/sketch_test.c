// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/sketch.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>

#define RATE 16000

static struct mfcc *mfcc;
static int16_t      sound[3 * RATE];

static int
open_mfcc(void **state)
{
    (void)state;
    mfcc = mfcc_new();
    return mfcc ? 0 : -1;
}

static int
close_mfcc(void **state)
{
    (void)state;
    mfcc_free(mfcc);
    return 0;
}

// A buzz whose timbre goes from FROM to TO Hz within SECONDS.
static struct sketch
glide(double from, double to, double seconds, double level)
{
    struct sketch sketch;
    size_t        count = (size_t)(seconds * RATE);
    double        phase = 0;
    for (size_t i = 0; i < count; i++) {
        double part = (double)i / (double)count;
        phase += (from + (to - from) * part) / RATE;
        sound[i] = (int16_t)(level * sin(2 * 3.14159265 * phase) *
                             (0.6 + 0.4 * sin(2 * 3.14159265 * 120 * (double)i /
                                              RATE)));
    }
    sketch_make(&sketch, mfcc, sound, count, 0, (int)(count / MFCC_STEP));
    return sketch;
}

static void
a_sound_has_a_point_every_30_ms_and_at_most_seventy(void **state)
{
    (void)state;
    assert_int_equal(glide(400, 2000, 0.6, 8000).count, 20);
    assert_int_equal(glide(400, 2000, 3.0, 8000).count, SKETCH_POINTS);
    assert_int_equal(glide(400, 2000, 0.01, 8000).count, 0);
}

static void
the_same_word_slower_or_softer_is_near_and_another_is_far(void **state)
{
    struct sketch word   = glide(400, 2000, 0.6, 8000);
    struct sketch slower = glide(400, 2000, 0.8, 8000);
    struct sketch softer = glide(400, 2000, 0.6, 2000);
    struct sketch other  = glide(2000, 400, 0.6, 8000);
    (void)state;
    double far = sketch_distance(&word, &other);
    assert_true(sketch_distance(&word, &word) == 0);
    assert_true(sketch_distance(&word, &slower) < far / 2);
    assert_true(sketch_distance(&word, &softer) < far / 2);
    assert_true(fabs(far - sketch_distance(&other, &word)) < 1e-6);
}

static void
nothing_is_far_from_everything(void **state)
{
    struct sketch none = {0}, word = glide(400, 2000, 0.6, 8000);
    (void)state;
    assert_true(sketch_distance(&none, &word) == 9);
    assert_true(sketch_distance(&word, &none) == 9);
}

static void
a_sketch_survives_being_written(void **state)
{
    struct sketch word = glide(300, 3000, 3.0, 30000), again = {0};
    char          text[SKETCH_TEXT];
    (void)state;
    sketch_write(&word, text);
    assert_true(sketch_read(&again, text));
    assert_int_equal(again.count, word.count);
    assert_memory_equal(again.points, word.points,
                        sizeof again.points[0] * (size_t)again.count);
}

static void
what_is_no_sketch_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "x",
        "1 2 3",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 /",
        "1 2 3 4 5 6 7 8 9 10 11 12 100",
        "1 2 3 4 5 6 7 8 9 10 11 12 99999999999999999999",
    };
    struct sketch sketch;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(sketch_read(&sketch, texts[i]));
    assert_true(sketch_read(&sketch, "1 2 3 4 5 6 7 8 9 10 11 12 -99"));
    assert_int_equal(sketch.count, 1);
    assert_int_equal(sketch.points[0][12], -99);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_has_a_point_every_30_ms_and_at_most_seventy),
        cmocka_unit_test(
            the_same_word_slower_or_softer_is_near_and_another_is_far),
        cmocka_unit_test(nothing_is_far_from_everything),
        cmocka_unit_test(a_sketch_survives_being_written),
        cmocka_unit_test(what_is_no_sketch_is_refused),
    };
    return cmocka_run_group_tests(tests, open_mfcc, close_mfcc);
}
