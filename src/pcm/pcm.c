// SPDX-License-Identifier: GPL-3.0-or-later
#include "pcm/pcm.h"

#include <soxr.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PIECE ((size_t)4096) // frames

// As many as have a size that can be told, with room to spare.
static const int64_t most_frames = PTRDIFF_MAX / (int64_t)sizeof(float) / 2;

struct pcm *
pcm_new(unsigned rate, int64_t frames)
{
    struct pcm *pcm;

    if (frames < 0 || frames > most_frames) return NULL;
    // one more: soxr reads eight bytes from where it is to write
    pcm =
        calloc(1, sizeof *pcm + ((size_t)frames + 1) * sizeof pcm->samples[0]);
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

// In pieces, as soxr keeps copies of what it is given at once.  Frames that it
// leaves out at the end are silence.
static bool
feed_resampler(soxr_t soxr, const struct pcm *from, struct pcm *to)
{
    size_t in = 0, out = 0, taken = 0, made = 1;
    size_t have = (size_t)from->frames, room = (size_t)to->frames;
    bool   over = false; // all is in: what it still holds comes out
    while (out < room && !(over && made == 0)) {
        size_t piece = have - in < PIECE ? have - in : PIECE;
        size_t wants = room - out < PIECE ? room - out : PIECE;
        if (soxr_process(soxr, piece ? from->samples + in : NULL, piece, &taken,
                         to->samples + out, wants, &made))
            return false;
        over = piece == 0;
        in += taken;
        out += made;
    }
    return true;
}

// The rest of soxr's 20 bits is below what any sound file here holds.
static bool
run_resampler(const struct pcm *from, struct pcm *to)
{
    const soxr_io_spec_t      form = soxr_io_spec(SOXR_FLOAT32, SOXR_FLOAT32);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    const soxr_runtime_spec_t here    = soxr_runtime_spec(1); // thread

    soxr_t soxr =
        soxr_create(from->rate, to->rate, 1, NULL, &form, &quality, &here);
    bool fine = soxr && feed_resampler(soxr, from, to);
    soxr_delete(soxr);
    return fine;
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
