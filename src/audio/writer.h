// SPDX-License-Identifier: GPL-3.0-or-later
// One sound file being written, of the kind its name's ending says.
#ifndef AUDIO_WRITER_H
#define AUDIO_WRITER_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

enum { WRITER_BLOCK = 16384 };

struct writer;

// What a player shows; each may be NULL, and the number 0.
struct writer_tags {
    const char *title;
    const char *album;
    int         number; // of the track, from 1
};

// Mono.  .wav, .flac, .ogg, .oga, .opus or .mp3, RATE as far as the format has
// it.
enum status
writer_open(struct writer **out, const char *path, unsigned rate,
            const struct writer_tags *tags, struct diag *diag);

// Up to WRITER_BLOCK samples; up to the next multiple of 16 is read.
enum status
writer_write(struct writer *writer, const float *samples, size_t count,
             struct diag *diag);

// KEEP: the file gets its name; else, or where it failed, it is removed.  NULL
// is fine.
enum status
writer_close(struct writer *writer, bool keep, struct diag *diag);
#endif
