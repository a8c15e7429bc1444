// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/activity.h"

#include "listen/filterbank.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BANDS  20
#define WINDOW FILTERBANK_WINDOW

#define FIRST_FRAMES 20     // that tell what the noise is
#define FOLLOW       0.02F  // of the difference, a frame
#define RISE         0.002F // the same while somebody may speak, and
#define RISE_MOST    4.0F   // of no more than so many times the noise
#define NOISE_ALONE  1.0F   // likelihood ratio below which nobody does
#define KEEP         0.9F   // of the frame before, in the voice's share
#define LEAST_SHARE  0.003F // a voice is as loud as this, against the noise
#define LEAST_POWER  1e-9F

struct activity {
    struct filterbank *filterbank;
    float              samples[WINDOW]; // the last ones
    float              noise[BANDS];    // power
    float              voice[BANDS];    // of the last frame, against the noise
    int                frames;          // that told of the noise
};

struct activity *
activity_new(void)
{
    struct activity *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->filterbank = filterbank_new(BANDS);
    if (a->filterbank) return a;
    free(a);
    return NULL;
}

void
activity_free(struct activity *activity)
{
    if (!activity) return;
    filterbank_free(activity->filterbank);
    free(activity);
}

void
activity_reset(struct activity *a)
{
    a->frames = 0;
    memset(a->noise, 0, sizeof a->noise);
    memset(a->voice, 0, sizeof a->voice);
}

static void
measure(struct activity *a, const float *frame, float power[BANDS])
{
    memmove(a->samples, a->samples + ACTIVITY_FRAME,
            (WINDOW - ACTIVITY_FRAME) * sizeof a->samples[0]);
    memcpy(a->samples + WINDOW - ACTIVITY_FRAME, frame,
           ACTIVITY_FRAME * sizeof a->samples[0]);
    filterbank_measure(a->filterbank, a->samples, power);
    for (int b = 0; b < BANDS; b++) power[b] += LEAST_POWER;
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
