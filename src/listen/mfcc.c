// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/mfcc.h"

#include "listen/filterbank.h"
#include <math.h>
#include <stdlib.h>

#define PI      3.14159265F
#define WINDOW  FILTERBANK_WINDOW
#define FILTERS 24
#define QUIET   100.0F // power added to each filter, of samples 16 bits wide

struct mfcc {
    struct filterbank *filterbank;
    float              cosine[MFCC_COUNT][FILTERS];
};

struct mfcc *
mfcc_new(void)
{
    struct mfcc *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->filterbank = filterbank_new(FILTERS);
    if (!m->filterbank) {
        free(m);
        return NULL;
    }
    for (int c = 0; c < MFCC_COUNT; c++)
        for (int f = 0; f < FILTERS; f++)
            m->cosine[c][f] =
                cosf(PI * (float)c * ((float)f + 0.5F) / FILTERS) / FILTERS;
    return m;
}

void
mfcc_free(struct mfcc *mfcc)
{
    if (!mfcc) return;
    filterbank_free(mfcc->filterbank);
    free(mfcc);
}

static float
sample(const int16_t *samples, size_t count, int64_t at)
{
    return at >= 0 && at < (int64_t)count ? (float)samples[at] : 0;
}

void
mfcc_at(struct mfcc *m, const int16_t *samples, size_t count, size_t at,
        float cepstra[MFCC_COUNT])
{
    int64_t first = (int64_t)at - WINDOW / 2;
    float   raised[WINDOW], loud[FILTERS];
    for (int i = 0; i < WINDOW; i++) {
        float here   = sample(samples, count, first + i);
        float before = sample(samples, count, first + i - 1);
        raised[i]    = here - 0.97F * before;
    }
    filterbank_measure(m->filterbank, raised, loud);
    for (int f = 0; f < FILTERS; f++)
        loud[f] = logf(loud[f] + QUIET * FILTERBANK_SIZE);
    for (int c = 0; c < MFCC_COUNT; c++) {
        cepstra[c] = 0;
        for (int f = 0; f < FILTERS; f++)
            cepstra[c] += m->cosine[c][f] * loud[f];
    }
}
