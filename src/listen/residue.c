// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/residue.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BANDS    7
#define SHARES   72       // of 1 dB
#define LEAST    (-48)    // dB, of the first share
#define KEEP     0.999F   // a share's weight after one frame: 10 s to a third
#define UNDER    0.9F     // of the frames stay under the estimate
#define ABOVE    6.0F     // dB over it: more likely a person, ...
#define DOUBT    0.25F    // ... so learnt with that weight
#define LEARNING 150      // frames played before anything is believed
#define FALL     0.6F     // dB a frame: how fast a room may fall silent
#define AUDIBLE  (-85.0F) // dB taken out: below, the proportion means nothing
#define WORSE    0.03F // dB a frame of silence: rooms and clocks move on, ...
#define WORST    15.0F // ... so that the canceller fits less at first, ...
#define BETTER   0.15F // dB a frame played: ... until it has caught up
#define STUMBLE  (3 * WORST) // after lost sound: two seconds at the worst
#define SIZE     (2 * RESIDUE_FRAME) // of the transform

// Where each band ends, Hz.
static const int ends[BANDS] = {500, 1000, 2000, 3000, 4000, 5500, 8000};

struct band {
    float share[SHARES]; // of left / taken, from LEAST dB on
    float total;
    float taken; // dB: envelope of what was taken out
};

struct residue {
    kiss_fftr_cfg fft;
    float         window[SIZE];
    float         taken[SIZE]; // the last two frames
    float         left[SIZE];
    struct band   bands[BANDS];
    int           learnt; // frames, up to where it is believed
    float         doubt;  // dB more may be left than was learnt
};

struct residue *
residue_new(void)
{
    struct residue *residue = calloc(1, sizeof *residue);
    if (!residue) return NULL;
    residue->fft = kiss_fftr_alloc(SIZE, 0, NULL, NULL);
    if (!residue->fft) {
        free(residue);
        return NULL;
    }
    for (int i = 0; i < SIZE; i++)
        residue->window[i] = sqrtf(8.0F / 3) *
                             (0.5F - 0.5F * cosf(6.2831853F * (float)i / SIZE));
    residue_reset(residue);
    return residue;
}

void
residue_free(struct residue *residue)
{
    if (!residue) return;
    kiss_fftr_free(residue->fft);
    free(residue);
}

void
residue_reset(struct residue *r)
{
    memset(r->taken, 0, sizeof r->taken);
    memset(r->left, 0, sizeof r->left);
    memset(r->bands, 0, sizeof r->bands);
    for (int i = 0; i < BANDS; i++) r->bands[i].taken = RESIDUE_NONE;
    r->learnt = 0;
    r->doubt  = 0;
}

void
residue_rest(struct residue *r)
{
    if (r->doubt < WORST) r->doubt += WORSE;
}

void
residue_stumble(struct residue *r)
{
    r->doubt = STUMBLE;
}

static float
decibels(float power)
{
    return 10 * log10f(power + 1e-12F);
}

// The levels of the bands in the newest two frames, each weighted as the
// endpointer does, which takes the low end out: 1 - 0.95 / z.
static void
measure(const struct residue *r, const float *samples, float levels[BANDS])
{
    float        windowed[SIZE];
    kiss_fft_cpx spectrum[SIZE / 2 + 1];

    for (int i = 0; i < SIZE; i++) windowed[i] = samples[i] * r->window[i];
    kiss_fftr(r->fft, windowed, spectrum);
    for (int band = 0, bin = 1; band < BANDS; band++) {
        float sum = 0;
        for (; bin <= ends[band] * SIZE / 16000; bin++) {
            float turn   = cosf(6.2831853F * (float)bin / SIZE);
            float weight = 1 + 0.95F * 0.95F - 2 * 0.95F * turn;
            float re = spectrum[bin].r, im = spectrum[bin].i;
            sum += weight * (re * re + im * im);
        }
        levels[band] = decibels(2 * sum / SIZE / SIZE);
    }
}

static void
shift_in(float *frames, const float *frame)
{
    memmove(frames, frames + RESIDUE_FRAME, RESIDUE_FRAME * sizeof *frames);
    memcpy(frames + RESIDUE_FRAME, frame, RESIDUE_FRAME * sizeof *frames);
}

// The level that UNDER of the frames stay below.
static float
estimate(const struct band *band)
{
    float under = 0;
    int   share = 0;
    if (band->taken <= AUDIBLE) return RESIDUE_NONE;
    while (share < SHARES - 1 && under < UNDER * band->total)
        under += band->share[share++];
    return band->taken + (float)(share + LEAST);
}

static void
learn(struct band *band, float proportion, float weight)
{
    int share = (int)lrintf(proportion) - LEAST;
    if (share < 0) share = 0;
    if (share >= SHARES) share = SHARES - 1;
    for (int i = 0; i < SHARES; i++) band->share[i] *= KEEP;
    band->total = band->total * KEEP + weight;
    band->share[share] += weight;
}

// What of the band may be the loudspeaker's, dB.
static float
follow(struct residue *r, struct band *band, float taken, float left)
{
    float slack = band->taken - FALL;
    band->taken = taken > slack ? taken : slack;
    float most  = estimate(band);
    bool  known = r->learnt == LEARNING;
    if (band->taken > AUDIBLE)
        learn(band, left - band->taken,
              known && left > most + ABOVE ? DOUBT : 1);
    return most;
}

float
residue_feed(struct residue *r, const float *taken, const float *left)
{
    float took[BANDS], kept[BANDS], sum = 0;

    shift_in(r->taken, taken);
    shift_in(r->left, left);
    measure(r, r->taken, took);
    measure(r, r->left, kept);
    for (int i = 0; i < BANDS; i++)
        sum += powf(10, follow(r, &r->bands[i], took[i], kept[i]) / 10);
    if (r->learnt < LEARNING) {
        r->learnt++;
        return 0;
    }
    float most = decibels(sum) + fminf(r->doubt, WORST);
    r->doubt   = r->doubt > BETTER ? r->doubt - BETTER : 0;
    return most;
}
