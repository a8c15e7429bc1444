// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/filterbank.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>

#define PI      3.14159265F
#define WINDOW  FILTERBANK_WINDOW
#define SIZE    FILTERBANK_SIZE
#define BINS    (SIZE / 2 + 1)
#define LOWEST  120.0F // Hz
#define HIGHEST 7000.0F
#define BIN_HZ  (16000.0F / SIZE)

struct filterbank {
    kiss_fftr_cfg transform;
    int           bands;
    float         window[WINDOW];
    float         edge[FILTERBANK_MOST + 2]; // of the bands, in bins
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

struct filterbank *
filterbank_new(int bands)
{
    struct filterbank *f = calloc(1, sizeof *f);
    if (!f) return NULL;
    f->bands     = bands;
    f->transform = kiss_fftr_alloc(SIZE, 0, NULL, NULL);
    if (!f->transform) {
        free(f);
        return NULL;
    }
    for (int i = 0; i < WINDOW; i++)
        f->window[i] = 0.54F - 0.46F * cosf(2 * PI * (float)i / (WINDOW - 1));
    float step = (mel(HIGHEST) - mel(LOWEST)) / (float)(bands + 1);
    for (int i = 0; i < bands + 2; i++)
        f->edge[i] = hertz(mel(LOWEST) + step * (float)i) / BIN_HZ;
    return f;
}

void
filterbank_free(struct filterbank *filterbank)
{
    if (!filterbank) return;
    kiss_fftr_free(filterbank->transform);
    free(filterbank);
}

// A triangle over the bins from edge B to edge B + 2.
static float
band_power(const struct filterbank *f, int b)
{
    float low = f->edge[b], top = f->edge[b + 1], high = f->edge[b + 2];
    float sum = 0;
    for (int i = (int)ceilf(low); (float)i < high; i++) {
        float at = (float)i;
        float share =
            at < top ? (at - low) / (top - low) : (high - at) / (high - top);
        float re = f->bins[i].r, im = f->bins[i].i;
        sum += share * (re * re + im * im);
    }
    return sum;
}

void
filterbank_measure(struct filterbank *f, const float *samples, float *power)
{
    for (int i = 0; i < WINDOW; i++) f->frame[i] = samples[i] * f->window[i];
    kiss_fftr(f->transform, f->frame, f->bins);
    for (int b = 0; b < f->bands; b++) power[b] = band_power(f, b);
}
