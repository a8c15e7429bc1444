// SPDX-License-Identifier: GPL-3.0-or-later
// Sounds and engines for the audio tests.
#ifndef SOUND_HELPER_H
#define SOUND_HELPER_H
#include "audio/engine.h"
#include "pcm/pcm.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { RATE = 48000, FADE = 960, RAMP = 2400 }; // frames: 20 ms, 50 ms

// FRAMES samples of the same value.
struct pcm *
flat(float value, int64_t frames);

// Sample I is FIRST + I * STEP.
struct pcm *
rising(float first, float step, int64_t frames);

// Without a limiter: the bare sum.
struct engine *
engine_at_rate(void);

// Renders FRAMES frames in blocks of BLOCK.
void
render(struct engine *engine, float *out, size_t frames, size_t block);

// Plays and lets go of PCM.
void
play(struct engine *engine, enum engine_layer layer, struct pcm *pcm,
     int64_t at);

void
assert_silent(const float *out, size_t from, size_t to);

void
assert_level(const float *out, size_t from, size_t to, float level);

// A name for a file in a new private folder, which is removed with the file
// by remove_file().  Static until the next call.
const char *
new_file(const char *name);
void
remove_file(void);
#endif
