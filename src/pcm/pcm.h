// SPDX-License-Identifier: GPL-3.0-or-later
// Sound in memory: mono floats, full scale is 1, shared by counting.
#ifndef PCM_PCM_H
#define PCM_PCM_H
#include <stdatomic.h>
#include <stdint.h>

struct pcm {
    atomic_int holders;
    unsigned   rate;   // frames a second
    int64_t    frames; // at least 0
    float      samples[];
};

// Silence of FRAMES frames, held once, to be filled in by the caller before it
// is given to others; after that nobody writes to it.  NULL: no memory.
struct pcm *
pcm_new(unsigned rate, int64_t frames);

// One holder more.  Any thread.
struct pcm *
pcm_hold(struct pcm *pcm);

// One holder less; the last one frees it.  NULL is fine.  Any thread but the
// audio callback.
void
pcm_drop(struct pcm *pcm);

// A copy at another rate (libsoxr, 20 bits), its delay taken out, so that what
// was at second t still is.  NULL: no memory.
struct pcm *
pcm_resample(const struct pcm *pcm, unsigned rate);

// How many frames FRAMES at FROM hertz become at TO.
int64_t
pcm_resampled(int64_t frames, unsigned from, unsigned to);
#endif
