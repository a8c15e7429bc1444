// SPDX-License-Identifier: GPL-3.0-or-later
// Whether somebody speaks over a noise: how much likelier the spectrum of 10 ms
// is with a voice in it than as the noise alone (Sohn, Kim and Sung, "A
// statistical model-based voice activity detection", IEEE Signal Processing
// Letters 6(1), 1999), in bands of equal width in mel.  A voice about as
// loud as the noise stands out in a few of them.
#ifndef LISTEN_ACTIVITY_H
#define LISTEN_ACTIVITY_H
#include <stdbool.h>
#include <stdint.h>

#define ACTIVITY_FRAME 160 // samples at 16 kHz: 10 ms

struct activity;

// NULL: no memory.
struct activity *
activity_new(void);

void
activity_free(struct activity *activity); // NULL is fine

// As new: nothing is known of the noise.
void
activity_reset(struct activity *activity);

// The mean logarithm of the likelihood ratio of FRAME and the 15 ms before it;
// 0 while the noise is not known, in the first fifth of a second.
float
activity_feed(struct activity *activity, const float *frame);
#endif
