// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/clip.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    LONGEST = 3600, // seconds
    BLOCK   = 8192, // frames read at a time
};

struct reader {
    SNDFILE *file;
    SF_INFO  info;
    float   *block;  // BLOCK frames, interleaved
    float   *mono;   // what was read so far
    int64_t  frames; // in mono
    int64_t  room;
    int      most; // seconds
};

// What is not a number becomes silence.
static float
average(const float *frame, int channels)
{
    float sum = 0;
    for (int i = 0; i < channels; i++) sum += frame[i];
    sum /= (float)channels;
    return isfinite(sum) ? sum : 0;
}

static bool
make_room(struct reader *reader, int64_t frames)
{
    if (reader->frames + frames <= reader->room) return true;
    int64_t room = 2 * reader->room + frames;
    float  *mono = realloc(reader->mono, (size_t)room * sizeof *mono);
    if (!mono) return false;
    reader->mono = mono;
    reader->room = room;
    return true;
}

static enum status
take_block(struct reader *reader, sf_count_t frames)
{
    int channels = reader->info.channels;

    if (!make_room(reader, frames)) return STATUS_NO_MEMORY;
    for (sf_count_t i = 0; i < frames; i++)
        reader->mono[reader->frames++] =
            average(reader->block + i * channels, channels);
    return STATUS_OK;
}

// The length a file claims is not believed: streams do not know it.
static enum status
read_all(struct reader *reader, const char *path, struct diag *diag)
{
    int64_t most = (int64_t)reader->most * reader->info.samplerate;

    for (;;) {
        sf_count_t got = sf_readf_float(reader->file, reader->block, BLOCK);
        if (got <= 0) break;
        if (reader->frames + got > most) {
            diag_set(diag, path,
                     "longer than %d seconds; cut it into shorter files",
                     reader->most);
            return STATUS_BAD_INPUT;
        }
        enum status st = take_block(reader, got);
        if (st) return st;
    }
    if (sf_error(reader->file) && reader->frames == 0) {
        diag_set(diag, path, "cannot be read: %s", sf_strerror(reader->file));
        return STATUS_BAD_INPUT;
    }
    return STATUS_OK;
}

static enum status
open_reader(struct reader *reader, const char *path, struct diag *diag)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        diag_set(diag, path, "cannot be opened: %s", strerror(errno));
        return STATUS_NOT_FOUND;
    }
    reader->file = sf_open_fd(fd, SFM_READ, &reader->info, SF_TRUE);
    if (!reader->file) {
        diag_set(diag, path, "is no sound file that can be read: %s",
                 sf_strerror(NULL));
        return STATUS_BAD_INPUT;
    }
    reader->block =
        malloc(sizeof(float) * BLOCK * (size_t)reader->info.channels);
    return reader->block ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
give_away(const struct reader *reader, struct pcm **out, unsigned rate)
{
    unsigned    own = (unsigned)reader->info.samplerate;
    struct pcm *pcm = pcm_new(own, reader->frames);

    if (!pcm) return STATUS_NO_MEMORY;
    if (reader->frames > 0)
        memcpy(pcm->samples, reader->mono,
               (size_t)reader->frames * sizeof pcm->samples[0]);
    if (rate != 0 && rate != own) {
        struct pcm *resampled = pcm_resample(pcm, rate);
        pcm_drop(pcm);
        if (!resampled) return STATUS_NO_MEMORY;
        pcm = resampled;
    }
    *out = pcm;
    return STATUS_OK;
}

static enum status
read_within(struct pcm **out, const char *path, unsigned rate, int most,
            struct diag *diag)
{
    struct reader reader = {.most = most};

    enum status st = open_reader(&reader, path, diag);
    if (!st) st = read_all(&reader, path, diag);
    if (!st) st = give_away(&reader, out, rate);
    if (st == STATUS_NO_MEMORY)
        diag_set(diag, path, "no memory left to read it");
    free(reader.mono);
    free(reader.block);
    if (reader.file) sf_close(reader.file);
    return st;
}

enum status
clip_read(struct pcm **out, const char *path, unsigned rate, struct diag *diag)
{
    return read_within(out, path, rate, LONGEST, diag);
}

enum status
clip_read_short(struct pcm **out, const char *path, int most, struct diag *diag)
{
    return read_within(out, path, 0, most, diag);
}
