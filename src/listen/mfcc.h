// SPDX-License-Identifier: GPL-3.0-or-later
// Mel-frequency cepstra (Davis and Mermelstein, "Comparison of parametric
// representations for monosyllabic word recognition", IEEE Trans. ASSP 28,
// 1980): what a sound is like, 10 ms at a time.
//
// The recogniser has its own and does not give them away.
#ifndef LISTEN_MFCC_H
#define LISTEN_MFCC_H
#include <stddef.h>
#include <stdint.h>

#define MFCC_COUNT 13  // of a frame; the first is how loud it is
#define MFCC_STEP  160 // samples at 16 kHz from a frame to the next

struct mfcc;

// NULL: no memory.
struct mfcc *
mfcc_new(void);

void
mfcc_free(struct mfcc *mfcc); // NULL is fine

// Of the frame around sample AT of COUNT; what lies outside is silence.
void
mfcc_at(struct mfcc *mfcc, const int16_t *samples, size_t count, size_t at,
        float cepstra[MFCC_COUNT]);
#endif
