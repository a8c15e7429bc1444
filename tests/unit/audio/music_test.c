// SPDX-License-Identifier: GPL-3.0-or-later
// Music goes down before the first word and comes up after the last; tracks
// follow each other without a gap, at one loudness.
#include "audio/music.h"
#include "sound_helper.h"

#include <ebur128.h>
#include <malloc.h>
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
write_pitch(const char *name, int rate, double peak, double seconds, double hz)
{
    char    path[128];
    SF_INFO info = {.samplerate = rate,
                    .channels   = 2,
                    .format     = SF_FORMAT_WAV | SF_FORMAT_PCM_16};

    snprintf(path, sizeof path, "%s/%s", folder, name);
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    for (int i = 0; i < (int)(seconds * rate); i++) {
        float x     = (float)(peak * sin(2 * 3.14159265 * hz * i / rate));
        float two[] = {x, x};
        sf_writef_float(file, two, 1);
    }
    sf_close(file);
}

// Of one tone, the seconds FROM to END; at each full one it is at a peak.
static void
write_piece(const char *name, int rate, int from, int end)
{
    char    path[128];
    SF_INFO info = {.samplerate = rate,
                    .channels   = 1,
                    .format     = SF_FORMAT_WAV | SF_FORMAT_PCM_16};

    snprintf(path, sizeof path, "%s/%s", folder, name);
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    for (int i = from * rate; i < end * rate; i++) {
        float x = (float)(0.5 * cos(2 * 3.14159265 * 440 * i / rate));
        sf_writef_float(file, &x, 1);
    }
    sf_close(file);
}

static void
write_tone(const char *name, int rate, double peak, double seconds)
{
    write_pitch(name, rate, peak, seconds, 440);
}

static void
remove_track(const char *name)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

// The first COUNT frames of what PATH gives.
static void
take_music(const char *path, uint64_t shuffle, float *to, size_t count)
{
    struct music *music = NULL;
    struct diag   diag;

    assert_int_equal(music_open(&music, path, RATE, false, shuffle, 0, &diag),
                     STATUS_OK);
    for (size_t done = 0; done < count;) {
        music_fill(music);
        done += ring_pop(music_ring(music), to + done, count - done);
    }
    music_close(music);
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
    assert_int_equal(music_open(&music, folder, RATE, false, 0, 0, &diag),
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
what_is_below_the_high_pass_is_taken_out(void **state)
{
    (void)state;
    static float  taken[RATE];
    struct music *music = NULL;
    struct diag   diag;
    double        sum = 0;

    write_pitch("a.wav", 44100, 0.5, 1.5, 20);
    assert_int_equal(music_open(&music, folder, RATE, false, 0, 80, &diag),
                     STATUS_OK);
    music_fill(music);
    assert_int_equal(ring_pop(music_ring(music), taken, RATE), RATE);
    for (int i = RATE / 2; i < RATE; i++)
        sum += (double)taken[i] * (double)taken[i];
    assert_true(sum > 0 && sqrt(sum / (RATE / 2.0)) < 8 * 0.5 / 14);
    music_close(music);
    remove_track("a.wav");
}

// A track that goes on in the next one, as on a record of one piece.
static void
one_piece_in_two_tracks_is_one_piece(void **state)
{
    (void)state;
    static const int rates[] = {44100, RATE};
    static float     apart[2 * RATE], whole[2 * RATE];

    for (int i = 0; i < 2; i++) {
        write_piece("a.wav", rates[i], 0, 1);
        write_piece("b.wav", rates[i], 1, 2);
        take_music(folder, 0, apart, 2 * RATE);
        write_piece("a.wav", rates[i], 0, 2);
        remove_track("b.wav");
        take_music(folder, 0, whole, 2 * RATE);
        for (int k = RATE / 2; k < 3 * RATE / 2; k++)
            assert_float_equal(apart[k], whole[k], 0.0005F);
    }
    remove_track("a.wav");
}

static size_t
bytes_in_use(void)
{
    struct mallinfo2 all = mallinfo2(); // nothing with a sanitizer's own
    return all.uordblks + all.hblkhd;
}

// Six frames of ours for each of theirs.
static void
a_track_of_a_low_rate_is_not_decoded_ahead(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;
    size_t        before = 0;

    write_piece("a.wav", 8000, 0, 2);
    assert_int_equal(music_open(&music, folder, RATE, false, 0, 0, &diag),
                     STATUS_OK);
    for (int i = 0; i < 60; i++) { // seconds
        for (size_t done = 0; done < RATE;) {
            music_fill(music);
            done += ring_pop(music_ring(music), out, RATE - done);
        }
        if (i == 5) before = bytes_in_use();
    }
    assert_true(bytes_in_use() < before + 300000);
    music_close(music);
    remove_track("a.wav");
}

static void
tracks_without_a_frame_are_given_up(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;

    write_tone("a.wav", RATE, 0.5, 0);
    write_tone("b.wav", 44100, 0.5, 0);
    assert_int_equal(music_open(&music, folder, RATE, false, 0, 0, &diag),
                     STATUS_OK);
    music_fill(music);
    assert_int_equal(ring_count(music_ring(music)), 0);
    music_close(music);
    remove_track("a.wav");
    remove_track("b.wav");
}

static bool resampler_fails;

const char *
__real_soxr_process(void *soxr, const void *in, size_t in_count, size_t *taken,
                    void *to, size_t room, size_t *made);
const char *
__wrap_soxr_process(void *soxr, const void *in, size_t in_count, size_t *taken,
                    void *to, size_t room, size_t *made);

const char *
__wrap_soxr_process(void *soxr, const void *in, size_t in_count, size_t *taken,
                    void *to, size_t room, size_t *made)
{
    if (resampler_fails) return "no memory";
    return __real_soxr_process(soxr, in, in_count, taken, to, room, made);
}

static void
a_resampler_that_fails_is_no_endless_loop(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;

    write_pitch("a.wav", 22050, 0.5, 0.5, 440);
    assert_int_equal(music_open(&music, folder, RATE, false, 0, 0, &diag),
                     STATUS_OK);
    resampler_fails = true;
    music_fill(music);
    assert_int_equal(ring_count(music_ring(music)), 0);
    resampler_fails = false;
    music_close(music);
    remove_track("a.wav");
}

enum { TRACKS = 5 };

// Tracks of half a second, each of another pitch, as "a" to "e", in the order
// in which they come.
static void
order_of(uint64_t shuffle, size_t count, char *order)
{
    static float taken[2 * TRACKS * RATE];

    take_music(folder, shuffle, taken, count * RATE / 2);
    for (size_t track = 0; track < count; track++) {
        const float *at    = taken + track * RATE / 2 + RATE / 20;
        int          waves = 0; // in 0.4 s
        for (int i = 1; i < RATE * 4 / 10; i++)
            waves += at[i - 1] < 0 && at[i] >= 0;
        order[track] = (char)('a' + (waves + 20) / 40 - 1);
    }
    order[count] = '\0';
}

static void
shuffled_each_track_comes_once_before_any_comes_again(void **state)
{
    (void)state;
    char order[2 * TRACKS + 1], again[2 * TRACKS + 1], name[] = "a.wav";
    bool differs = false;

    for (int i = 0; i < TRACKS; i++, name[0]++)
        write_pitch(name, RATE, 0.5, 0.5, 100 * (i + 1));
    order_of(0, 2 * TRACKS, order);
    assert_string_equal(order, "abcdeabcde");
    for (uint64_t seed = 1; seed <= 3; seed++) {
        order_of(seed, 2 * TRACKS, order);
        order_of(seed, 2 * TRACKS, again);
        assert_string_equal(order, again); // a render is equal to the bit
        for (int c = 'a'; c < 'a' + TRACKS; c++) {
            const char *first = strchr(order, c);
            assert_true(first && first < order + TRACKS);
            assert_ptr_equal(strchr(first + 1, c), first + TRACKS);
        }
        differs |= strncmp(order, "abcde", TRACKS) != 0;
    }
    assert_true(differs);
    while (name[0]-- > 'a') remove_track(name);
}

static void
what_is_no_music_is_told(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;
    assert_int_equal(music_open(&music, "/nowhere", RATE, false, 0, 0, &diag),
                     STATUS_NOT_FOUND);
    assert_int_equal(
        music_open(&music, "/etc/passwd", RATE, false, 0, 0, &diag),
        STATUS_BAD_INPUT);
    assert_int_equal(
        music_open(&music, "/proc/self/fd", RATE, true, 0, 0, &diag),
        STATUS_BAD_INPUT);
    music_close(NULL);
}

static void
a_thread_decodes_for_a_device(void **state)
{
    (void)state;
    struct music *music = NULL;
    struct diag   diag;
    assert_int_equal(music_open(&music, folder, RATE, true, 0, 0, &diag),
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
        cmocka_unit_test(what_is_below_the_high_pass_is_taken_out),
        cmocka_unit_test(tracks_follow_without_a_gap_at_one_loudness),
        cmocka_unit_test(what_is_no_music_is_told),
        cmocka_unit_test(a_thread_decodes_for_a_device),
        cmocka_unit_test(one_piece_in_two_tracks_is_one_piece),
        cmocka_unit_test(a_track_of_a_low_rate_is_not_decoded_ahead),
        cmocka_unit_test(tracks_without_a_frame_are_given_up),
        cmocka_unit_test(a_resampler_that_fails_is_no_endless_loop),
        cmocka_unit_test(shuffled_each_track_comes_once_before_any_comes_again),
    };
    if (!mkdtemp(folder)) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    remove_track("a.wav");
    remove_track("b.wav");
    rmdir(folder);
    return failed;
}
