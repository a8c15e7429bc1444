// SPDX-License-Identifier: GPL-3.0-or-later
// What a command sounded like, small enough for a line of text: its cepstra
// every 30 ms, without their mean, in tenths of their usual deviation.
#ifndef LISTEN_SKETCH_H
#define LISTEN_SKETCH_H
#include "listen/mfcc.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SKETCH_POINTS 70   // at most: 2.1 s; what is longer is left out
#define SKETCH_TEXT   4000 // bytes, enough for any

struct sketch {
    int    count;
    int8_t points[SKETCH_POINTS][MFCC_COUNT];
};

// Of the frames FROM..TO-1 of 10 ms in SAMPLES at 16 kHz.
void
sketch_make(struct sketch *sketch, struct mfcc *mfcc, const int16_t *samples,
            size_t count, int from, int to);

// How unlike two are: about 0.3 for the same word by the same person, 0.6 for
// two different words; 9 where one is empty.  Dynamic time warping (Sakoe and
// Chiba, "Dynamic programming algorithm optimization for spoken word
// recognition", IEEE Trans. ASSP 26, 1978), symmetric, over the points and
// their slopes.
double
sketch_distance(const struct sketch *a, const struct sketch *b);

// As text: points between slashes; and back, false where it is none.
void
sketch_write(const struct sketch *sketch, char text[SKETCH_TEXT]);
bool
sketch_read(struct sketch *sketch, const char *text);
#endif
