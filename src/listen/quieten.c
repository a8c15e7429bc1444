// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/quieten.h"

#include <speex/speex_preprocess.h>
#include <stdbool.h>
#include <stdlib.h>

#define RATE 16000
#define DOWN (-10) // dB: more makes voices poorer

struct quieten {
    SpeexPreprocessState *state;
    bool                  used; // since it was new
};

static SpeexPreprocessState *
make_state(void)
{
    SpeexPreprocessState *state =
        speex_preprocess_state_init(QUIETEN_FRAME, RATE);
    int down = DOWN;
    if (state)
        speex_preprocess_ctl(state, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &down);
    return state;
}

struct quieten *
quieten_new(void)
{
    struct quieten *quieten = calloc(1, sizeof *quieten);
    if (!quieten) return NULL;
    quieten->state = make_state();
    if (quieten->state) return quieten;
    free(quieten);
    return NULL;
}

void
quieten_free(struct quieten *quieten)
{
    if (!quieten) return;
    speex_preprocess_state_destroy(quieten->state);
    free(quieten);
}

void
quieten_reset(struct quieten *quieten)
{
    if (!quieten->used) return;
    SpeexPreprocessState *fresh = make_state();
    if (!fresh) return; // the old room is better than none
    speex_preprocess_state_destroy(quieten->state);
    quieten->state = fresh;
    quieten->used  = false;
}

void
quieten_feed(struct quieten *quieten, int16_t *samples)
{
    speex_preprocess_run(quieten->state, samples);
    quieten->used = true;
}
