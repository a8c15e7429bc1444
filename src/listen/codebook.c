// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/codebook.h"

#include "listen/wide.h"
#include <string.h>

#define GROUPS 16 // of densities: every 16th is in the same
#define NONE   (-1e30F)

// The logarithms of all densities, and the highest of each group.
struct scores {
    float of[CODEBOOK_DENSITIES];
    float peaks[GROUPS];
};

WIDE_BODY void
weigh_body(const struct codebook *restrict book, const float *restrict values,
           struct scores *restrict scores)
{
    memcpy(scores->of, book->base, sizeof book->base);
    for (int i = 0; i < CODEBOOK_VALUES; i++) {
        const float *restrict means     = book->means[i];
        const float *restrict sharpness = book->sharpness[i];
        float value                     = values[i];
        for (int k = 0; k < CODEBOOK_DENSITIES; k++) {
            float off = value - means[k];
            scores->of[k] -= off * off * sharpness[k];
        }
    }
    memcpy(scores->peaks, scores->of, sizeof scores->peaks);
    for (int k = GROUPS; k < CODEBOOK_DENSITIES; k += GROUPS) {
        for (int g = 0; g < GROUPS; g++) {
            float a = scores->peaks[g], b = scores->of[k + g];
            scores->peaks[g] = a > b ? a : b;
        }
    }
}

WIDE static void
weigh_wide(const struct codebook *book, const float *values,
           struct scores *scores)
{
    weigh_body(book, values, scores);
}

static void
weigh_anywhere(const struct codebook *book, const float *values,
               struct scores *scores)
{
    weigh_body(book, values, scores);
}

static inline void
insert(struct codebook_best *best, int density, float score)
{
    int at = CODEBOOK_BEST - 1;
    if (!(score > best->score[at])) return;
    for (; at > 0 && score > best->score[at - 1]; at--) {
        best->score[at]   = best->score[at - 1];
        best->density[at] = best->density[at - 1];
    }
    best->score[at]   = score;
    best->density[at] = density;
}

// The best four are in the groups of the four highest peaks.
void
codebook_search(const struct codebook *book, const float *values,
                struct codebook_best *best)
{
    const struct codebook_best none = {{0, 1, 2, 3}, {NONE, NONE, NONE, NONE}};
    struct codebook_best       groups = none, found = none;
    struct scores              scores;
    if (wide_runs())
        weigh_wide(book, values, &scores);
    else
        weigh_anywhere(book, values, &scores);
    for (int g = 0; g < GROUPS; g++) insert(&groups, g, scores.peaks[g]);
    for (int i = 0; i < CODEBOOK_BEST; i++)
        for (int k = groups.density[i]; k < CODEBOOK_DENSITIES; k += GROUPS)
            insert(&found, k, scores.of[k]);
    *best = found;
}
