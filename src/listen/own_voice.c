// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/own_voice.h"

#include <math.h>
#include <string.h>

#define AUDIBLE 1e-3F // peak of a frame

void
own_voice_init(struct own_voice *own)
{
    memset(own, 0, sizeof *own);
}

static int16_t
to_16_bit(float sample)
{
    return (int16_t)lrintf(fmaxf(-1, fminf(1, sample)) * 32767);
}

void
own_voice_feed(struct own_voice *own, const float *played)
{
    size_t   at      = (size_t)(own->frames++ % OWN_VOICE_FRAMES);
    int16_t *to      = own->samples + at * OWN_VOICE_FRAME;
    own->audible[at] = false;
    for (int i = 0; i < OWN_VOICE_FRAME; i++) {
        to[i] = played ? to_16_bit(played[i]) : 0;
        if (played && fabsf(played[i]) > AUDIBLE) own->audible[at] = true;
    }
}

bool
own_voice_take(const struct own_voice *own, int64_t first, int16_t *samples,
               size_t count)
{
    bool heard = false;
    for (size_t done = 0; done < count; done += OWN_VOICE_FRAME, first++) {
        size_t left = count - done;
        size_t size = left < OWN_VOICE_FRAME ? left : OWN_VOICE_FRAME;
        if (first < 0 || first >= own->frames ||
            first < own->frames - OWN_VOICE_FRAMES) {
            memset(samples + done, 0, size * sizeof *samples);
            continue;
        }
        size_t at = (size_t)(first % OWN_VOICE_FRAMES);
        memcpy(samples + done, own->samples + at * OWN_VOICE_FRAME,
               size * sizeof *samples);
        heard = heard || own->audible[at];
    }
    return heard;
}
