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
    int   from[FILTERBANK_MOST], to[FILTERBANK_MOST]; // bins of each band
    float shares[2 * BINS]; // of each bin in a band, band by band
    float frame[SIZE];
    kiss_fft_cpx bins[BINS];
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

// Where band B begins, in bins.
static float
edge(const struct filterbank *f, int b)
{
    float step = (mel(HIGHEST) - mel(LOWEST)) / (float)(f->bands + 1);
    return hertz(mel(LOWEST) + step * (float)b) / BIN_HZ;
}

// A triangle over the bins from edge B to edge B + 2; its shares are from AT
// on, and where they end is returned.  A bin is in two bands at most.
static int
make_band(struct filterbank *f, int b, int at)
{
    float low = edge(f, b), top = edge(f, b + 1), high = edge(f, b + 2);
    f->from[b] = f->to[b] = (int)ceilf(low);
    for (; (float)f->to[b] < high; f->to[b]++) {
        float bin = (float)f->to[b];
        f->shares[at++] =
            bin < top ? (bin - low) / (top - low) : (high - bin) / (high - top);
    }
    return at;
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
    for (int b = 0, at = 0; b < bands; b++) at = make_band(f, b, at);
    return f;
}

void
filterbank_free(struct filterbank *filterbank)
{
    if (!filterbank) return;
    kiss_fftr_free(filterbank->transform);
    free(filterbank);
}

void
filterbank_measure(struct filterbank *f, const float *samples, float *power)
{
    float bins[BINS];
    for (int i = 0; i < WINDOW; i++) f->frame[i] = samples[i] * f->window[i];
    kiss_fftr(f->transform, f->frame, f->bins);
    for (int i = 0; i < BINS; i++)
        bins[i] = f->bins[i].r * f->bins[i].r + f->bins[i].i * f->bins[i].i;
    for (int b = 0, at = 0; b < f->bands; b++) {
        float sum = 0;
        for (int i = f->from[b]; i < f->to[b]; i++)
            sum += f->shares[at++] * bins[i];
        power[b] = sum;
    }
}
