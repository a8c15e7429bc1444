// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/sounding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi     = 3.14159265358979323846;
static const double length = 0.6;                 // s
static const double lowest = 300, highest = 3500; // Hz
static const double size    = 0.25;
static const double longest = 0.7;   // s of delay
static const double fade    = 0.02;  // s
static const double sure    = 10;    // peak of the correlation over its mean
static const double audible = 1e-10; // power

enum { COARSE = 8000 }; // Hz, at least, in which it is looked for

struct pcm *
sounding_sweep(unsigned rate)
{
    int64_t     frames = (int64_t)(length * rate);
    struct pcm *sweep  = pcm_new(rate, frames);
    double      growth = log(highest / lowest);

    for (int64_t i = 0; sweep && i < frames; i++) {
        double t    = (double)i / rate;
        double edge = fmin(fmin(t, length - t) / fade, 1);
        double turns =
            lowest * length / growth * (exp(t / length * growth) - 1);
        sweep->samples[i] = (float)(size * edge * sin(2 * pi * turns));
    }
    return sweep;
}

double
sounding_power(const float *samples, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)samples[i] * (double)samples[i];
    return count ? sum / (double)count : 0;
}

double
sounding_loudest(const float *samples, size_t count, size_t span)
{
    double most = 0;

    for (size_t i = 0; i + span <= count; i += span / 2) {
        double power = sounding_power(samples + i, span);
        if (power > most) most = power;
    }
    return most;
}

double
sounding_decibels(double power)
{
    return power > 1e-12 ? 10 * log10(power) : -120;
}

// Every STEP samples, averaged.
static float *
coarse(const float *samples, size_t count, size_t step)
{
    float *made = calloc(count + 1, sizeof *made);

    for (size_t i = 0; made && i < count; i++) {
        float sum = 0;
        for (size_t k = 0; k < step; k++) sum += samples[i * step + k];
        made[i] = sum / (float)step;
    }
    return made;
}

// From the first to behind the last sample that was played.
static void
find_played(const float *reference, size_t count, size_t *from, size_t *to)
{
    *from = 0;
    *to   = count;
    while (*from < count && fabsf(reference[*from]) < 1e-4F) ++*from;
    while (*to > *from && fabsf(reference[*to - 1]) < 1e-4F) --*to;
}

static double
product(const float *a, const float *b, size_t count)
{
    float sum = 0;
    for (size_t i = 0; i < count; i++) sum += a[i] * b[i];
    return (double)sum;
}

static void
correlate(struct sounding *sounding, const float *heard, const float *played,
          size_t count, double rate)
{
    size_t from, to, best = 0, lags = 0;
    double most = 0, sum = 0;

    find_played(played, count, &from, &to);
    while (lags < (size_t)(longest * rate) && to + lags < count) {
        double value =
            fabs(product(played + from, heard + from + lags, to - from));
        sum += value;
        if (value > most) best = lags;
        if (value > most) most = value;
        lags++;
    }
    sounding->delay = (double)best / rate;
    sounding->heard = lags > 0 && to > from && most > sure * sum / (double)lags;
}

static void
measure_echo(struct sounding *sounding, const float *heard, const float *played,
             size_t count, double rate, double noise)
{
    size_t from, to, after = (size_t)(sounding->delay * rate);

    find_played(played, count, &from, &to);
    if (to + after > count) to = count - after;
    double out  = sounding_power(played + from, to - from);
    double back = sounding_power(heard + from + after, to - from) - noise;
    sounding->echo =
        sounding_decibels(fmax(back, audible)) - sounding_decibels(out);
}

bool
sounding_measure(struct sounding *sounding, const float *microphone,
                 const float *reference, size_t frames, unsigned rate,
                 double noise)
{
    size_t step   = rate > COARSE ? rate / COARSE : 1;
    size_t count  = frames / step;
    float *heard  = coarse(microphone, count, step);
    float *played = coarse(reference, count, step);

    *sounding = (struct sounding){0};
    if (heard && played) {
        correlate(sounding, heard, played, count, (double)rate / (double)step);
        if (sounding->heard)
            measure_echo(sounding, microphone, reference, frames, rate, noise);
    }
    free(heard);
    free(played);
    return heard && played;
}
