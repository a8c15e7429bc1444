// SPDX-License-Identifier: GPL-3.0-or-later
// A raw take of speech made fit for playing: trimmed, at the common loudness.
#ifndef SPEECH_TAKE_H
#define SPEECH_TAKE_H
#include "pcm/pcm.h"

#define TAKE_LOUDNESS (-20.0) // dBFS, RMS of the spoken parts
#define TAKE_PEAK     0.89    // never above
#define TAKE_SILENT   0.001   // what is below is not heard, at that loudness
#define TAKE_LEAD_MS  2       // kept before the first audible sample

// A new clip at RATE from the engine's RAW one, GAIN dB over the common
// loudness.  Begins and ends within TAKE_LEAD_MS of sound; a silent take gives
// a clip of no frames.  NULL: no memory.
struct pcm *
take_finish(const struct pcm *raw, unsigned rate, double gain);
#endif
