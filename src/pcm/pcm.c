// SPDX-License-Identifier: GPL-3.0-or-later
#include "pcm/pcm.h"

#include <speex/speex_resampler.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// As many as have a size that can be told, with room to spare.
static const int64_t most_frames = PTRDIFF_MAX / (int64_t)sizeof(float) / 2;

struct pcm *
pcm_new(unsigned rate, int64_t frames)
{
    struct pcm *pcm;

    if (frames < 0 || frames > most_frames) return NULL;
    pcm = calloc(1, sizeof *pcm + (size_t)frames * sizeof pcm->samples[0]);
    if (!pcm) return NULL;
    atomic_init(&pcm->holders, 1);
    pcm->rate   = rate;
    pcm->frames = frames;
    return pcm;
}

struct pcm *
pcm_hold(struct pcm *pcm)
{
    atomic_fetch_add_explicit(&pcm->holders, 1, memory_order_relaxed);
    return pcm;
}

void
pcm_drop(struct pcm *pcm)
{
    if (!pcm) return;
    if (atomic_fetch_sub_explicit(&pcm->holders, 1, memory_order_acq_rel) == 1)
        free(pcm);
}

// Feeds all of FROM, then silence until TO is full.
static void
run_resampler(SpeexResamplerState *state, const struct pcm *from,
              struct pcm *to)
{
    static const float silence[256];
    int64_t            in = 0, out = 0;

    while (out < to->frames) {
        const float *source = silence;
        int64_t      left   = from->frames - in;
        spx_uint32_t taken  = sizeof silence / sizeof silence[0];
        spx_uint32_t made   = 8192;
        if (left > 0) {
            source = from->samples + in;
            taken  = left > 8192 ? 8192 : (spx_uint32_t)left;
        }
        if (to->frames - out < made) made = (spx_uint32_t)(to->frames - out);
        speex_resampler_process_float(state, 0, source, &taken,
                                      to->samples + out, &made);
        in += taken;
        out += made;
    }
}

struct pcm *
pcm_resample(const struct pcm *pcm, unsigned rate, int quality)
{
    int64_t frames =
        (pcm->frames * (int64_t)rate + pcm->rate - 1) / (int64_t)pcm->rate;
    struct pcm *to = pcm_new(rate, frames);
    if (!to) return NULL;
    if (rate == pcm->rate) {
        memcpy(to->samples, pcm->samples,
               (size_t)frames * sizeof to->samples[0]);
        return to;
    }
    SpeexResamplerState *state =
        speex_resampler_init(1, pcm->rate, rate, quality, NULL);
    if (!state) {
        pcm_drop(to);
        return NULL;
    }
    speex_resampler_skip_zeros(state);
    run_resampler(state, pcm, to);
    speex_resampler_destroy(state);
    return to;
}
