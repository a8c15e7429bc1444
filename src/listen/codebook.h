// SPDX-License-Identifier: GPL-3.0-or-later
// The densities of one phone in one stream of values, and which of them fit
// a frame best.
#ifndef LISTEN_CODEBOOK_H
#define LISTEN_CODEBOOK_H

#define CODEBOOK_VALUES    13 // of a frame in a stream
#define CODEBOOK_DENSITIES 128
#define CODEBOOK_BEST      4

// Value by value.
struct codebook {
    float base[CODEBOOK_DENSITIES]; // logarithm of the density at its mean
    float means[CODEBOOK_VALUES][CODEBOOK_DENSITIES];
    float sharpness[CODEBOOK_VALUES][CODEBOOK_DENSITIES]; // 1 / (2 variance)
};

// What is left of a codebook in a frame; of equals the lower number is better.
struct codebook_best {
    int   density[CODEBOOK_BEST];
    float score[CODEBOOK_BEST]; // logarithms, best first
};

// VALUES are CODEBOOK_VALUES.
void
codebook_search(const struct codebook *book, const float *values,
                struct codebook_best *best);
#endif
