// SPDX-License-Identifier: GPL-3.0-or-later
// Recorded clips in the place of the engine, and pauses at commas.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include "speech/clips.h"
#include "speech/speech.h"
#include <ebur128.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RATE 48000

static char folder[64]; // of a language

// A tone of half a second for "tone.wav", silence for "silent.wav".
static enum status
read_tone(struct pcm **out, const char *path, int most, struct diag *diag)
{
    const char *name = strrchr(path, '/') + 1;
    struct pcm *pcm  = pcm_new(16000, 9600);

    assert_int_equal(most, CLIPS_MOST_SECONDS);
    if (strcmp(name, "tone.wav") != 0 && strcmp(name, "silent.wav") != 0) {
        diag_set(diag, path, "no such file");
        pcm_drop(pcm);
        return STATUS_NOT_FOUND;
    }
    for (int i = 800; i < 8800 && name[0] == 't'; i++)
        pcm->samples[i] = 0.01F * sinf(0.4F * (float)i);
    *out = pcm;
    return STATUS_OK;
}

static void
write_file(const char *name, const char *text)
{
    char path[PATH_SIZE];

    assert_true(path_join(path, folder, name));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int
make_voices(void **state)
{
    char path[PATH_SIZE];
    (void)state;
    strcpy(folder, "/tmp/rollcall-clips-XXXXXX");
    if (!mkdtemp(folder) || !path_join(path, folder, "own")) return -1;
    setenv("XDG_CACHE_HOME", folder, 1);
    return mkdir(path, 0700);
}

static int
remove_voices(void **state)
{
    char command[PATH_SIZE];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static struct speech *
opened(const char *profile, bool keep)
{
    struct speech       *speech = NULL;
    struct diag          diag   = {""};
    struct speech_config config = {.voices = folder,
                                   .voice  = "own",
                                   .rate   = RATE,
                                   .keep   = keep,
                                   .read   = read_tone};
    write_file("own.yaml", profile);
    if (speech_open(&speech, &config, &diag) != STATUS_OK)
        fail_msg("%s", diag.text);
    return speech;
}

static double
loudness(const struct pcm *clip)
{
    double         lufs  = 0;
    ebur128_state *meter = ebur128_init(1, RATE, EBUR128_MODE_I);
    ebur128_add_frames_float(meter, clip->samples, (size_t)clip->frames);
    ebur128_loudness_global(meter, &lufs);
    ebur128_destroy(&meter);
    return lufs;
}

static int64_t
length_of(const char *profile, const char *text)
{
    struct speech *speech = opened(profile, false);
    int64_t        length = speech_length(speech, text);
    speech_close(speech);
    return length;
}

#define PLAIN    "about: one\nvoice: en-us\n"
#define RECORDED PLAIN "clips: own\n"

static void
a_recorded_text_sounds_as_loud_as_the_engine(void **state)
{
    (void)state;
    write_file("own/clips.yaml", "Set one of  THREE: tone.wav\n");
    struct speech    *speech = opened(RECORDED, false);
    const struct pcm *clip   = speech_clip(speech, "Set one of three.");

    assert_in_range(clip->frames, RATE / 2, RATE / 2 + RATE / 200);
    assert_true(fabs(loudness(clip) + 23) < 0.5);
    assert_int_equal(speech_length(speech, "Set one of three."), clip->frames);
    assert_true(speech_length(speech, "Set two of three.") > RATE * 7 / 10);
    speech_close(speech);
}

static void
what_cannot_be_played_is_said_by_the_engine(void **state)
{
    (void)state;
    write_file("own/clips.yaml", "One: gone.wav\nTwo: silent.wav\n");
    struct speech *speech = opened(RECORDED, false);

    assert_in_range(speech_length(speech, "One."), RATE / 10, RATE * 45 / 100);
    assert_in_range(speech_length(speech, "Two."), RATE / 10, RATE * 45 / 100);
    speech_close(speech);
}

static void
what_was_kept_from_before_the_recording_is_not_said(void **state)
{
    (void)state;
    write_file("own/clips.yaml", "Something else: tone.wav\n");
    struct speech *speech = opened(RECORDED, true);
    int64_t        made   = speech_length(speech, "Three.");
    speech_close(speech);

    write_file("own/clips.yaml", "Three: tone.wav\n");
    speech           = opened(RECORDED, true);
    int64_t recorded = speech_length(speech, "Three.");
    speech_close(speech);
    assert_true(made != recorded);
    assert_in_range(recorded, RATE / 2, RATE / 2 + RATE / 200);

    write_file("own/clips.yaml", "Something else: tone.wav\n");
    speech = opened(RECORDED, true);
    assert_int_equal(speech_length(speech, "Three."), made);
    speech_close(speech);
}

static bool
is_good(const char *text)
{
    struct clips *clips  = NULL;
    struct report report = {0};
    enum status   st =
        clips_parse(&clips, "x", text, strlen(text), read_tone, &report);
    clips_free(clips);
    report_release(&report);
    return st == STATUS_OK;
}

static void
a_clip_is_a_text_and_a_file_in_the_folder(void **state)
{
    (void)state;
    assert_true(is_good("Three: sets/three.wav\n"));
    assert_false(is_good("Three: ../three.wav\n"));
    assert_false(is_good("Three: a/../../three.wav\n"));
    assert_false(is_good("Three: /etc/passwd\n"));
    assert_false(is_good("Three: ''\n"));
    assert_false(is_good("'...': three.wav\n"));
    assert_false(is_good("- three.wav\n"));
}

static void
a_comma_pauses_for_as_long_as_the_profile_says(void **state)
{
    (void)state;
    static const char text[]    = "Slowly, along the spine, and breathe.";
    int64_t           short_one = length_of(PLAIN "comma: 100\n", text);
    int64_t           long_one  = length_of(PLAIN "comma: 600\n", text);

    assert_in_range(long_one - short_one, RATE * 2 * 495 / 1000,
                    RATE * 2 * 505 / 1000);
    int64_t plain = length_of(PLAIN, "No pause.");
    assert_in_range(length_of(PLAIN "comma: 600\n", "No pause."),
                    plain - RATE / 100, plain + RATE / 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recorded_text_sounds_as_loud_as_the_engine),
        cmocka_unit_test(what_cannot_be_played_is_said_by_the_engine),
        cmocka_unit_test(what_was_kept_from_before_the_recording_is_not_said),
        cmocka_unit_test(a_clip_is_a_text_and_a_file_in_the_folder),
        cmocka_unit_test(a_comma_pauses_for_as_long_as_the_profile_says),
    };
    return cmocka_run_group_tests(tests, make_voices, remove_voices);
}
