// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/tones.h"

#include "sound_helper.h"
#include <math.h>
#include <string.h>

static float
peak_of(const struct pcm *pcm, int64_t from, int64_t to)
{
    float peak = 0;
    for (int64_t i = from; i < to; i++)
        peak = fmaxf(peak, fabsf(pcm->samples[i]));
    return peak;
}

// How much of HZ is in the frames, by Goertzel's method: 1 for a full sine.
static double
strength(const struct pcm *pcm, double hz, int64_t from, int64_t to)
{
    double w = 2 * 3.14159265358979 * hz / pcm->rate;
    double a = 0, b = 0;
    for (int64_t i = from; i < to; i++) {
        double c = pcm->samples[i] + 2 * cos(w) * a - b;
        b        = a;
        a        = c;
    }
    return 2 * sqrt(a * a + b * b - 2 * cos(w) * a * b) / (double)(to - from);
}

static void
the_four_zeros_share_a_name_and_tell_what_ends(void **state)
{
    (void)state;
    static const char *const ends[] = {"side", "set", "exercise", "session"};

    for (int i = 0; i < 4; i++) {
        enum tone tone = (enum tone)(TONE_ZERO_SIDE + i);
        assert_string_equal(tone_name(tone), "zero");
        assert_string_equal(tone_ends(tone), ends[i]);
    }
    assert_string_equal(tone_name(TONE_GO), "go");
    assert_string_equal(tone_name(TONE_ACCEPTED), "accepted");
    assert_string_equal(tone_name(TONE_DECLINED), "declined");
    assert_null(tone_ends(TONE_GO));
}

static void
a_tone_is_heard_within_5_ms_and_ends_in_silence(void **state)
{
    (void)state;
    for (int i = 0; i < TONES; i++) {
        if (i == TONE_WAKE) continue;
        struct pcm *pcm = tone_make((enum tone)i, RATE);
        float       all = peak_of(pcm, 0, pcm->frames);

        assert_true(fabsf(pcm->samples[0]) > 0);
        assert_true(fabsf(pcm->samples[0]) < 0.01F); // and no click
        assert_true(peak_of(pcm, 0, 240) > all / 4);
        assert_true(peak_of(pcm, pcm->frames - 48, pcm->frames) < all / 100);
        pcm_drop(pcm);
    }
}

static void
tones_peak_at_minus_14_dbfs_and_answers_softer(void **state)
{
    (void)state;
    for (int i = 0; i < TONES; i++) {
        struct pcm *pcm  = tone_make((enum tone)i, RATE);
        float       want = i == TONE_WAKE                             ? -60
                           : i == TONE_UNSURE                         ? -26
                           : i == TONE_PACE_UP || i == TONE_PACE_DOWN ? -32
                           : i == TONE_ACCEPTED || i == TONE_DECLINED ? -18
                                                                      : -14;
        assert_float_equal(20 * log10f(peak_of(pcm, 0, pcm->frames)), want,
                           0.01F);
        pcm_drop(pcm);
    }
}

static void
one_two_and_three_notes_and_a_chord_end_side_set_exercise_session(void **state)
{
    (void)state;
    struct pcm *side     = tone_make(TONE_ZERO_SIDE, RATE);
    struct pcm *set      = tone_make(TONE_ZERO_SET, RATE);
    struct pcm *exercise = tone_make(TONE_ZERO_EXERCISE, RATE);
    struct pcm *session  = tone_make(TONE_ZERO_SESSION, RATE);

    assert_true(strength(side, 523.25, 0, 4800) > 0.05);
    assert_true(strength(set, 659.26, 0, 4800) > 0.05);
    assert_true(strength(set, 523.25, 0, 4800) < 0.02);
    assert_true(strength(set, 523.25, 9600, 14400) > 0.05);
    assert_true(strength(exercise, 523.25, 0, 4800) > 0.05);
    assert_true(strength(exercise, 783.99, 0, 4800) < 0.02);
    assert_true(strength(exercise, 783.99, 16000, 20800) > 0.05);
    assert_true(strength(session, 261.63, 0, 9600) > 0.02);
    assert_true(strength(session, 659.26, 0, 9600) > 0.02);
    assert_true(session->frames > exercise->frames);
    assert_true(exercise->frames > set->frames);
    assert_true(set->frames > side->frames);
    pcm_drop(side);
    pcm_drop(set);
    pcm_drop(exercise);
    pcm_drop(session);
}

static void
an_accepted_command_takes_80_ms(void **state)
{
    (void)state;
    struct pcm *pcm = tone_make(TONE_ACCEPTED, RATE);

    assert_int_equal(pcm->frames, RATE * 80 / 1000);
    assert_int_equal(pcm->rate, RATE);
    pcm_drop(pcm);
}

static void
the_waking_noise_is_300_ms_and_always_the_same(void **state)
{
    (void)state;
    struct pcm *a = tone_make(TONE_WAKE, RATE);
    struct pcm *b = tone_make(TONE_WAKE, RATE);

    assert_int_equal(a->frames, RATE * 300 / 1000);
    assert_memory_equal(a->samples, b->samples,
                        (size_t)a->frames * sizeof(float));
    assert_true(peak_of(a, 4800, 5800) > 0.0005F);
    pcm_drop(a);
    pcm_drop(b);
}

static void
tones_are_made_at_any_rate(void **state)
{
    (void)state;
    for (int i = 0; i < TONES; i++) {
        struct pcm *pcm = tone_make((enum tone)i, 16000);
        assert_int_equal(pcm->rate, 16000);
        assert_true(pcm->frames > 16000 * 79 / 1000);
        assert_true(peak_of(pcm, 0, pcm->frames) <= 0.2F);
        pcm_drop(pcm);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_four_zeros_share_a_name_and_tell_what_ends),
        cmocka_unit_test(a_tone_is_heard_within_5_ms_and_ends_in_silence),
        cmocka_unit_test(tones_peak_at_minus_14_dbfs_and_answers_softer),
        cmocka_unit_test(
            one_two_and_three_notes_and_a_chord_end_side_set_exercise_session),
        cmocka_unit_test(an_accepted_command_takes_80_ms),
        cmocka_unit_test(the_waking_noise_is_300_ms_and_always_the_same),
        cmocka_unit_test(tones_are_made_at_any_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
