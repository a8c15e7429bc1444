// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/take.h"

#include "pcm/highpass.h"
#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FADE_OUT_MS 4
#define FULL_SCALE  32768.0
#define BLOCK_MS    400 // R128 measures no less

struct span {
    int64_t from, to; // frames, TO exclusive
};

static int
peak(const short *samples, struct span span)
{
    int most = 0;
    for (int64_t i = span.from; i < span.to; i++) {
        int size = abs(samples[i]);
        if (size > most) most = size;
    }
    return most;
}

// What is louder than LEAST.
static struct span
louder(const short *samples, size_t count, int least)
{
    struct span span = {0, (int64_t)count};
    while (span.from < span.to && abs(samples[span.from]) <= least) span.from++;
    while (span.to > span.from && abs(samples[span.to - 1]) <= least) span.to--;
    return span;
}

// Integrated and gated; what is shorter than one block as it stands.
static double
loudness_of(ebur128_state *meter, struct span span)
{
    double  lufs = -HUGE_VAL;
    int64_t ms   = (span.to - span.from) * 1000 / (int64_t)meter->samplerate;

    if (ms >= BLOCK_MS) ebur128_loudness_global(meter, &lufs);
    if (!isfinite(lufs) && ms > 0)
        ebur128_loudness_window(
            meter, (unsigned long)(ms < BLOCK_MS ? ms : BLOCK_MS), &lufs);
    return lufs;
}

// The factor to the common loudness; 0: no memory.
static double
gain_for(const short *samples, struct span span, unsigned rate, double extra)
{
    ebur128_state *meter = ebur128_init(1, rate, EBUR128_MODE_I);
    if (!meter) return 0;

    double lufs = -HUGE_VAL;
    if (!ebur128_add_frames_short(meter, samples + span.from,
                                  (size_t)(span.to - span.from)))
        lufs = loudness_of(meter, span);
    ebur128_destroy(&meter);

    double most = peak(samples, span) / FULL_SCALE;
    double gain = pow(10, (TAKE_LOUDNESS + extra - lufs) / 20);
    return gain * most > TAKE_PEAK ? TAKE_PEAK / most : gain;
}

static struct span
with_margin(struct span span, size_t count, unsigned rate)
{
    int64_t margin = rate * TAKE_LEAD_MS / 1000;
    span.from      = span.from > margin ? span.from - margin : 0;
    span.to =
        span.to + margin < (int64_t)count ? span.to + margin : (int64_t)count;
    return span;
}

struct take *
take_new(const short *samples, size_t count, unsigned rate, double gain)
{
    struct span span   = louder(samples, count, 0);
    double      factor = 0;

    if (span.from < span.to) {
        factor = gain_for(samples, span, rate, gain);
        if (factor <= 0) return NULL;
        span = louder(samples, count, (int)(TAKE_SILENT * FULL_SCALE / factor));
    }
    if (span.from < span.to) span = with_margin(span, count, rate);

    size_t       kept = (size_t)(span.to - span.from);
    struct take *take = malloc(sizeof *take + kept * sizeof take->samples[0]);
    if (!take) return NULL;
    take->rate   = rate;
    take->gain   = (float)factor;
    take->frames = (int64_t)kept;
    if (kept)
        memcpy(take->samples, samples + span.from,
               kept * sizeof take->samples[0]);
    return take;
}

int64_t
take_length(const struct take *take, unsigned rate)
{
    return pcm_resampled(take->frames, take->rate, rate);
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

struct pcm *
take_clip(const struct take *take, unsigned rate, double high_pass)
{
    struct highpass highpass;
    float           factor = take->gain / (float)FULL_SCALE;
    struct pcm     *raw    = pcm_new(take->rate, take->frames);
    if (!raw) return NULL;
    for (int64_t i = 0; i < take->frames; i++)
        raw->samples[i] = (float)take->samples[i] * factor;
    highpass_set(&highpass, take->rate, high_pass);
    highpass_run(&highpass, raw->samples, (size_t)take->frames);

    struct pcm *clip = pcm_resample(raw, rate);
    pcm_drop(raw);
    if (clip) fade(clip);
    return clip;
}
