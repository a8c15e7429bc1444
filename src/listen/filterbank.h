// SPDX-License-Identifier: GPL-3.0-or-later
// The power of 25 ms of sound in bands of equal width in mel, each a triangle
// from the middle of the one before to that of the next.
#ifndef LISTEN_FILTERBANK_H
#define LISTEN_FILTERBANK_H

#define FILTERBANK_WINDOW 400 // samples at 16 kHz
#define FILTERBANK_SIZE   512 // of the transform
#define FILTERBANK_MOST   32  // bands

struct filterbank;

// BANDS up to FILTERBANK_MOST.  NULL: no memory.
struct filterbank *
filterbank_new(int bands);

void
filterbank_free(struct filterbank *filterbank); // NULL is fine

// SAMPLES are FILTERBANK_WINDOW, POWER is for as many bands as there are.
void
filterbank_measure(struct filterbank *filterbank, const float *samples,
                   float *power);
#endif
