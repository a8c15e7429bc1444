// SPDX-License-Identifier: GPL-3.0-or-later
// A microphone that goes and comes back, with no PortAudio behind it.
#include "audio/microphone.h"

#include "audio/deadline.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct stream     sound;
static struct microphone microphone;

static int           made; // a stream is any address
static atomic_int    opens, closes;
static atomic_bool   is_away, is_stuck, will_not_start;
static PaDeviceIndex opened;

static PaDeviceInfo info = {.defaultSampleRate = 48000}; // its only rate

const PaDeviceInfo *
Pa_GetDeviceInfo(PaDeviceIndex device)
{
    assert_int_equal(device, 7);
    return &info;
}

PaError
Pa_OpenStream(PaStream **stream, const PaStreamParameters *inputParameters,
              const PaStreamParameters *outputParameters, double sampleRate,
              unsigned long framesPerBuffer, PaStreamFlags streamFlags,
              PaStreamCallback *streamCallback, void *userData)
{
    while (atomic_load(&is_stuck)) deadline_sleep(1);
    atomic_fetch_add(&opens, 1);
    assert_null(outputParameters);
    assert_int_equal(inputParameters->channelCount, 1);
    assert_int_equal(inputParameters->sampleFormat, paFloat32);
    assert_int_equal(framesPerBuffer + streamFlags, 0);
    assert_ptr_equal(streamCallback, stream_input);
    assert_ptr_equal(userData, &sound);
    opened = inputParameters->device;
    if (sampleRate != info.defaultSampleRate) return paInvalidSampleRate;
    *stream = &made;
    return atomic_load(&is_away) ? paDeviceUnavailable : paNoError;
}

PaError
Pa_StartStream(PaStream *stream)
{
    assert_ptr_equal(stream, &made);
    return atomic_load(&will_not_start) ? paUnanticipatedHostError : paNoError;
}

PaError
Pa_AbortStream(PaStream *stream)
{
    assert_ptr_equal(stream, &made);
    return paNoError;
}

PaError
Pa_CloseStream(PaStream *stream)
{
    assert_ptr_equal(stream, &made);
    atomic_fetch_add(&closes, 1);
    return paNoError;
}

static int
set_up(void **state)
{
    (void)state;
    memset(&sound, 0, sizeof sound);
    memset(&microphone, 0, sizeof microphone);
    info.defaultSampleRate = 48000;
    microphone.device      = 7;
    microphone.rate        = 48000;
    microphone.latency     = 0.05;
    microphone.to          = &sound;
    atomic_store(&opens, 0);
    atomic_store(&closes, 0);
    atomic_store(&is_away, false);
    atomic_store(&will_not_start, false);
    assert_int_equal(microphone_open(&microphone), paNoError);
    return 0;
}

static void
sound_comes(void)
{
    atomic_fetch_add(&sound.taken, 480);
}

static void
wait_for_the_thread(void)
{
    for (int i = 0; i < 60000 && microphone_is_busy(&microphone); i++)
        deadline_sleep(1);
    assert_false(microphone_is_busy(&microphone));
}

static void
it_is_there_once_sound_comes(void **state)
{
    (void)state;
    assert_int_equal(opened, 7);
    assert_ptr_equal(microphone.stream, &made);
    assert_false(microphone_look(&microphone, 1000));
    assert_false(microphone.there);
    sound_comes();
    assert_true(microphone_look(&microphone, 1010));
    assert_true(microphone.there);
    sound_comes();
    assert_false(microphone_look(&microphone, 1020)); // nothing new
}

static void
two_seconds_without_a_frame_are_its_end(void **state)
{
    (void)state;
    sound_comes();
    microphone_look(&microphone, 10000);
    assert_false(microphone_look(&microphone, 12000));
    assert_true(microphone.there);
    assert_int_equal(atomic_load(&opens), 1);
    assert_true(microphone_look(&microphone, 12001));
    assert_false(microphone.there);
    // opened afresh at once, the old stream closed, and there with its sound
    wait_for_the_thread();
    assert_int_equal(atomic_load(&opens), 2);
    assert_int_equal(atomic_load(&closes), 1);
    assert_false(microphone_look(&microphone, 12100));
    sound_comes();
    assert_true(microphone_look(&microphone, 12200));
    assert_true(microphone.there);
}

static void
it_is_tried_every_five_seconds(void **state)
{
    (void)state;
    atomic_store(&is_away, true);
    sound_comes();
    microphone_look(&microphone, 10000);
    for (long long now = 12001; now < 22000; now += 20) {
        microphone_look(&microphone, now);
        wait_for_the_thread();
    }
    // at 12.0 s, just after 17.0 s, not yet at 22.0 s
    assert_int_equal(atomic_load(&opens), 3);
    assert_null(microphone.stream);
    assert_int_equal(atomic_load(&closes), 1);
}

static void
a_stream_that_does_not_start_is_closed(void **state)
{
    (void)state;
    atomic_store(&will_not_start, true);
    sound_comes();
    microphone_look(&microphone, 10000);
    microphone_look(&microphone, 12001);
    wait_for_the_thread();
    assert_null(microphone.stream);
    assert_int_equal(atomic_load(&closes), 2);
}

// Nobody waits for a sound system that hangs, and none tries beside it.
static void
one_try_at_a_time(void **state)
{
    (void)state;
    sound_comes();
    microphone_look(&microphone, 10000);
    atomic_store(&is_stuck, true);
    assert_true(microphone_look(&microphone, 12001));
    for (long long now = 12010; now < 60000; now += 1000) {
        assert_false(microphone_look(&microphone, now));
        assert_true(microphone_is_busy(&microphone));
    }
    atomic_store(&is_stuck, false);
    wait_for_the_thread();
    assert_int_equal(atomic_load(&opens), 2);
}

static void
where_there_is_none_nothing_is_tried(void **state)
{
    (void)state;
    microphone.device = paNoDevice;
    for (long long now = 0; now < 60000; now += 1000)
        assert_false(microphone_look(&microphone, now));
    assert_false(microphone.there);
    assert_int_equal(atomic_load(&opens), 1); // by set_up()
}

// How often a second of SECONDS of a tone, as the device gives it, goes through
// zero where it is heard, and the highest sample of it.
static double
crossings(double tone, double rate, int seconds, float *peak)
{
    float in[480], out[2048], before = 0;
    int   count = 0;
    long  frame = 0, heard = 0;

    *peak = 0;
    for (; frame < (long)rate * seconds; frame += 480) {
        for (int i = 0; i < 480; i++)
            in[i] = (float)(0.5 * sin(2 * 3.14159265358979 * tone *
                                      (double)(frame + i) / rate));
        stream_input(in, NULL, 480, NULL, 0, &sound);
        size_t got = ring_pop(&sound.heard, out, 2048);
        for (size_t i = 0; i < got; i++) {
            count += before < 0 && out[i] >= 0;
            before = out[i];
            if (fabsf(before) > *peak) *peak = fabsf(before);
        }
        heard += (long)got;
    }
    return count / ((double)heard / 48000);
}

static void
a_device_of_another_rate_is_resampled(void **state)
{
    static const double rates[] = {16000, 44100, 48000, 96000};
    float               peak;

    (void)state;
    assert_true(ring_init(&sound.heard, sizeof(float), 48000));
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        microphone_close(&microphone);
        assert_null(sound.resampler);
        info.defaultSampleRate = rates[i];
        assert_int_equal(microphone_open(&microphone), paNoError);
        assert_int_equal(sound.resampler != NULL, rates[i] != 48000);
        double heard = crossings(1000, rates[i], 3, &peak);
        assert_in_range(lround(heard), 990, 1010);
        assert_in_range(lround(1000 * (double)peak), 490, 520);
    }
    microphone_close(&microphone);
    info.defaultSampleRate = 0; // it says nothing that can be
    assert_int_equal(microphone_open(&microphone), paInvalidSampleRate);
    assert_null(sound.resampler);
    ring_release(&sound.heard);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(it_is_there_once_sound_comes, set_up),
        cmocka_unit_test_setup(two_seconds_without_a_frame_are_its_end, set_up),
        cmocka_unit_test_setup(it_is_tried_every_five_seconds, set_up),
        cmocka_unit_test_setup(a_stream_that_does_not_start_is_closed, set_up),
        cmocka_unit_test_setup(one_try_at_a_time, set_up),
        cmocka_unit_test_setup(where_there_is_none_nothing_is_tried, set_up),
        cmocka_unit_test_setup(a_device_of_another_rate_is_resampled, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
