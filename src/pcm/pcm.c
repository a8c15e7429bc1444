// SPDX-License-Identifier: GPL-3.0-or-later
#include "pcm/pcm.h"

#include <soxr.h>
#include <stdbool.h>
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

// The rest of soxr's 20 bits is below what any sound file here holds.
static bool
run_resampler(const struct pcm *from, struct pcm *to)
{
    const soxr_io_spec_t      form = soxr_io_spec(SOXR_FLOAT32, SOXR_FLOAT32);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    const soxr_runtime_spec_t here    = soxr_runtime_spec(1); // thread

    soxr_error_t error = soxr_oneshot(
        from->rate, to->rate, 1, from->samples, (size_t)from->frames, NULL,
        to->samples, (size_t)to->frames, NULL, &form, &quality, &here);
    return !error; // frames that it left out are silence
}

int64_t
pcm_resampled(int64_t frames, unsigned from, unsigned to)
{
    return (frames * (int64_t)to + from - 1) / (int64_t)from;
}

struct pcm *
pcm_resample(const struct pcm *pcm, unsigned rate)
{
    int64_t     frames = pcm_resampled(pcm->frames, pcm->rate, rate);
    struct pcm *to     = pcm_new(rate, frames);
    if (!to) return NULL;
    if (rate == pcm->rate) {
        memcpy(to->samples, pcm->samples,
               (size_t)frames * sizeof to->samples[0]);
    } else if (frames > 0 && !run_resampler(pcm, to)) {
        pcm_drop(to);
        return NULL;
    }
    return to;
}
