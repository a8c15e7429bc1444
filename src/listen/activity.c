// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/activity.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI      3.14159265F
#define WINDOW  400 // samples: 25 ms
#define SIZE    512 // of the transform
#define BINS    (SIZE / 2 + 1)
#define BANDS   20
#define LOWEST  120.0F // Hz
#define HIGHEST 7000.0F
#define BIN_HZ  (16000.0F / SIZE)

#define FIRST_FRAMES 20     // that tell what the noise is
#define FOLLOW       0.02F  // of the difference, a frame
#define RISE         0.002F // the same while somebody may speak, and
#define RISE_MOST    4.0F   // of no more than so many times the noise
#define NOISE_ALONE  1.0F   // likelihood ratio below which nobody does
#define KEEP         0.9F   // of the frame before, in the voice's share
#define LEAST_SHARE  0.003F // a voice is as loud as this, against the noise
#define LEAST_POWER  1e-9F

struct activity {
    kiss_fftr_cfg transform;
    float         window[WINDOW];
    float         edge[BANDS + 2]; // in bins
    float         samples[WINDOW]; // the last ones
    float         frame[SIZE];
    kiss_fft_cpx  bins[BINS];
    float         noise[BANDS]; // power
    float         voice[BANDS]; // of the last frame, against the noise
    int           frames;       // that told of the noise
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

struct activity *
activity_new(void)
{
    struct activity *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->transform = kiss_fftr_alloc(SIZE, 0, NULL, NULL);
    if (!a->transform) {
        free(a);
        return NULL;
    }
    for (int i = 0; i < WINDOW; i++)
        a->window[i] = 0.54F - 0.46F * cosf(2 * PI * (float)i / (WINDOW - 1));
    float step = (mel(HIGHEST) - mel(LOWEST)) / (BANDS + 1);
    for (int i = 0; i < BANDS + 2; i++)
        a->edge[i] = hertz(mel(LOWEST) + step * (float)i) / BIN_HZ;
    return a;
}

void
activity_free(struct activity *activity)
{
    if (!activity) return;
    kiss_fftr_free(activity->transform);
    free(activity);
}

void
activity_reset(struct activity *a)
{
    a->frames = 0;
    memset(a->noise, 0, sizeof a->noise);
    memset(a->voice, 0, sizeof a->voice);
}

// A triangle over the bins from edge B to edge B + 2.
static float
band_power(const struct activity *a, int b)
{
    float low = a->edge[b], top = a->edge[b + 1], high = a->edge[b + 2];
    float sum = LEAST_POWER;
    for (int i = (int)ceilf(low); (float)i < high; i++) {
        float at = (float)i;
        float share =
            at < top ? (at - low) / (top - low) : (high - at) / (high - top);
        float re = a->bins[i].r, im = a->bins[i].i;
        sum += share * (re * re + im * im);
    }
    return sum;
}

static void
measure(struct activity *a, const float *frame, float power[BANDS])
{
    memmove(a->samples, a->samples + ACTIVITY_FRAME,
            (WINDOW - ACTIVITY_FRAME) * sizeof a->samples[0]);
    memcpy(a->samples + WINDOW - ACTIVITY_FRAME, frame,
           ACTIVITY_FRAME * sizeof a->samples[0]);
    for (int i = 0; i < WINDOW; i++) a->frame[i] = a->samples[i] * a->window[i];
    kiss_fftr(a->transform, a->frame, a->bins);
    for (int b = 0; b < BANDS; b++) power[b] = band_power(a, b);
}

// The voice's share of the noise is that of the last frame and what is over
// the noise now, "decision-directed".
static float
compare(struct activity *a, const float power[BANDS])
{
    float sum = 0;
    for (int b = 0; b < BANDS; b++) {
        float now   = power[b] / a->noise[b];
        float over  = now > 1 ? now - 1 : 0;
        float share = KEEP * a->voice[b] + (1 - KEEP) * over;
        if (share < LEAST_SHARE) share = LEAST_SHARE;
        float gain = share / (1 + share);
        sum += now * gain - logf(1 + share);
        a->voice[b] = gain * gain * now;
    }
    return sum / BANDS;
}

static void
follow_noise(struct activity *a, const float power[BANDS], float ratio)
{
    for (int b = 0; b < BANDS; b++) {
        float most = RISE_MOST * a->noise[b];
        float to   = power[b] < most ? power[b] : most;
        a->noise[b] += ratio < NOISE_ALONE ? FOLLOW * (power[b] - a->noise[b])
                                           : RISE * (to - a->noise[b]);
    }
}

float
activity_feed(struct activity *a, const float *frame)
{
    float power[BANDS];
    measure(a, frame, power);
    if (a->frames < FIRST_FRAMES) {
        a->frames++;
        for (int b = 0; b < BANDS; b++)
            a->noise[b] += (power[b] - a->noise[b]) / (float)a->frames;
        return 0;
    }
    float ratio = compare(a, power);
    follow_noise(a, power, ratio);
    return ratio;
}
