// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/host.h"

#include "audio/clip.h"
#include "sound_helper.h"
#include <math.h>
#include <signal.h>
#include <sndfile.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

// What a render function saw.
struct renders {
    int64_t frames;
    int64_t heard; // frames with a microphone
    float   last[RATE];
};

// A sine of 1 kHz at half of full scale.
static void
sing(void *ctx, const float *in, float *out, size_t frames)
{
    struct renders *renders = ctx;
    for (size_t i = 0; i < frames; i++) {
        int64_t frame = renders->frames++;
        out[i] = 0.5F * (float)sin(2 * 3.14159265358979 * (double)frame / 48);
        if (in && frame < RATE) {
            renders->last[frame] = in[i];
            renders->heard++;
        }
    }
}

static struct renders renders;

static enum status
open_file(struct host **host, const char *path, const char *microphone,
          struct diag *diag)
{
    struct host_config config = {.rate       = RATE,
                                 .path       = path,
                                 .title      = "Upper back",
                                 .microphone = microphone};
    renders                   = (struct renders){0};
    return host_file.open(host, &config, sing, &renders, diag);
}

static int64_t
frames_in(const char *path)
{
    struct pcm *pcm = NULL;
    struct diag diag;
    if (clip_read(&pcm, path, 0, &diag)) fail_msg("%s", diag.text);
    assert_int_equal(pcm->rate, RATE);
    int64_t frames = pcm->frames;
    pcm_drop(pcm);
    return frames;
}

// With the title that it was given.
static int
format_of(const char *path)
{
    SF_INFO  info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    assert_non_null(file);
    assert_non_null(sf_get_string(file, SF_STR_TITLE));
    assert_string_equal(sf_get_string(file, SF_STR_TITLE), "Upper back");
    sf_close(file);
    return info.format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK);
}

static void
write_and_check(const char *name, int format)
{
    struct host *host = NULL;
    struct diag  diag;
    const char  *path = new_file(name);

    if (open_file(&host, path, NULL, &diag)) fail_msg("%s", diag.text);
    assert_int_equal(host->ops->run(host, 30000, &diag), STATUS_OK);
    assert_int_equal(host->ops->run(host, 18000, &diag), STATUS_OK);
    assert_int_equal(host->ops->close(host, &diag), STATUS_OK);
    assert_int_equal(renders.frames, 48000);
    assert_int_equal(format_of(path), format);
    if (format != (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III))
        assert_int_equal(frames_in(path), 48000);
    remove_file();
}

static void
the_ending_of_the_name_says_what_is_written(void **state)
{
    (void)state;
    write_and_check("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    write_and_check("a.FLAC", SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
    write_and_check("a.b.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS);
    write_and_check("a.oga", SF_FORMAT_OGG | SF_FORMAT_VORBIS);
    write_and_check("a.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS);
    write_and_check("a.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III);
}

// A tenth of a second of sound each second.
static void
sing_a_little(void *ctx, const float *in, float *out, size_t frames)
{
    struct renders *r     = ctx;
    int64_t         first = r->frames;

    sing(r, in, out, frames);
    for (size_t i = 0; i < frames; i++)
        if ((first + (int64_t)i) % RATE >= RATE / 10) out[i] = 0;
}

static void
silence_takes_no_room_and_is_there(void **state)
{
    (void)state;
    struct host_config config = {.rate = RATE, .path = new_file("a.wav")};
    struct host       *host   = NULL;
    struct pcm        *pcm    = NULL;
    struct stat        file;
    struct diag        diag;

    renders = (struct renders){0};
    assert_int_equal(
        host_file.open(&host, &config, sing_a_little, &renders, &diag), 0);
    for (int i = 0; i < 30; i++)
        assert_int_equal(host->ops->run(host, RATE / 3, &diag), STATUS_OK);
    assert_int_equal(host->ops->close(host, &diag), STATUS_OK);
    assert_int_equal(stat(config.path, &file), 0);
    assert_true(file.st_size > 10 * RATE * 2);
    assert_true(file.st_blocks * 512 < file.st_size / 2);
    assert_int_equal(clip_read(&pcm, config.path, 0, &diag), STATUS_OK);
    assert_int_equal(pcm->frames, 10 * RATE);
    for (int64_t i = 0; i < pcm->frames; i++) {
        float sung = 0.5F * (float)sin(2 * 3.14159265358979 * (double)i / 48);
        if (i % RATE >= RATE / 10) sung = 0;
        assert_true(fabsf(pcm->samples[i] - sung) < 1e-4F);
    }
    pcm_drop(pcm);
    remove_file();
}

static void
another_ending_is_refused_with_those_there_are(void **state)
{
    (void)state;
    struct host *host = NULL;
    struct diag  diag;

    assert_int_equal(open_file(&host, "session.txt", NULL, &diag),
                     STATUS_BAD_INPUT);
    assert_string_equal(diag.text,
                        "session.txt: the name must end in .wav, .flac, .ogg, "
                        ".opus or .mp3, which says what kind of sound file to "
                        "write");
    assert_int_equal(open_file(&host, "folder.wav/session", NULL, &diag),
                     STATUS_BAD_INPUT);
    assert_null(host);
}

static void
the_samples_come_back_as_they_were(void **state)
{
    (void)state;
    struct host *host = NULL;
    struct pcm  *pcm  = NULL;
    const char  *path = new_file("a.flac");

    assert_int_equal(open_file(&host, path, NULL, NULL), STATUS_OK);
    assert_int_equal(host->ops->run(host, 9600, NULL), STATUS_OK);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);
    assert_int_equal(clip_read(&pcm, path, 0, NULL), STATUS_OK);
    for (int i = 0; i < 9600; i++)
        assert_float_equal(pcm->samples[i],
                           (float)(0.5 * sin(2 * 3.14159265358979 * i / 48)),
                           1e-4F);
    pcm_drop(pcm);
    remove_file();
}

static void
nothing_has_the_name_until_it_is_whole(void **state)
{
    (void)state;
    struct host *host = NULL;
    const char  *path = new_file("a.wav");

    assert_int_equal(open_file(&host, path, NULL, NULL), STATUS_OK);
    assert_int_equal(host->ops->run(host, 9600, NULL), STATUS_OK);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);
    assert_int_equal(frames_in(path), 9600);
    remove_file();
}

static void
a_session_broken_off_leaves_the_old_file_in_place(void **state)
{
    (void)state;
    struct host *host = NULL;
    const char  *path = new_file("a.wav");

    assert_int_equal(open_file(&host, path, NULL, NULL), STATUS_OK);
    assert_int_equal(host->ops->run(host, 4800, NULL), STATUS_OK);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);

    assert_int_equal(open_file(&host, path, NULL, NULL), STATUS_OK);
    assert_int_equal(host->ops->run(host, 9600, NULL), STATUS_OK);
    host->discard = true;
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);
    assert_int_equal(frames_in(path), 4800);
    remove_file();
}

// Files may grow to a few pages only, as on a full disk.
static void
fail_to_write(const char *name)
{
    struct host  *host = NULL;
    struct diag   diag = {0};
    const char   *path = new_file(name);
    struct rlimit before, small;

    getrlimit(RLIMIT_FSIZE, &before);
    small          = before;
    small.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(open_file(&host, path, NULL, &diag), STATUS_OK);
    setrlimit(RLIMIT_FSIZE, &small);
    enum status st = STATUS_OK;
    for (int i = 0; i < 100 && !st; i++)
        st = host->ops->run(host, 48000, &diag);
    enum status closed = host->ops->close(host, &diag);
    setrlimit(RLIMIT_FSIZE, &before);

    if (st != STATUS_FAILED) fail_msg("%s: writing went on", name);
    assert_int_equal(closed, STATUS_FAILED);
    assert_non_null(strstr(diag.text, "File too large"));
    assert_int_equal(access(path, F_OK), -1);
    remove_file();
}

static void
a_full_disk_is_told_and_leaves_no_file(void **state)
{
    (void)state;
    fail_to_write("a.wav");
    fail_to_write("a.flac");
    fail_to_write("a.ogg");
    fail_to_write("a.opus");
    fail_to_write("a.mp3");
}

static void
a_folder_that_is_not_there_is_named(void **state)
{
    (void)state;
    struct host *host = NULL;
    struct diag  diag;

    assert_int_equal(open_file(&host, "/nowhere/a.flac", NULL, &diag),
                     STATUS_FAILED);
    assert_string_equal(diag.text, "/nowhere/a.flac: cannot be written: No "
                                   "such file or directory");
}

static void
a_missing_recording_leaves_no_file(void **state)
{
    (void)state;
    struct host *host = NULL;
    struct diag  diag;
    const char  *path = new_file("a.flac");

    assert_int_equal(open_file(&host, path, "/nowhere/mic.wav", &diag),
                     STATUS_NOT_FOUND);
    assert_memory_equal(diag.text, "/nowhere/mic.wav: ", 18);
    assert_int_equal(access(path, F_OK), -1);
    remove_file();
}

static void
a_recording_is_the_microphone_and_silence_follows_it(void **state)
{
    (void)state;
    struct host *host = NULL;
    char         first[128];
    const char  *path = new_file("a.wav");

    assert_int_equal(open_file(&host, path, NULL, NULL), STATUS_OK);
    assert_false(host->hears);
    assert_int_equal(host->ops->run(host, 9600, NULL), STATUS_OK);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);
    assert_int_equal(renders.heard, 0);

    snprintf(first, sizeof first, "%s", path);
    // onto itself: it is read before it is replaced
    struct host_config config = {
        .rate = RATE, .path = first, .microphone = first};
    renders = (struct renders){0};
    assert_int_equal(host_file.open(&host, &config, sing, &renders, NULL),
                     STATUS_OK);
    assert_true(host->hears);
    assert_false(host->live);
    assert_int_equal(host->ops->run(host, 24000, NULL), STATUS_OK);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);

    assert_int_equal(renders.heard, 24000);
    for (int i = 0; i < 9600; i++)
        assert_float_equal(renders.last[i],
                           (float)(0.5 * sin(2 * 3.14159265358979 * i / 48)),
                           1e-4F);
    assert_silent(renders.last, 9600, 24000);
    remove_file();
}

static void
a_rate_a_format_lacks_is_refused(void **state)
{
    (void)state;
    struct host       *host   = NULL;
    struct diag        diag   = {0};
    const char        *path   = new_file("a.opus");
    struct host_config config = {.rate = 44100, .path = path};

    assert_int_equal(host_file.open(&host, &config, sing, &renders, &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "44100 Hz"));
    assert_int_equal(access(path, F_OK), -1);
    remove_file();
}

static void
a_link_stays_a_link(void **state)
{
    (void)state;
    struct host *host = NULL;
    struct stat  stat_;
    char         target[160];
    const char  *path = new_file("a.wav");

    snprintf(target, sizeof target, "%s.target.wav", path);
    FILE *file = fopen(target, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(symlink(target, path), 0);

    assert_int_equal(open_file(&host, path, NULL, NULL), STATUS_OK);
    assert_int_equal(host->ops->run(host, 4800, NULL), STATUS_OK);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);
    assert_int_equal(lstat(path, &stat_), 0);
    assert_true(S_ISLNK(stat_.st_mode));
    assert_int_equal(frames_in(target), 4800);
    unlink(target);
    remove_file();
}

static void
closing_nothing_is_fine(void **state)
{
    (void)state;
    assert_int_equal(host_file.close(NULL, NULL), STATUS_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ending_of_the_name_says_what_is_written),
        cmocka_unit_test(another_ending_is_refused_with_those_there_are),
        cmocka_unit_test(the_samples_come_back_as_they_were),
        cmocka_unit_test(silence_takes_no_room_and_is_there),
        cmocka_unit_test(nothing_has_the_name_until_it_is_whole),
        cmocka_unit_test(a_session_broken_off_leaves_the_old_file_in_place),
        cmocka_unit_test(a_full_disk_is_told_and_leaves_no_file),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        cmocka_unit_test(a_missing_recording_leaves_no_file),
        cmocka_unit_test(a_recording_is_the_microphone_and_silence_follows_it),
        cmocka_unit_test(a_rate_a_format_lacks_is_refused),
        cmocka_unit_test(a_link_stays_a_link),
        cmocka_unit_test(closing_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
