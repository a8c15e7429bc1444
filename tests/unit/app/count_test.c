// SPDX-License-Identifier: GPL-3.0-or-later
// When the count is heard: in the sound itself, from its first audible sample,
// in a file and on a device.
#include "audio/clip.h"
#include "audio/tape.h"
#include "fake_helper.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AUDIBLE 0.0005F // -66 dBFS
#define EXACT   96      // frames: 2 ms, kept before what is audible

// Of what begins by itself: the first audible sample near FRAME.
static int64_t
heard_at(const float *sound, int64_t frame)
{
    int64_t at = frame - RATE / 100;

    while (at < frame + RATE / 10 && fabsf(sound[at]) < AUDIBLE) at++;
    return at;
}

static int64_t
frame_of(const json_t *event)
{
    return json_integer_value(json_object_get(event, "frame"));
}

// Each "one", and the end one second later, lie where the events say.
static int
check_counts(const json_t *events, const float *sound)
{
    int counts = 0;

    for (size_t i = 0; i + 1 < json_array_size(events); i++) {
        const json_t *one  = json_array_get(events, i);
        const json_t *zero = json_array_get(events, i + 1);
        const char   *text = json_string_value(json_object_get(one, "text"));
        if (!text || strcmp(text, "One.") != 0) continue;

        assert_true(fake_is(zero, "tone"));
        assert_int_equal(frame_of(zero) - frame_of(one), RATE);
        int64_t word = heard_at(sound, frame_of(one));
        int64_t tone = heard_at(sound, frame_of(zero));
        assert_in_range(word, frame_of(one), frame_of(one) + EXACT);
        assert_in_range(tone, frame_of(zero), frame_of(zero) + EXACT);
        counts++;
    }
    return counts;
}

static void
one_is_heard_one_second_before_zero_in_a_file(void **state)
{
    (void)state;
    struct player_result result;
    struct pcm          *pcm    = NULL;
    struct diag          diag   = {""};
    json_t              *events = fake_play(&host_file, false, &result);

    assert_int_equal(clip_read(&pcm, fake_path("s.wav"), RATE, &diag),
                     STATUS_OK);
    assert_in_range(check_counts(events, pcm->samples), 1, 20);
    pcm_drop(pcm);
    unlink(fake_path("s.wav"));
    json_decref(events);
}

static void
one_is_heard_one_second_before_zero_on_a_device(void **state)
{
    (void)state;
    struct player_result result;

    json_t *events = fake_play(&fake_host, false, &result);

    assert_in_range(check_counts(events, fake_sound), 1, 20);
    assert_int_equal(result.late, 0);
    json_decref(events);
}

static void
another_buffer_changes_no_sample(void **state)
{
    (void)state;
    static const size_t  blocks[] = {480, 64, FAKE_MOST};
    struct player_result result;
    float               *first    = NULL;
    int64_t              frames   = 0;
    json_t              *expected = NULL;

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        fake_block     = blocks[i];
        json_t *events = fake_play(&fake_host, false, &result);
        if (!first) {
            frames   = fake_frames;
            expected = json_incref(events);
            first    = malloc((size_t)frames * sizeof *first);
            assert_non_null(first);
            memcpy(first, fake_sound, (size_t)frames * sizeof *first);
        }
        if (fake_frames < frames) frames = fake_frames; // the last block's
        assert_true(json_equal(events, expected));
        assert_memory_equal(first, fake_sound, (size_t)frames * sizeof *first);
        json_decref(events);
    }
    fake_block = 480;
    json_decref(expected);
    free(first);
}

// Fills TONE, and writes it as a sound file.
static void
write_microphone(const char *path, struct pcm *tone)
{
    struct tape *tape = NULL;
    struct diag  diag = {""};

    for (int64_t i = 0; i < tone->frames; i++)
        tone->samples[i] = 0.02F * sinf(0.03F * (float)i);
    assert_int_equal(tape_open(&tape, path, RATE, &diag), STATUS_OK);
    tape_write(tape, 0, tone->samples, tone->samples, (size_t)tone->frames);
    assert_int_equal(tape_close(tape, &diag), STATUS_OK);
}

static bool
is_like(const struct pcm *a, const struct pcm *b, int64_t frames)
{
    for (int64_t i = 0; i < frames; i++)
        if (fabsf(a->samples[i] - b->samples[i]) > 1.0F / 8192) return false;
    return true;
}

static void
a_recording_has_both_sides_on_their_frame(void **state)
{
    (void)state;
    char                 microphone[96], record[96];
    struct player_result result;
    struct diag          diag = {""};
    struct pcm          *tone = pcm_new(RATE, 20 * RATE);
    struct pcm          *heard, *played, *rendered;

    snprintf(microphone, sizeof microphone, "%s", fake_path("m.wav"));
    snprintf(record, sizeof record, "%s", fake_path("r.flac"));
    write_microphone(microphone, tone);
    fake_microphone = microphone;
    fake_record     = record;
    json_decref(fake_play(&host_file, true, &result));
    fake_microphone = fake_record = NULL;
    assert_int_equal(tape_read(&heard, &played, record, &diag), STATUS_OK);
    assert_int_equal(clip_read(&rendered, fake_path("s.wav"), RATE, &diag),
                     STATUS_OK);
    assert_true(played->frames > rendered->frames - RATE / 10);
    assert_true(is_like(heard, tone, tone->frames));
    assert_true(is_like(played, rendered, rendered->frames - RATE / 10));
    pcm_drop(tone);
    pcm_drop(heard);
    pcm_drop(played);
    pcm_drop(rendered);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_heard_one_second_before_zero_in_a_file),
        cmocka_unit_test(one_is_heard_one_second_before_zero_on_a_device),
        cmocka_unit_test(another_buffer_changes_no_sample),
        cmocka_unit_test(a_recording_has_both_sides_on_their_frame),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
