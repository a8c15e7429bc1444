// SPDX-License-Identifier: GPL-3.0-or-later
#include "pcm/pcm.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double pi = 3.14159265358979323846;

static struct pcm *
sine(unsigned rate, double hz, int64_t frames)
{
    struct pcm *pcm = pcm_new(rate, frames);
    assert_non_null(pcm);
    for (int64_t i = 0; i < frames; i++)
        pcm->samples[i] = (float)(0.5 * sin(2 * pi * hz * (double)i / rate));
    return pcm;
}

static void
new_sound_is_silence_held_once(void **state)
{
    (void)state;
    struct pcm *pcm = pcm_new(48000, 1000);

    assert_int_equal(atomic_load(&pcm->holders), 1);
    assert_int_equal(pcm->rate, 48000);
    assert_int_equal(pcm->frames, 1000);
    for (int i = 0; i < 1000; i++) assert_true(pcm->samples[i] == 0);
    pcm_drop(pcm);
}

static void
the_last_holder_frees(void **state)
{
    (void)state;
    struct pcm *pcm = pcm_new(48000, 10);

    assert_ptr_equal(pcm_hold(pcm), pcm);
    assert_int_equal(atomic_load(&pcm->holders), 2);
    pcm_drop(pcm);
    assert_int_equal(atomic_load(&pcm->holders), 1);
    pcm_drop(pcm);
    pcm_drop(NULL);
}

static void
a_length_beyond_memory_is_refused(void **state)
{
    (void)state;
    assert_null(pcm_new(48000, INT64_MAX));
    assert_null(pcm_new(48000, INT64_MAX / 4));
    assert_null(pcm_new(48000, -1));
}

static void
no_sound_at_all_may_be_resampled(void **state)
{
    (void)state;
    struct pcm *pcm = pcm_new(22050, 0);
    struct pcm *to  = pcm_resample(pcm, 48000);

    assert_int_equal(to->frames, 0);
    pcm_drop(pcm);
    pcm_drop(to);
}

static void
all_of_a_sound_of_any_length_comes_out(void **state)
{
    (void)state;
    static const int64_t lengths[] = {60, 300, 4095, 4096, 4097, 4150, 8192};

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct pcm *pcm = pcm_new(22050, lengths[i]);
        double      sum = 0;
        for (int64_t k = 0; k < pcm->frames; k++) pcm->samples[k] = 0.5F;
        struct pcm *to = pcm_resample(pcm, 48000);
        for (int64_t k = 0; k < to->frames; k++) sum += (double)to->samples[k];
        assert_true(sum > 0.49 * (double)to->frames);
        pcm_drop(pcm);
        pcm_drop(to);
    }
}

static void
the_same_rate_is_an_exact_copy(void **state)
{
    (void)state;
    struct pcm *pcm = sine(48000, 440, 4800);
    struct pcm *to  = pcm_resample(pcm, 48000);

    assert_ptr_not_equal(pcm, to);
    assert_int_equal(to->frames, 4800);
    assert_memory_equal(pcm->samples, to->samples, 4800 * sizeof(float));
    pcm_drop(pcm);
    pcm_drop(to);
}

// A sine keeps its frequency, its strength and its place.
static void
check_rates(unsigned from, unsigned to_rate)
{
    struct pcm *pcm = sine(from, 500, from);
    struct pcm *to  = pcm_resample(pcm, to_rate);

    assert_int_equal(to->rate, to_rate);
    assert_int_equal(to->frames, to_rate);
    for (int64_t i = to_rate / 20; i < to_rate - to_rate / 20; i++)
        assert_float_equal(
            to->samples[i],
            (float)(0.5 * sin(2 * pi * 500 * (double)i / to_rate)), 0.005F);
    pcm_drop(pcm);
    pcm_drop(to);
}

static void
what_was_at_a_second_still_is(void **state)
{
    (void)state;
    check_rates(22050, 48000);
    check_rates(16000, 48000);
    check_rates(48000, 16000);
    check_rates(44100, 48000);
    check_rates(48000, 44100);
    check_rates(8000, 16000);
}

static void
a_length_that_does_not_divide_is_rounded_up(void **state)
{
    (void)state;
    struct pcm *pcm = pcm_new(22050, 100);
    struct pcm *to  = pcm_resample(pcm, 48000);

    assert_int_equal(to->frames, 218); // 217.69
    pcm_drop(pcm);
    pcm_drop(to);
}

static void
what_the_lower_rate_cannot_hold_is_taken_away(void **state)
{
    (void)state;
    struct pcm *pcm = sine(48000, 12000, 48000);
    struct pcm *to  = pcm_resample(pcm, 16000);

    for (int i = 800; i < 15200; i++)
        assert_true(fabsf(to->samples[i]) < 0.005F);
    pcm_drop(pcm);
    pcm_drop(to);
}

static void *
hold_and_drop(void *ctx)
{
    for (int i = 0; i < 10000; i++) pcm_drop(pcm_hold(ctx));
    pcm_drop(ctx);
    return NULL;
}

static void
threads_may_share_it(void **state)
{
    (void)state;
    struct pcm *pcm = pcm_new(48000, 10);
    pthread_t   threads[4];

    for (int i = 0; i < 4; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, hold_and_drop, pcm_hold(pcm)), 0);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&pcm->holders), 1);
    pcm_drop(pcm);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_sound_is_silence_held_once),
        cmocka_unit_test(the_last_holder_frees),
        cmocka_unit_test(a_length_beyond_memory_is_refused),
        cmocka_unit_test(no_sound_at_all_may_be_resampled),
        cmocka_unit_test(all_of_a_sound_of_any_length_comes_out),
        cmocka_unit_test(the_same_rate_is_an_exact_copy),
        cmocka_unit_test(what_was_at_a_second_still_is),
        cmocka_unit_test(a_length_that_does_not_divide_is_rounded_up),
        cmocka_unit_test(what_the_lower_rate_cannot_hold_is_taken_away),
        cmocka_unit_test(threads_may_share_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
