// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/tape.h"

#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
    BLOCK   = 1024,     // frames at a time
    LONGEST = 3 * 3600, // seconds
};

struct tape {
    SNDFILE *file;
    char    *path;
    int64_t  frames;
    bool     begun; // the first frame is the first that was heard
    bool     failed;
};

static int
format_of(const char *path)
{
    const char *dot = strrchr(path, '.');

    if (dot && strcasecmp(dot, ".wav") == 0) return SF_FORMAT_WAV;
    if (dot && strcasecmp(dot, ".flac") == 0) return SF_FORMAT_FLAC;
    return 0;
}

static enum status
open_file(struct tape *tape, unsigned rate, struct diag *diag)
{
    SF_INFO info = {.samplerate = (int)rate,
                    .channels   = 2,
                    .format     = format_of(tape->path) | SF_FORMAT_PCM_16};
    int     fd   = open(tape->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                        S_IRUSR | S_IWUSR);

    if (fd < 0) {
        diag_set(diag, tape->path, "cannot be written: %s", strerror(errno));
        return STATUS_FAILED;
    }
    tape->file = sf_open_fd(fd, SFM_WRITE, &info, true);
    if (tape->file) {
        sf_command(tape->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
        return STATUS_OK;
    }
    diag_set(diag, tape->path, "cannot be written: %s", sf_strerror(NULL));
    return STATUS_FAILED;
}

enum status
tape_open(struct tape **out, const char *path, unsigned rate, struct diag *diag)
{
    if (!format_of(path)) {
        diag_set(diag, path, "a recording ends in .wav or .flac");
        return STATUS_BAD_INPUT;
    }
    struct tape *tape = calloc(1, sizeof *tape);
    enum status  st   = STATUS_NO_MEMORY;

    if (tape) tape->path = strdup(path);
    if (tape && tape->path) st = open_file(tape, rate, diag);
    if (st)
        tape_close(tape, NULL);
    else
        *out = tape;
    return st;
}

static void
write_frames(struct tape *tape, const float *left, const float *right,
             size_t count)
{
    float both[2 * BLOCK];

    while (count > 0) {
        size_t some = count < BLOCK ? count : BLOCK;
        for (size_t i = 0; i < some; i++) {
            both[2 * i]     = left ? left[i] : 0;
            both[2 * i + 1] = right ? right[i] : 0;
        }
        if (sf_writef_float(tape->file, both, (sf_count_t)some) !=
            (sf_count_t)some)
            tape->failed = true;
        left  = left ? left + some : NULL;
        right = right ? right + some : NULL;
        tape->frames += (int64_t)some;
        count -= some;
    }
}

void
tape_write(struct tape *tape, int64_t first, const float *microphone,
           const float *reference, size_t count)
{
    if (!tape->begun) tape->frames = first;
    tape->begun = true;
    if (first > tape->frames)
        write_frames(tape, NULL, NULL, (size_t)(first - tape->frames));
    write_frames(tape, microphone, reference, count);
}

enum status
tape_close(struct tape *tape, struct diag *diag)
{
    enum status st = STATUS_OK;

    if (!tape) return st;
    if (tape->file && (sf_close(tape->file) || tape->failed)) {
        diag_set(diag, tape->path, "the recording was not all written");
        st = STATUS_FAILED;
    }
    free(tape->path);
    free(tape);
    return st;
}

// ---- reading ----

static bool
split(SNDFILE *file, struct pcm *left, struct pcm *right)
{
    float both[2 * BLOCK];

    for (int64_t at = 0; at < left->frames;) {
        sf_count_t got = sf_readf_float(file, both, BLOCK);
        if (got <= 0) return false;
        for (sf_count_t i = 0; i < got && at < left->frames; i++, at++) {
            left->samples[at]  = both[2 * i];
            right->samples[at] = both[2 * i + 1];
        }
    }
    return true;
}

static enum status
check(const SNDFILE *file, const SF_INFO *info, const char *path,
      struct diag *diag)
{
    if (!file) {
        diag_set(diag, path, "%s", sf_strerror(NULL));
        return STATUS_NOT_FOUND;
    }
    if (info->channels == 2 && info->samplerate > 0 && info->frames >= 0 &&
        info->frames / info->samplerate < LONGEST)
        return STATUS_OK;
    diag_set(diag, path,
             "this is no recording of a session: that has two channels, the "
             "microphone and what was played");
    return STATUS_BAD_INPUT;
}

enum status
tape_read(struct pcm **microphone, struct pcm **reference, const char *path,
          struct diag *diag)
{
    SF_INFO     info  = {0};
    SNDFILE    *file  = sf_open(path, SFM_READ, &info);
    enum status st    = check(file, &info, path, diag);
    struct pcm *left  = NULL;
    struct pcm *right = NULL;

    if (!st) {
        left  = pcm_new((unsigned)info.samplerate, info.frames);
        right = pcm_new((unsigned)info.samplerate, info.frames);
        if (!left || !right) st = STATUS_NO_MEMORY;
    }
    if (!st && !split(file, left, right)) {
        diag_set(diag, path, "it breaks off");
        st = STATUS_BAD_INPUT;
    }
    if (file) sf_close(file);
    if (st) {
        pcm_drop(left);
        pcm_drop(right);
        return st;
    }
    *microphone = left;
    *reference  = right;
    return STATUS_OK;
}
