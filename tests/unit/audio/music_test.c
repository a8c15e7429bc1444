// SPDX-License-Identifier: GPL-3.0-or-later
// Music goes down before the first word and comes up after the last; tracks
// follow each other without a gap, at one loudness.
#include "audio/music.h"
#include "sound_helper.h"

#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONG = 4 * RATE, AHEAD = 4800 };

static float out[LONG], other[LONG];

// COUNT frames of full scale.
static void
fill(struct ring *ring, size_t count)
{
    float one = 1;
    assert_true(ring_init(ring, sizeof(float), count));
    for (size_t i = 0; i < count; i++) ring_push(ring, &one, 1);
}

// A word from 2.5 to 3 s over music at a quarter of full scale.
static void
render_word(float *to, size_t block)
{
    struct engine *engine = engine_at_rate();
    struct ring    ring   = {0};

    fill(&ring, LONG);
    engine_music(engine, &ring);
    assert_true(engine_music_volume(engine, 0.25F, 0));
    play(engine, LAYER_SPEECH, flat(0.125F, RATE / 2), RATE * 5 / 2);
    render(engine, to, LONG, block);
    engine_free(engine);
    ring_release(&ring);
}

static void
music_is_down_when_the_first_word_comes(void **state)
{
    (void)state;
    int word = RATE * 5 / 2;

    render_word(out, 480);
    assert_true(out[0] < 0.001F && out[RATE / 8] < 0.13F); // comes up softly
    assert_level(out, RATE, (size_t)(word - AHEAD), 0.25F);
    assert_true(out[word - AHEAD / 2] < 0.2F);
    for (int i = word; i < word + RATE / 2; i++)
        assert_float_equal(out[i], 0.25F / 4 + 0.125F, 0.0001F);
    assert_true(out[word + RATE / 2 + 6 * AHEAD / 2] < 0.2F);
    assert_level(out, LONG - RATE / 4, LONG, 0.25F);
}

static void
other_blocks_change_no_sample(void **state)
{
    (void)state;
    static const size_t blocks[] = {64, 1000, 4801, 48000};

    render_word(out, 480);
    for (int i = 0; i < 4; i++) {
        render_word(other, blocks[i]);
        assert_memory_equal(out, other, sizeof out);
    }
}

static void
what_is_not_decoded_yet_is_silence(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();
    struct ring    ring   = {0};

    fill(&ring, 1000);
    engine_music(engine, &ring);
    engine_music_volume(engine, 1, 0);
    render(engine, out, 4096, 512);
    assert_true(out[500] > 0);
    assert_silent(out, 1000, 4096);
    engine_free(engine);
    ring_release(&ring);
}

// ---- files ----

static char folder[] = "/tmp/music_test.XXXXXX";

static void
write_tone(const char *name, int rate, double peak, double seconds)
{
    char    path[128];
    SF_INFO info = {.samplerate = rate,
                    .channels   = 2,
                    .format     = SF_FORMAT_WAV | SF_FORMAT_PCM_16};

    snprintf(path, sizeof path, "%s/%s", folder, name);
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    for (int i = 0; i < (int)(seconds * rate); i++) {
        float x     = (float)(peak * sin(2 * 3.14159265 * 440 * i / rate));
        float two[] = {x, x};
        sf_writef_float(file, two, 1);
    }
    sf_close(file);
}

static void
tracks_follow_without_a_gap_at_one_loudness(void **state)
{
    (void)state;
    static float   taken[RATE];
    struct music  *music = NULL;
    struct diag    diag;
    double         lufs;
    ebur128_state *meter = ebur128_init(1, RATE, EBUR128_MODE_I);

    write_tone("a.wav", 44100, 0.5, 1.5);
    write_tone("b.wav", 48000, 0.05, 1.5);
    assert_int_equal(music_open(&music, folder, RATE, false, 0, &diag),
                     STATUS_OK);
    int quiet = 0;
    for (int second = 0; second < 6; second++) { // twice around
        music_fill(music);
        assert_int_equal(ring_pop(music_ring(music), taken, RATE), RATE);
        ebur128_add_frames_float(meter, taken, RATE);
        for (int i = 0; i < RATE; i++)
            if (fabsf(taken[i]) < 0.0005F) quiet++;
    }
    ebur128_loudness_global(meter, &lufs);
    ebur128_destroy(&meter);
    assert_float_equal(lufs, -23, 0.5);
    assert_true(quiet < 6 * RATE / 100); // zero crossings only
    music_close(music);
}

static void
what_is_no_music_is_told(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;
    assert_int_equal(music_open(&music, "/nowhere", RATE, false, 0, &diag),
                     STATUS_NOT_FOUND);
    assert_int_equal(music_open(&music, "/etc/passwd", RATE, false, 0, &diag),
                     STATUS_BAD_INPUT);
    assert_int_equal(music_open(&music, "/proc/self/fd", RATE, true, 0, &diag),
                     STATUS_BAD_INPUT);
    music_close(NULL);
}

static void
a_thread_decodes_for_a_device(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;
    assert_int_equal(music_open(&music, folder, RATE, true, 0, &diag),
                     STATUS_OK);
    while (ring_count(music_ring(music)) < RATE) usleep(1000);
    music_close(music);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(music_is_down_when_the_first_word_comes),
        cmocka_unit_test(other_blocks_change_no_sample),
        cmocka_unit_test(what_is_not_decoded_yet_is_silence),
        cmocka_unit_test(tracks_follow_without_a_gap_at_one_loudness),
        cmocka_unit_test(what_is_no_music_is_told),
        cmocka_unit_test(a_thread_decodes_for_a_device),
    };
    char path[128];
    if (!mkdtemp(folder)) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (const char *name = "a"; name; name = *name == 'a' ? "b" : NULL) {
        snprintf(path, sizeof path, "%s/%s.wav", folder, name);
        unlink(path);
    }
    rmdir(folder);
    return failed;
}
