// SPDX-License-Identifier: GPL-3.0-or-later
// Music under a session: sound files decoded ahead of the callback, one after
// the other without a gap, each at the loudness of speech; from the first
// again after the last.
#ifndef AUDIO_MUSIC_H
#define AUDIO_MUSIC_H
#include "base/diag.h"
#include "base/ring.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

struct music;

// PATH: a sound file, or a folder of them, played by name; or in an order that
// follows from SHUFFLE, where that is not 0.  LIVE: a thread decodes; else
// music_fill() does.  What is below HIGH_PASS Hz is taken out; 0: nothing.
enum status
music_open(struct music **out, const char *path, unsigned rate, bool live,
           uint64_t shuffle, double high_pass, struct diag *diag);

// When no callback reads any more.  NULL is fine.
void
music_close(struct music *music);

// Mono frames for engine_music().
struct ring *
music_ring(struct music *music);

// Decodes until the ring is full: two seconds and more.
void
music_fill(struct music *music);
#endif
