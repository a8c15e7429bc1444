// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/drift.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW  4096 // samples that are compared
#define SIZE    8192 // of the transforms
#define BINS    (SIZE / 2 + 1)
#define HOP     2048                 // samples between two looks
#define LOWEST  (200 * SIZE / 16000) // bins compared: where speech is
#define HIGHEST (6000 * SIZE / 16000)
#define AUDIBLE 1e-3F // peak of a reference worth a look
#define REACH   12    // samples: what is further off is no drift
#define SURE    7.0F  // peak over the mean square root of all
#define LOOKS   40    // the room is the mean of so many of them
#define STEER   0.2   // of an error is made good at each look, ...
#define LEARN   0.01  // ... and so much is taken for the clocks'
#define FASTEST 5e-4  // clocks do not differ by more
#define RESTED                                                                 \
    16000        // samples without a look: what is off then is made good
                 // at once ...
#define REST 0.3 // ... and that part of it taken for the clocks'

struct drift {
    kiss_fftr_cfg forward;
    kiss_fftr_cfg inverse;
    float         heard[WINDOW]; // the newest at the end of both
    float         delayed[WINDOW];
    float         padded[SIZE];
    kiss_fft_cpx  a[BINS];
    kiss_fft_cpx  b[BINS];
    kiss_fft_cpx  room[BINS]; // mean of the phases between both
    int           looks;      // in it, up to LOOKS
    int           since;      // samples since the last look
    int           loud;       // of them in frames that played something
    int           fresh;      // samples of the delay in use
    int           rested;     // samples since a look that told something
    double        offset;
    double        rate;  // samples a sample: the clocks'
    double        steer; // the same: until the next look
};

struct drift *
drift_new(void)
{
    struct drift *drift = calloc(1, sizeof *drift);
    if (!drift) return NULL;
    drift->forward = kiss_fftr_alloc(SIZE, 0, NULL, NULL);
    drift->inverse = kiss_fftr_alloc(SIZE, 1, NULL, NULL);
    if (drift->forward && drift->inverse) return drift;
    drift_free(drift);
    return NULL;
}

void
drift_free(struct drift *drift)
{
    if (!drift) return;
    kiss_fftr_free(drift->forward);
    kiss_fftr_free(drift->inverse);
    free(drift);
}

void
drift_restart(struct drift *drift)
{
    drift->fresh  = 0;
    drift->looks  = 0;
    drift->offset = drift->steer = 0;
}

void
drift_reset(struct drift *drift)
{
    memset(drift->heard, 0, sizeof drift->heard);
    memset(drift->delayed, 0, sizeof drift->delayed);
    drift->since = drift->loud = 0;
    drift->rate                = 0;
    drift_restart(drift);
}

double
drift_offset(const struct drift *drift)
{
    return drift->offset;
}

double
drift_ppm(const struct drift *drift)
{
    return drift->rate * 1e6;
}

static void
transform(struct drift *drift, const float *samples, kiss_fft_cpx *to)
{
    memcpy(drift->padded, samples, WINDOW * sizeof *samples);
    memset(drift->padded + WINDOW, 0, (SIZE - WINDOW) * sizeof *drift->padded);
    kiss_fftr(drift->forward, drift->padded, to);
}

// The phases between both, into a[].
static void
compare(struct drift *drift)
{
    transform(drift, drift->heard, drift->a);
    transform(drift, drift->delayed, drift->b);
    for (int i = LOWEST; i < HIGHEST; i++) {
        kiss_fft_cpx a = drift->a[i], b = drift->b[i];
        float        re = a.r * b.r + a.i * b.i, im = a.i * b.r - a.r * b.i;
        float        size = sqrtf(re * re + im * im) + 1e-12F;
        drift->a[i]       = (kiss_fft_cpx){re / size, im / size};
    }
}

// How much later than in the mean of the room, into padded[].
static void
correlate(struct drift *drift)
{
    memset(drift->b, 0, sizeof drift->b);
    for (int i = LOWEST; i < HIGHEST; i++) {
        kiss_fft_cpx a = drift->a[i], m = drift->room[i];
        drift->b[i] =
            (kiss_fft_cpx){a.r * m.r + a.i * m.i, a.i * m.r - a.r * m.i};
    }
    kiss_fftri(drift->inverse, drift->b, drift->padded);
}

static float
lag(const struct drift *drift, int samples)
{
    return drift->padded[samples < 0 ? SIZE + samples : samples];
}

// The delay against the mean of the room, with the parabola through the peak.
// False where none stands out.
static bool
measure(struct drift *drift, double *error)
{
    float square = 0;
    int   best   = 0;

    correlate(drift);
    for (int i = 0; i < SIZE; i++)
        square += drift->padded[i] * drift->padded[i];
    for (int i = -REACH; i <= REACH; i++)
        if (lag(drift, i) > lag(drift, best)) best = i;
    float  level  = sqrtf(square / SIZE) + 1e-12F;
    float  before = lag(drift, best - 1), after = lag(drift, best + 1);
    double bend = before - 2 * lag(drift, best) + after;
    if (lag(drift, best) < SURE * level || abs(best) == REACH || bend >= 0)
        return false;
    *error = best + 0.5 * (before - after) / bend;
    return true;
}

// Takes a[], later by ERROR samples, into the mean.
static void
remember(struct drift *drift, double error)
{
    if (drift->looks < LOOKS) drift->looks++;
    for (int i = LOWEST; i < HIGHEST; i++) {
        double       turn = 6.283185307179586 * i * error / SIZE;
        float        c = (float)cos(turn), s = (float)sin(turn);
        kiss_fft_cpx a = drift->a[i], *m = &drift->room[i];
        m->r += (a.r * c - a.i * s - m->r) / (float)drift->looks;
        m->i += (a.r * s + a.i * c - m->i) / (float)drift->looks;
    }
}

// Small errors little by little; after a rest the whole.
static void
correct(struct drift *drift, double error)
{
    if (drift->rested > RESTED) {
        drift->offset += error;
        drift->rate += REST * error / drift->rested;
    } else {
        drift->steer = STEER * error / HOP;
        drift->rate += LEARN * error / HOP;
    }
    if (fabs(drift->rate) > FASTEST) drift->rate = 0;
    drift->rested = 0;
}

static void
follow(struct drift *drift)
{
    double error = 0;

    drift->steer = 0;
    if (drift->fresh < WINDOW) return;
    compare(drift);
    if (drift->looks > 0 && !measure(drift, &error)) return;
    if (drift->looks > 0)
        correct(drift, error);
    else
        drift->rested = 0;
    remember(drift, error);
}

static void
shift_in(float *history, const float *frame)
{
    memmove(history, history + DRIFT_FRAME,
            (WINDOW - DRIFT_FRAME) * sizeof *history);
    memcpy(history + WINDOW - DRIFT_FRAME, frame, DRIFT_FRAME * sizeof *frame);
}

static bool
is_loud(const float *frame)
{
    for (int i = 0; i < DRIFT_FRAME; i++)
        if (fabsf(frame[i]) > AUDIBLE) return true;
    return false;
}

void
drift_feed(struct drift *drift, const float *heard, const float *delayed)
{
    shift_in(drift->heard, heard);
    shift_in(drift->delayed, delayed);
    drift->since += DRIFT_FRAME;
    if (drift->rested < 100 * RESTED) drift->rested += DRIFT_FRAME;
    if (drift->fresh < WINDOW) drift->fresh += DRIFT_FRAME;
    if (is_loud(delayed)) drift->loud += DRIFT_FRAME;
    if (drift->since >= HOP) {
        if (drift->loud > HOP / 2)
            follow(drift);
        else
            drift->steer = 0;
        drift->since = drift->loud = 0;
    }
    drift->offset += (drift->rate + drift->steer) * DRIFT_FRAME;
}

void
drift_rest(struct drift *drift)
{
    drift->since = drift->loud = 0;
    drift->fresh               = 0;
    drift->steer               = 0;
    if (drift->rested < 100 * RESTED) drift->rested += DRIFT_FRAME;
    drift->offset += drift->rate * DRIFT_FRAME;
}
