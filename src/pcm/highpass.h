// SPDX-License-Identifier: GPL-3.0-or-later
// A high-pass of second order: rumble, which a small loudspeaker only rattles
// with, is taken out of what is to sound, when it is made.
#ifndef PCM_HIGHPASS_H
#define PCM_HIGHPASS_H
#include <stddef.h>

struct highpass {
    double b0, a1, a2; // b1 is -2 b0 and b2 is b0; b0 0: it passes all on
    double y1, y2;     // the last that came out, the newest first
    float  x1, x2;     // and that went in
};

// Takes out what is below HZ, 12 dB an octave, of sound at RATE; 0 or more than
// a quarter of RATE: nothing.  It has heard silence so far.
void
highpass_set(struct highpass *highpass, unsigned rate, double hz);

// COUNT frames, in place, following on those of the call before.
void
highpass_run(struct highpass *highpass, float *frames, size_t count);
#endif
