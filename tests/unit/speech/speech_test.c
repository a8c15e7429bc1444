// SPDX-License-Identifier: GPL-3.0-or-later
// Texts become clips: once each, trimmed, at a common loudness.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include "speech/speech.h"
#include <dirent.h>
#include <ebur128.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RATE 48000

static char voices[PATH_SIZE];

static struct speech *
opened(const char *voice)
{
    struct speech_config config = {voices, voice, RATE, false, NULL};
    struct speech       *speech = NULL;
    struct diag          diag   = {{0}};

    if (speech_open(&speech, &config, &diag) != STATUS_OK)
        fail_msg("%s", diag.text);
    return speech;
}

static int
open_calm(void **state)
{
    *state = opened("calm");
    return 0;
}

static int
close_it(void **state)
{
    speech_close(*state);
    return 0;
}

static double
level(const struct pcm *clip, int64_t from, int64_t count)
{
    double sum = 0;
    assert_true(from >= 0 && from + count <= clip->frames);
    for (int64_t i = from; i < from + count; i++) {
        sum += (double)clip->samples[i] * (double)clip->samples[i];
    }
    return sqrt(sum / (double)count);
}

static double
peak(const struct pcm *clip)
{
    double most = 0;
    for (int64_t i = 0; i < clip->frames; i++) {
        most = fmax(most, fabs((double)clip->samples[i]));
    }
    return most;
}

static void
a_text_becomes_a_clip_at_the_rate_asked_for(void **state)
{
    const struct pcm *clip = speech_clip(*state, "Next set.");

    assert_non_null(clip);
    assert_int_equal(clip->rate, RATE);
    assert_in_range(clip->frames, RATE / 4, RATE * 3 / 2);
}

static void
each_text_is_made_once(void **state)
{
    const struct pcm *first = speech_clip(*state, "Ten seconds left.");

    speech_request(*state, "Ten seconds left.");
    assert_ptr_equal(speech_clip(*state, "Ten seconds left."), first);
    assert_int_equal(speech_length(*state, "Ten seconds left."), first->frames);
}

static void
a_requested_text_can_be_fetched_after_others(void **state)
{
    char text[32];
    for (int i = 1; i <= 60; i++) {
        snprintf(text, sizeof text, "Number %d.", i);
        speech_request(*state, text);
    }
    assert_non_null(speech_clip(*state, "Number 60."));
    assert_non_null(speech_clip(*state, "Number 1."));
    assert_non_null(speech_clip(*state, "Number 61."));
}

static void
sound_is_there_at_once_and_to_the_end(void **state)
{
    static const char *const texts[] = {
        "One.",      "two",          "three",      "four",    "five",
        "six",       "Seven.",       "zero",       "halfway", "Hold.",
        "Shoulder.", "Full breath.", "Thank you.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct pcm *clip = speech_clip(*state, texts[i]);
        int64_t           ms   = RATE / 1000;
        assert_true(level(clip, 0, 10 * ms) > 0.0005);
        assert_true(level(clip, clip->frames - 10 * ms, 10 * ms) > 0.0002);
    }
}

static void
no_edge_clicks(void **state)
{
    const struct pcm *clip = speech_clip(*state, "Up.");

    assert_true(fabsf(clip->samples[0]) < 0.001f);
    assert_true(fabsf(clip->samples[clip->frames - 1]) < 0.001f);
}

// By EBU R128; what is shorter than its block of 400 ms as it stands.
static double
lufs(const struct pcm *clip)
{
    double         loudness = 0;
    int64_t        ms       = clip->frames * 1000 / clip->rate;
    ebur128_state *meter    = ebur128_init(1, clip->rate, EBUR128_MODE_I);
    assert_non_null(meter);
    ebur128_add_frames_float(meter, clip->samples, (size_t)clip->frames);
    if (ms < 400)
        ebur128_loudness_window(meter, (unsigned long)ms, &loudness);
    else
        ebur128_loudness_global(meter, &loudness);
    ebur128_destroy(&meter);
    return loudness;
}

static void
words_and_sentences_are_equally_loud_and_never_clip(void **state)
{
    static const char *const texts[] = {
        "three", "two", "one", "halfway", "hush", "Roll slowly, up and down."};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const struct pcm *clip = speech_clip(*state, texts[i]);
        assert_true(fabs(lufs(clip) + 23) < 0.7);
        assert_true(peak(clip) <= 0.9);
    }
}

// Thirty sentences of two seconds are more than are kept.
static void
a_clip_forgotten_is_made_again_alike(void **state)
{
    char        text[64];
    struct pcm *first = pcm_hold(speech_clip(*state, "First of all, breathe."));
    for (int i = 1; i <= 30; i++) {
        snprintf(text, sizeof text, "Sentence number %d, and a half more.", i);
        assert_non_null(speech_clip(*state, text));
    }
    const struct pcm *again = speech_clip(*state, "First of all, breathe.");
    assert_ptr_not_equal(again, first);
    assert_int_equal(again->frames, first->frames);
    assert_memory_equal(again->samples, first->samples,
                        (size_t)first->frames * sizeof(float));
    pcm_drop(first);
}

static void
a_text_without_words_is_a_clip_without_frames(void **state)
{
    const struct pcm *clip = speech_clip(*state, "");
    assert_non_null(clip);
    assert_int_equal(clip->frames, 0);
    assert_int_equal(speech_length(*state, " \n\t "), 0);
}

static void
a_very_long_text_is_said_in_whole(void **state)
{
    char text[20 * 60 + 1] = "";
    for (size_t i = 0; i < 60; i++)
        snprintf(text + 20 * i, 21, "Roll slowly upward. ");
    assert_in_range(speech_length(*state, text), 50 * RATE, 180 * RATE);
}

static void
text_is_utf8(void **state)
{
    int64_t plain = speech_length(*state, "cafe"),
            sharp = speech_length(*state, "caf\xC3\xA9");
    assert_true(plain > 0 && sharp > 0 && sharp < 2 * plain);
    assert_non_null(speech_clip(*state, "broken \xFF\xC3 bytes"));
}

static void
markup_is_said_and_not_obeyed(void **state)
{
    int64_t part = speech_length(*state, "Neck"),
            all  = speech_length(*state, "Neck & shoulders < hips, and back");
    assert_true(all > 3 * part);
    assert_true(speech_length(*state, "a <b>bold</b> word") >
                speech_length(*state, "a word"));
}

static void
a_held_clip_outlives_the_speech(void **state)
{
    (void)state;
    struct speech *speech = opened("brisk");
    struct pcm    *clip   = pcm_hold(speech_clip(speech, "Done."));
    speech_close(speech);
    assert_true(peak(clip) > 0.05);
    pcm_drop(clip);
}

static void
closing_leaves_what_was_not_made(void **state)
{
    (void)state;
    struct speech *speech = opened("calm");
    speech_request(speech, "First of these.");
    speech_request(speech, "Second of these.");
    speech_close(speech);
    speech_close(NULL);
}

// What NAME says for TEXT, the caller's to drop.
static struct pcm *
said_by(const char *voice, const char *text)
{
    struct speech *speech = opened(voice);
    struct pcm    *clip   = pcm_hold(speech_clip(speech, text));
    speech_close(speech);
    return clip;
}

static void
every_profile_speaks_and_brisk_is_quicker_than_calm(void **state)
{
    (void)state;
    static const char *const names[] = {"calm", "brisk", "bright", "steady"};
    int64_t                  frames[4];
    for (size_t i = 0; i < 4; i++) {
        struct pcm *clip = said_by(names[i], "Roll slowly, toward your head.");
        frames[i]        = clip->frames;
        assert_true(peak(clip) > 0.1 && peak(clip) <= 0.9);
        pcm_drop(clip);
    }
    assert_true(frames[1] < frames[0]);
}

static void
an_unknown_voice_names_the_known_ones(void **state)
{
    (void)state;
    struct speech_config config = {voices, "clam", RATE, false, NULL};
    struct speech       *speech = NULL;
    struct diag          diag;

    assert_int_equal(speech_open(&speech, &config, &diag), STATUS_NOT_FOUND);
    assert_null(speech);
    assert_string_equal(diag.text, "there is no voice 'clam'; there are: "
                                   "bright, brisk, calm, steady");
    config.voice = "../en-us/calm";
    assert_int_equal(speech_open(&speech, &config, &diag), STATUS_NOT_FOUND);
}

static void
one_speech_is_open_at_a_time(void **state)
{
    (void)state;
    struct speech_config config = {voices, "calm", RATE, false, NULL};
    struct speech       *first = opened("calm"), *second = NULL;
    struct diag          diag;

    assert_int_equal(speech_open(&second, &config, &diag), STATUS_FAILED);
    assert_string_equal(diag.text, "speech is open already in this program");
    speech_close(first);
    speech_close(opened("brisk"));
}

// FNV-1a over the bytes of the samples.
static uint64_t
sum_clip(uint64_t sum, const struct pcm *clip)
{
    const unsigned char *bytes = (const unsigned char *)clip->samples;
    size_t               count = (size_t)clip->frames * sizeof clip->samples[0];
    for (size_t i = 0; i < count; i++) sum = (sum ^ bytes[i]) * 1099511628211u;
    return sum;
}

// A sum over the samples of some texts, from a process of its own.
static uint64_t
sum_in_a_fresh_process(void)
{
    static const char *const texts[] = {"Next set.", "three", "two", "one"};
    uint64_t                 sum     = 14695981039346656037u;
    int                      ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        struct speech *speech = opened("bright");
        for (size_t i = 0; i < 4; i++) speech_request(speech, texts[i]);
        for (size_t i = 4; i-- > 0;)
            sum = sum_clip(sum, speech_clip(speech, texts[i]));
        _exit(write(ends[1], &sum, sizeof sum) != sizeof sum);
    }
    assert_true(child > 0);
    close(ends[1]);
    assert_int_equal(read(ends[0], &sum, sizeof sum), sizeof sum);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return sum;
}

static void
a_fresh_process_says_the_same_to_the_bit(void **state)
{
    (void)state;
    uint64_t sum = sum_in_a_fresh_process();
    for (int i = 0; i < 4; i++) assert_true(sum_in_a_fresh_process() == sum);
}

// ---- kept from run to run ----

static char cache_folder[] = "/tmp/speech_test.XXXXXX";

static int
make_cache_folder(void **state)
{
    (void)state;
    return mkdtemp(cache_folder) ? setenv("XDG_CACHE_HOME", cache_folder, 1)
                                 : -1;
}

// The only file there, into PATH.
static void
find_cache(char path[PATH_SIZE])
{
    char           folder[PATH_SIZE];
    struct dirent *entry;

    assert_true(path_join(folder, cache_folder, "rollcall"));
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.') path_join(path, folder, entry->d_name);
    closedir(dir);
}

static int
remove_cache_folder(void **state)
{
    char path[PATH_SIZE];
    (void)state;
    find_cache(path);
    unlink(path);
    path_join(path, cache_folder, "rollcall");
    return rmdir(path) || rmdir(cache_folder);
}

static struct speech *
keeping(void)
{
    struct speech_config config = {voices, "calm", RATE, true, NULL};
    struct speech       *speech = NULL;
    struct diag          diag   = {{0}};

    assert_int_equal(speech_open(&speech, &config, &diag), STATUS_OK);
    return speech;
}

// How TEXT sounds in a run that may have it from an earlier one; before it
// that run says BEFORE, which would change it by some samples.
static struct pcm *
said_in_a_run(const char *before, const char *text)
{
    struct speech *speech = keeping();
    if (before) assert_non_null(speech_clip(speech, before));
    struct pcm *clip = pcm_hold(speech_clip(speech, text));
    speech_close(speech);
    return clip;
}

static bool
same_sound(const struct pcm *a, const struct pcm *b)
{
    return a->frames == b->frames &&
           memcmp(a->samples, b->samples, (size_t)a->frames * sizeof(float)) ==
               0;
}

static void
the_next_run_says_what_is_kept(void **state)
{
    (void)state;
    struct pcm *first = said_in_a_run(NULL, "Kept from run to run.");
    struct pcm *again = said_in_a_run("Another one.", "Kept from run to run.");

    assert_true(same_sound(first, again));
    pcm_drop(first);
    pcm_drop(again);
}

static void
a_cache_cut_short_or_spoilt_is_mended(void **state)
{
    (void)state;
    char        path[PATH_SIZE] = "";
    struct pcm *first           = said_in_a_run(NULL, "To be spoilt.");
    find_cache(path);
    for (long cut = 4000; cut > 0; cut -= 1333) {
        assert_int_equal(truncate(path, cut), 0);
        struct pcm *again = said_in_a_run(NULL, "To be spoilt.");
        assert_true(again && again->frames > 0);
        pcm_drop(again);
    }
    FILE *file = fopen(path, "r+b");
    fseek(file, 20, SEEK_SET);
    fputs("nonsense", file);
    fclose(file);
    struct pcm *again = said_in_a_run(NULL, "To be spoilt.");
    assert_in_range(again->frames, first->frames * 9 / 10,
                    first->frames * 11 / 10);
    pcm_drop(first);
    pcm_drop(again);
}

static void
no_home_for_a_cache_is_no_trouble(void **state)
{
    (void)state;
    setenv("XDG_CACHE_HOME", "/dev/null", 1);
    struct pcm *clip = said_in_a_run(NULL, "Nowhere to keep it.");
    assert_true(clip->frames > 0);
    pcm_drop(clip);
    setenv("XDG_CACHE_HOME", cache_folder, 1);
}

// A low voice's lowest tone is about 80 Hz.
static void
what_is_below_the_high_pass_is_not_said(void **state)
{
    (void)state;
    struct speech *speech = opened("calm");
    struct pcm    *whole  = pcm_hold(speech_clip(speech, "Roll slowly."));

    speech_close(speech);
    speech = opened("calm");
    speech_high_pass(speech, 300);
    struct pcm *high  = speech_clip(speech, "Roll slowly.");
    double      left  = level(high, 0, high->frames);
    double      of_it = level(whole, 0, whole->frames);
    assert_true(left < 0.9 * of_it && left > 0.2 * of_it);
    pcm_drop(whole);
    speech_close(speech);
}

int
main(void)
{
    const struct CMUnitTest shared[] = {
        cmocka_unit_test(a_text_becomes_a_clip_at_the_rate_asked_for),
        cmocka_unit_test(each_text_is_made_once),
        cmocka_unit_test(a_requested_text_can_be_fetched_after_others),
        cmocka_unit_test(sound_is_there_at_once_and_to_the_end),
        cmocka_unit_test(no_edge_clicks),
        cmocka_unit_test(words_and_sentences_are_equally_loud_and_never_clip),
        cmocka_unit_test(a_clip_forgotten_is_made_again_alike),
        cmocka_unit_test(a_text_without_words_is_a_clip_without_frames),
        cmocka_unit_test(a_very_long_text_is_said_in_whole),
        cmocka_unit_test(text_is_utf8),
        cmocka_unit_test(markup_is_said_and_not_obeyed),
    };
    const struct CMUnitTest alone[] = {
        cmocka_unit_test(a_held_clip_outlives_the_speech),
        cmocka_unit_test(what_is_below_the_high_pass_is_not_said),
        cmocka_unit_test(closing_leaves_what_was_not_made),
        cmocka_unit_test(every_profile_speaks_and_brisk_is_quicker_than_calm),
        cmocka_unit_test(an_unknown_voice_names_the_known_ones),
        cmocka_unit_test(one_speech_is_open_at_a_time),
    };
    const struct CMUnitTest kept[] = {
        cmocka_unit_test(the_next_run_says_what_is_kept),
        cmocka_unit_test(a_cache_cut_short_or_spoilt_is_mended),
        cmocka_unit_test(no_home_for_a_cache_is_no_trouble),
    };
    const struct CMUnitTest fresh[] = {
        cmocka_unit_test(a_fresh_process_says_the_same_to_the_bit),
    };
    const char *source = getenv("ROLLCALL_SOURCE");
    if (!source || !path_join(voices, source, "voices/en-us")) return 1;
    int failed = cmocka_run_group_tests_name("processes", fresh, NULL, NULL);
    failed += cmocka_run_group_tests_name("clips", shared, open_calm, close_it);
    failed += cmocka_run_group_tests_name("voices", alone, NULL, NULL);
    failed += cmocka_run_group_tests_name("cache", kept, make_cache_folder,
                                          remove_cache_folder);
    return failed;
}
