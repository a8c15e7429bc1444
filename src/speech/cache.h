// SPDX-License-Identifier: GPL-3.0-or-later
// Takes kept from one run to the next: one file for a voice, in
// $XDG_CACHE_HOME/rollcall or ~/.cache/rollcall.
//
// Their samples stay in the file until they are wanted.  Whatever is wrong
// with the file, it is begun afresh; where it cannot be written, or another
// process has it, there is no cache.
#ifndef SPEECH_CACHE_H
#define SPEECH_CACHE_H
#include "speech/take.h"
#include <stdbool.h>
#include <stdint.h>

struct cache;

// Where a take is in the file.
struct cached {
    int64_t  at; // byte of its first sample; 0: it is not
    int64_t  frames;
    unsigned rate;
    float    gain;
};

typedef void
cache_found(void *ctx, const char *text, const struct cached *cached);

// KEY: all that the sound of a text depends on but the text.  FOUND is called
// for every text there is.  NULL where there can be none.
struct cache *
cache_open(const char *key, cache_found *found, void *ctx);

void
cache_close(struct cache *cache); // NULL is fine

// False where it could not be written.  One thread.
bool
cache_add(struct cache *cache, const char *text, const struct take *take,
          struct cached *cached);

// The caller's to free(); NULL where it cannot be read.  Any thread.
struct take *
cache_take(const struct cache *cache, const struct cached *cached);
#endif
