// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/clip.h"

#include "sound_helper.h"
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// FRAMES frames; CHANNELS values each from SAMPLES.
static const char *
written(const char *name, int format, int rate, int channels,
        const float *samples, int frames)
{
    SF_INFO info = {.samplerate = rate, .channels = channels, .format = format};
    const char *path = new_file(name);
    SNDFILE    *file = sf_open(path, SFM_WRITE, &info);

    assert_non_null(file);
    assert_int_equal(sf_writef_float(file, samples, frames), frames);
    sf_close(file);
    return path;
}

static void
channels_are_averaged(void **state)
{
    (void)state;
    static const float samples[] = {0.5F, 0.25F, -1, 1, 0.5F, 0.5F};
    const char        *path =
        written("a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 2, samples, 3);
    struct pcm *pcm = NULL;

    assert_int_equal(clip_read(&pcm, path, 0, NULL), STATUS_OK);
    assert_int_equal(pcm->frames, 3);
    assert_int_equal(pcm->rate, 48000);
    assert_true(pcm->samples[0] == 0.375F);
    assert_true(pcm->samples[1] == 0);
    assert_true(pcm->samples[2] == 0.5F);
    pcm_drop(pcm);
    remove_file();
}

static void
the_rate_becomes_the_one_asked_for(void **state)
{
    (void)state;
    static float samples[8000];
    for (int i = 0; i < 8000; i++)
        samples[i] = 0.5F * (float)sin(2 * 3.14159265358979 * 440 * i / 8000);
    const char *path = written("a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                               8000, 1, samples, 8000);
    struct pcm *pcm  = NULL;

    assert_int_equal(clip_read(&pcm, path, 48000, NULL), STATUS_OK);
    assert_int_equal(pcm->frames, 48000);
    assert_int_equal(pcm->rate, 48000);
    for (int i = 1000; i < 47000; i++)
        assert_float_equal(
            pcm->samples[i],
            (float)(0.5 * sin(2 * 3.14159265358979 * 440 * i / 48000)), 0.01F);
    pcm_drop(pcm);
    remove_file();
}

static void
what_is_no_number_is_silence(void **state)
{
    (void)state;
    const float samples[] = {0.5F, NAN, -INFINITY, 0.25F};
    const char *path =
        written("a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, samples, 4);
    struct pcm *pcm = NULL;

    assert_int_equal(clip_read(&pcm, path, 0, NULL), STATUS_OK);
    assert_true(pcm->samples[0] == 0.5F && pcm->samples[1] == 0 &&
                pcm->samples[2] == 0 && pcm->samples[3] == 0.25F);
    pcm_drop(pcm);
    remove_file();
}

static void
an_empty_recording_is_a_clip_without_frames(void **state)
{
    (void)state;
    const float samples[] = {0};
    const char *path = written("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000,
                               1, samples, 0);
    struct pcm *pcm  = NULL;

    assert_int_equal(clip_read(&pcm, path, 48000, NULL), STATUS_OK);
    assert_int_equal(pcm->frames, 0);
    pcm_drop(pcm);
    remove_file();
}

static void
a_recording_cut_short_gives_what_is_there(void **state)
{
    (void)state;
    static float samples[16000];
    for (int i = 0; i < 16000; i++) samples[i] = 0.25F;
    const char *path = written("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000,
                               1, samples, 16000);
    struct pcm *pcm  = NULL;

    assert_int_equal(truncate(path, 44 + 2 * 4000), 0);
    assert_int_equal(clip_read(&pcm, path, 0, NULL), STATUS_OK);
    assert_int_equal(pcm->frames, 4000);
    assert_float_equal(pcm->samples[3999], 0.25F, 1e-4F);
    pcm_drop(pcm);
    remove_file();
}

static void
what_is_too_long_is_told_with_its_bound(void **state)
{
    (void)state;
    static float samples[16000];
    const char  *path = written("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000,
                                1, samples, 16000);
    struct pcm  *pcm  = NULL;
    struct diag  diag = {0};

    assert_int_equal(clip_read_short(&pcm, path, 1, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "longer than 1 seconds"));
    assert_null(pcm);
    assert_int_equal(clip_read_short(&pcm, path, 2, &diag), STATUS_OK);
    assert_int_equal(pcm->frames, 16000);
    pcm_drop(pcm);
    remove_file();
}

static void
what_cannot_be_read_is_named(void **state)
{
    (void)state;
    struct pcm *pcm  = NULL;
    struct diag diag = {0};

    assert_int_equal(clip_read(&pcm, "/nowhere/a.wav", 0, &diag),
                     STATUS_NOT_FOUND);
    assert_string_equal(diag.text, "/nowhere/a.wav: cannot be opened: No such "
                                   "file or directory");

    const char *path = new_file("a.wav");
    FILE       *file = fopen(path, "w");
    assert_non_null(file);
    fputs("no sound at all", file);
    fclose(file);
    assert_int_equal(clip_read(&pcm, path, 0, &diag), STATUS_BAD_INPUT);
    assert_memory_equal(diag.text, path, strlen(path));
    assert_non_null(strstr(diag.text, "is no sound file"));
    assert_null(pcm);
    remove_file();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(channels_are_averaged),
        cmocka_unit_test(the_rate_becomes_the_one_asked_for),
        cmocka_unit_test(what_is_no_number_is_silence),
        cmocka_unit_test(an_empty_recording_is_a_clip_without_frames),
        cmocka_unit_test(a_recording_cut_short_gives_what_is_there),
        cmocka_unit_test(what_is_too_long_is_told_with_its_bound),
        cmocka_unit_test(what_cannot_be_read_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
