// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/mfcc.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>

#define PI      3.14159265F
#define WINDOW  400 // samples: 25 ms
#define SIZE    512 // of the transform
#define BINS    (SIZE / 2 + 1)
#define FILTERS 24
#define LOWEST  120.0F // Hz
#define HIGHEST 7000.0F
#define BIN_HZ  (16000.0F / SIZE)
#define QUIET   100.0F // power added to each filter, of samples 16 bits wide

struct mfcc {
    kiss_fftr_cfg transform;
    float         window[WINDOW];
    float         edge[FILTERS + 2]; // of the filters, in bins
    float         cosine[MFCC_COUNT][FILTERS];
    float         frame[SIZE];
    kiss_fft_cpx  bins[BINS];
};

static float
mel(float hertz)
{
    return 1127 * logf(1 + hertz / 700);
}

static float
hertz(float mels)
{
    return 700 * (expf(mels / 1127) - 1);
}

struct mfcc *
mfcc_new(void)
{
    struct mfcc *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->transform = kiss_fftr_alloc(SIZE, 0, NULL, NULL);
    if (!m->transform) {
        free(m);
        return NULL;
    }
    for (int i = 0; i < WINDOW; i++)
        m->window[i] = 0.54F - 0.46F * cosf(2 * PI * (float)i / (WINDOW - 1));
    float step = (mel(HIGHEST) - mel(LOWEST)) / (FILTERS + 1);
    for (int i = 0; i < FILTERS + 2; i++)
        m->edge[i] = hertz(mel(LOWEST) + step * (float)i) / BIN_HZ;
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
    kiss_fftr_free(mfcc->transform);
    free(mfcc);
}

static float
sample(const int16_t *samples, size_t count, int64_t at)
{
    return at >= 0 && at < (int64_t)count ? (float)samples[at] : 0;
}

// A triangle over the bins from edge F to edge F + 2.
static float
filtered(const struct mfcc *m, int f)
{
    float low = m->edge[f], top = m->edge[f + 1], high = m->edge[f + 2];
    float sum = QUIET * SIZE;
    for (int b = (int)ceilf(low); (float)b < high; b++) {
        float at = (float)b;
        float share =
            at < top ? (at - low) / (top - low) : (high - at) / (high - top);
        float re = m->bins[b].r, im = m->bins[b].i;
        sum += share * (re * re + im * im);
    }
    return logf(sum);
}

void
mfcc_at(struct mfcc *m, const int16_t *samples, size_t count, size_t at,
        float cepstra[MFCC_COUNT])
{
    int64_t first = (int64_t)at - WINDOW / 2;
    for (int i = 0; i < WINDOW; i++) {
        float here   = sample(samples, count, first + i);
        float before = sample(samples, count, first + i - 1);
        m->frame[i]  = m->window[i] * (here - 0.97F * before);
    }
    for (int i = WINDOW; i < SIZE; i++) m->frame[i] = 0;
    kiss_fftr(m->transform, m->frame, m->bins);
    float loud[FILTERS];
    for (int f = 0; f < FILTERS; f++) loud[f] = filtered(m, f);
    for (int c = 0; c < MFCC_COUNT; c++) {
        cepstra[c] = 0;
        for (int f = 0; f < FILTERS; f++)
            cepstra[c] += m->cosine[c][f] * loud[f];
    }
}
