// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/take.h"

#include <math.h>
#include <string.h>

#define BLOCKS_A_SECOND 50
#define FLOOR           1e-7 // mean square that counts as nothing, -70 dBFS
#define GATE            0.1  // -10 dB: quieter blocks are pauses
#define FADE_OUT_MS     4

struct span {
    int64_t from, to; // frames, TO exclusive
};

static double
mean_square(const float *samples, int64_t count)
{
    double sum = 0;
    for (int64_t i = 0; i < count; i++) {
        sum += (double)samples[i] * (double)samples[i];
    }
    return count ? sum / (double)count : 0;
}

// The mean of the blocks above LEAST, 0 where there is none.
static double
gated(const struct pcm *pcm, double least)
{
    int64_t block = pcm->rate / BLOCKS_A_SECOND, count = 0;
    double  sum = 0;
    for (int64_t at = 0; at < pcm->frames; at += block) {
        int64_t left = pcm->frames - at;
        double  mean =
            mean_square(pcm->samples + at, left < block ? left : block);
        if (mean <= least) continue;
        sum += mean;
        count++;
    }
    return count ? sum / (double)count : 0;
}

static double
peak(const struct pcm *pcm)
{
    double most = 0;
    for (int64_t i = 0; i < pcm->frames; i++) {
        double size = fabs((double)pcm->samples[i]);
        if (size > most) most = size;
    }
    return most;
}

// The factor to the common loudness, gated as EBU R128 does: first what is no
// silence at all, then what lies within 10 dB of that.
static double
gain_for(const struct pcm *pcm, double extra)
{
    double spoken = gated(pcm, gated(pcm, FLOOR) * GATE);
    double most   = peak(pcm);
    if (spoken <= 0 || most <= 0) return 0;

    double gain = pow(10, (TAKE_LOUDNESS + extra) / 20) / sqrt(spoken);
    return gain * most > TAKE_PEAK ? TAKE_PEAK / most : gain;
}

static void
scale(struct pcm *pcm, double gain)
{
    for (int64_t i = 0; i < pcm->frames; i++) {
        pcm->samples[i] = (float)(pcm->samples[i] * gain);
    }
}

static struct span
audible(const struct pcm *pcm)
{
    struct span span = {0, pcm->frames};
    while (span.from < span.to &&
           fabsf(pcm->samples[span.from]) < (float)TAKE_SILENT)
        span.from++;
    while (span.to > span.from &&
           fabsf(pcm->samples[span.to - 1]) < (float)TAKE_SILENT)
        span.to--;
    return span;
}

// From silence at the first frame and to silence at the last, so that no edge
// clicks.
static void
fade(struct pcm *pcm)
{
    int64_t in  = pcm->rate * TAKE_LEAD_MS / 1000;
    int64_t out = pcm->rate * FADE_OUT_MS / 1000;
    for (int64_t i = 0; i < in && i < pcm->frames; i++) {
        pcm->samples[i] *= (float)i / (float)in;
    }
    for (int64_t i = 0; i < out && i < pcm->frames; i++) {
        pcm->samples[pcm->frames - 1 - i] *= (float)i / (float)out;
    }
}

static struct pcm *
cut(const struct pcm *pcm)
{
    struct span span = audible(pcm);
    if (span.from == span.to) return pcm_new(pcm->rate, 0);

    int64_t margin = pcm->rate * TAKE_LEAD_MS / 1000;
    span.from      = span.from > margin ? span.from - margin : 0;
    span.to = span.to + margin < pcm->frames ? span.to + margin : pcm->frames;

    struct pcm *clip = pcm_new(pcm->rate, span.to - span.from);
    if (!clip) return NULL;
    memcpy(clip->samples, pcm->samples + span.from,
           (size_t)clip->frames * sizeof clip->samples[0]);
    fade(clip);
    return clip;
}

struct pcm *
take_finish(const struct pcm *raw, unsigned rate, double gain)
{
    struct pcm *full = pcm_resample(raw, rate);
    if (!full) return NULL;
    scale(full, gain_for(full, gain));
    struct pcm *clip = cut(full);
    pcm_drop(full);
    return clip;
}
