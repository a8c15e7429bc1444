// SPDX-License-Identifier: GPL-3.0-or-later
#include "sound_helper.h"

#include <ebur128.h>
#include <math.h>
#include <string.h>

static const double pi      = 3.14159265358979323846;
static const double ceiling = 0.891; // -1 dBFS

static float out[RATE], other[RATE];

static struct engine *
limiting_engine(void)
{
    struct engine *engine = NULL;
    assert_int_equal(engine_new(&engine, RATE, false), STATUS_OK);
    return engine;
}

// Its peaks lie as PHASE (of a turn) has it.
static struct pcm *
sine(double hz, double phase, double size, int64_t frames)
{
    struct pcm *pcm = pcm_new(RATE, frames);
    assert_non_null(pcm);
    for (int64_t i = 0; i < frames; i++)
        pcm->samples[i] =
            (float)(size *
                    sin(2 * pi * (hz * (double)i / (double)RATE + phase)));
    return pcm;
}

static double
peak(const float *samples, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, (double)fabsf(samples[i]));
    return most;
}

static double
true_peak(const float *samples, size_t count)
{
    double         most  = 0;
    ebur128_state *meter = ebur128_init(1, RATE, EBUR128_MODE_TRUE_PEAK);
    assert_non_null(meter);
    ebur128_add_frames_float(meter, samples, count);
    ebur128_true_peak(meter, 0, &most);
    ebur128_destroy(&meter);
    return most;
}

static void
what_is_not_loud_comes_out_as_it_is_on_its_frame(void **state)
{
    (void)state;
    struct engine *engine = limiting_engine();

    play(engine, LAYER_SPEECH, rising(0, 1.0F / 16384, 6000), 777);
    render(engine, out, 10000, 480);

    assert_silent(out, 0, 777);
    for (int i = 0; i < 6000; i++)
        assert_true(out[777 + i] == (float)i / 16384);
    assert_silent(out, 6777, 10000);
    assert_int_equal(engine_late(engine), 0);
    engine_free(engine);
}

static void
a_command_comes_before_its_frame_by_what_is_looked_ahead(void **state)
{
    (void)state;
    struct engine *engine = limiting_engine();
    int64_t        ahead  = engine_ahead(engine);

    assert_in_range(ahead, 1, RATE / 500);
    render(engine, out, 1000, 480);
    play(engine, LAYER_SPEECH, flat(0.25F, 100), 1000 + ahead);
    render(engine, out, 1000, 480);
    assert_silent(out, 0, (size_t)ahead);
    assert_level(out, (size_t)ahead, (size_t)ahead + 100, 0.25F);
    assert_int_equal(engine_late(engine), 0);

    play(engine, LAYER_SPEECH, flat(0.25F, 100), 2000 + ahead - 1);
    render(engine, out, 1000, 480);
    assert_level(out, (size_t)ahead, (size_t)ahead + 100, 0.25F);
    assert_int_equal(engine_late(engine), 1);
    engine_free(engine);
}

// A sine of a quarter of the rate has all its peaks between samples.
static void
no_peak_passes_not_even_between_samples(void **state)
{
    (void)state;
    static const double hertz[] = {100, 997, 4000, 11999, 12000};

    for (size_t i = 0; i < sizeof hertz / sizeof *hertz; i++) {
        struct engine *engine = limiting_engine();
        play(engine, LAYER_SPEECH, sine(hertz[i], 0.125, 1.2, 4000), 500);
        play(engine, LAYER_TONE, sine(hertz[i], 0.125, 2.5, 9000), 9000);
        render(engine, out, 20000, 480);
        assert_true(peak(out, 20000) <= ceiling + 1e-4);
        assert_true(true_peak(out, 20000) <= ceiling * 1.02);
        assert_true(peak(out, 20000) > 0.5 * ceiling); // and not for nothing
        engine_free(engine);
    }
}

static void
one_sample_too_loud_is_met_softly(void **state)
{
    (void)state;
    struct engine *engine = limiting_engine();
    struct pcm    *click  = flat(0, 1);

    click->samples[0] = 3;
    play(engine, LAYER_SPEECH, flat(0.25F, 20000), 0);
    play(engine, LAYER_TONE, click, 5000);
    render(engine, out, 20000, 480);

    assert_level(out, 0, 4900, 0.25F);
    assert_true(out[5000] <= ceiling && out[5000] > 0.6);
    for (int i = 1; i < 20000; i++)
        if (i != 5000 && i != 5001)
            assert_true(fabsf(out[i] - out[i - 1]) < 0.25F / 48);
    assert_true(out[5000 + RATE / 4] > 0.2F);
    engine_free(engine);
}

static void
what_is_beyond_all_bounds_is_loud_and_no_number_is_silence(void **state)
{
    (void)state;
    struct engine *engine = limiting_engine();

    play(engine, LAYER_SPEECH, flat(NAN, 100), 0);
    play(engine, LAYER_SPEECH, flat(1e30F, 1000), 2000);
    play(engine, LAYER_SPEECH, flat(-INFINITY, 100), 5000);
    play(engine, LAYER_SPEECH, sine(500, 0, 0.25, 9000), 30000);
    render(engine, out, 40000, 480);

    assert_silent(out, 0, 1900);
    assert_true(peak(out, 40000) <= ceiling + 1e-4);
    for (int i = 0; i < 40000; i++) assert_true(isfinite(out[i]));
    assert_true(peak(out + 38000, 500) > 0.24); // it has recovered
    engine_free(engine);
}

static void
blocks_of_any_size_give_the_same_samples(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 64, 255, 480, 1024, 8192, RATE};

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct engine *engine = limiting_engine();
        for (int k = 0; k < 20; k++)
            play(engine, (enum engine_layer)(k % LAYERS),
                 sine(90 + 37 * k, 0, 0.1 + 0.05 * k, 1500), 100 + 2311 * k);
        assert_true(engine_gain(engine, 3, 9000));
        render(engine, i == 0 ? out : other, RATE, blocks[i]);
        if (i > 0) assert_memory_equal(out, other, sizeof out);
        engine_free(engine);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_loud_comes_out_as_it_is_on_its_frame),
        cmocka_unit_test(
            a_command_comes_before_its_frame_by_what_is_looked_ahead),
        cmocka_unit_test(no_peak_passes_not_even_between_samples),
        cmocka_unit_test(one_sample_too_loud_is_met_softly),
        cmocka_unit_test(
            what_is_beyond_all_bounds_is_loud_and_no_number_is_silence),
        cmocka_unit_test(blocks_of_any_size_give_the_same_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
