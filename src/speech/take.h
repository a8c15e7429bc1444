// SPDX-License-Identifier: GPL-3.0-or-later
// One thing said, as it is kept: small, trimmed, its loudness known; and made
// into a clip when it is to sound.
#ifndef SPEECH_TAKE_H
#define SPEECH_TAKE_H
#include "pcm/pcm.h"
#include <stddef.h>
#include <stdint.h>

#define TAKE_VERSION  1       // of what is kept of a text
#define TAKE_LOUDNESS (-23.0) // LUFS of every take, as EBU R128 wants it
#define TAKE_PEAK     0.89    // never above, -1 dBFS
#define TAKE_SILENT   0.001   // what is below is not heard, at that loudness
#define TAKE_LEAD_MS  2       // kept before the first audible sample

struct take {
    unsigned rate; // Hz, the engine's own
    float    gain; // to the common loudness
    int64_t  frames;
    short    samples[];
};

// From COUNT samples as the engine gave them, silence at both ends and all,
// GAIN dB over the common loudness.  A silent take has no frames.  The
// caller's to free(); NULL: no memory.
struct take *
take_new(const short *samples, size_t count, unsigned rate, double gain);

// How many frames its clip has at RATE.
int64_t
take_length(const struct take *take, unsigned rate);

// A new clip, without what is below HIGH_PASS Hz (0: with all of it).  Begins
// and ends within TAKE_LEAD_MS of sound.  NULL: no memory.
struct pcm *
take_clip(const struct take *take, unsigned rate, double high_pass);
#endif
