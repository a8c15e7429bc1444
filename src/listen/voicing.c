// SPDX-License-Identifier: GPL-3.0-or-later
// Worked at 4 kHz: four samples averaged into one keep what matters below
// 1 kHz and cost a sixteenth.
#include "listen/voicing.h"

#include <math.h>

#define DOWN     4
#define STEP     40  // 10 ms at 4 kHz
#define WINDOW   120 // 30 ms
#define SHORTEST 10  // lag: 400 Hz
#define LONGEST  53  // lag: 75 Hz
#define LAGS     (LONGEST - SHORTEST + 1)
#define MOST     16384 // 4 seconds
#define VOICED   0.6
#define MIDDLE   2 // frames from the beginning of what is correlated

// The highest normalised correlation of the window at X with itself later; all
// lags side by side.
static double
pitch_strength(const float *x)
{
    double best = 0, aa = 1e-9;
    double ab[LAGS] = {0}, bb[LAGS], later[WINDOW + LAGS - 1];
    for (int i = 0; i < WINDOW + LAGS - 1; i++) later[i] = x[i + SHORTEST];
    for (int lag = 0; lag < LAGS; lag++) bb[lag] = 1e-9;
    for (int i = 0; i < WINDOW; i++) {
        double here = x[i];
        aa += here * here;
        for (int lag = 0; lag < LAGS; lag++) {
            ab[lag] += here * later[i + lag];
            bb[lag] += later[i + lag] * later[i + lag];
        }
    }
    for (int lag = 0; lag < LAGS; lag++) {
        double r = ab[lag] / sqrt(aa * bb[lag]);
        if (r > best) best = r;
    }
    return best;
}

static double
power(const float *x)
{
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) sum += (double)x[i] * x[i];
    return sum;
}

static size_t
shrink(float *to, const int16_t *samples, size_t count)
{
    size_t made = count / DOWN < MOST ? count / DOWN : MOST;
    for (size_t i = 0; i < made; i++) {
        float sum = 0;
        for (size_t j = 0; j < DOWN; j++) sum += samples[i * DOWN + j];
        to[i] = sum / DOWN / 32768;
    }
    return made;
}

// What a frame must reach to be listened to: the mean power.
static double
mean_power(const float *x, size_t frames)
{
    double sum = 0;
    for (size_t i = 0; i < frames; i++) sum += power(x + i * STEP);
    return frames > 0 ? sum / (double)frames : 0;
}

struct voicing
voicing_of(const int16_t *samples, size_t count, struct voicing_part within)
{
    float          x[MOST];
    struct voicing voicing = {0};
    size_t         made    = shrink(x, samples, count);
    if (made < WINDOW + LONGEST + STEP) return voicing;
    size_t frames = (made - WINDOW - LONGEST) / STEP;
    double least  = 0.3 * mean_power(x, frames);
    double heard  = 0;
    for (size_t i = 0; i < frames; i++) {
        if (power(x + i * STEP) < least) continue;
        double strength = pitch_strength(x + i * STEP);
        heard++;
        voicing.strength += strength;
        voicing.share += strength > VOICED;
        if (i + MIDDLE < within.from || i + MIDDLE >= within.to)
            voicing.outside += 0.01 * (strength > VOICED);
    }
    if (heard > 0) {
        voicing.share /= heard;
        voicing.strength /= heard;
    }
    return voicing;
}
