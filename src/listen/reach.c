// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/reach.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES (REACH_STEPS * REACH_STEP / ALIGN_FRAME + 1)
#define NEAR   12 // looks in vain at the first half second, twice as ...
#define ROUNDS 4  // ... many each time, so often; most devices are there
#define FAR    5  // ... at each of the others
#define GONE   40 // ... where it was found once, and was far

struct reach {
    struct align *align;
    float (*past)[ALIGN_FRAME]; // frames of the reference, a ring; or NULL
    int  newest;                // in it
    int  steps;                 // back, of REACH_STEP
    int  rounds;                // began at the nearest
    int  patience;              // looks in vain
    int  vain;                  // as far as is known
    bool found;                 // here
};

static void
look_at(struct reach *reach, int steps, int patience)
{
    align_reset(reach->align);
    reach->steps    = steps;
    reach->patience = patience;
    reach->vain     = 0;
    reach->found    = false;
}

struct reach *
reach_new(void)
{
    struct reach *reach = calloc(1, sizeof *reach);

    if (!reach) return NULL;
    reach->align = align_new();
    if (!reach->align) {
        free(reach);
        return NULL;
    }
    look_at(reach, 0, NEAR);
    return reach;
}

void
reach_free(struct reach *reach)
{
    if (!reach) return;
    align_free(reach->align);
    free(reach->past);
    free(reach);
}

void
reach_reset(struct reach *reach)
{
    free(reach->past);
    reach->past   = NULL;
    reach->rounds = 0;
    look_at(reach, 0, NEAR);
}

// Without memory for it, only what is near is found.
static bool
remember(struct reach *reach)
{
    if (!reach->past) reach->past = calloc(FRAMES, sizeof *reach->past);
    return reach->past;
}

void
reach_expect(struct reach *reach, int delay)
{
    int steps = (delay - REACH_STEP / 8) / REACH_STEP; // with room on each side

    if (delay < 0 || delay > REACH_MOST) return;
    if (steps > REACH_STEPS) steps = REACH_STEPS;
    if (steps > 0 && !remember(reach)) return;
    look_at(reach, steps, NEAR);
    align_expect(reach->align, delay - steps * REACH_STEP);
}

static void
move_on(struct reach *reach)
{
    if (!remember(reach)) {
        reach->patience = INT_MAX;
    } else if (reach->steps < REACH_STEPS) {
        look_at(reach, reach->steps + 1, FAR);
    } else {
        if (reach->rounds < ROUNDS) reach->rounds++;
        look_at(reach, 0, NEAR << reach->rounds);
    }
}

static int
patience(const struct reach *reach)
{
    if (!reach->found) return reach->patience;
    return reach->steps ? GONE : INT_MAX;
}

// True where the delay in use is another afterwards.
static bool
judge(struct reach *reach, bool changed)
{
    int vain = align_vain(reach->align);

    if (changed || vain < reach->vain) reach->found = true;
    reach->vain = vain;
    if (vain < patience(reach)) return changed;
    bool known = reach_delay(reach) >= 0;
    move_on(reach);
    return changed || (known && reach_delay(reach) < 0);
}

static const float *
past(struct reach *reach, const float *reference)
{
    int back = reach->steps * (REACH_STEP / ALIGN_FRAME);

    if (!reach->past) return reference;
    reach->newest = (reach->newest + 1) % FRAMES;
    memcpy(reach->past[reach->newest], reference, sizeof *reach->past);
    return reach->past[(reach->newest + FRAMES - back) % FRAMES];
}

bool
reach_feed(struct reach *reach, const float *microphone, const float *reference,
           float delayed[ALIGN_FRAME])
{
    const float *then = past(reach, reference);
    bool         changed =
        judge(reach, align_feed(reach->align, microphone, then, delayed));

    // what is looked at in vain is no echo
    if (reach->steps > 0 && reach_delay(reach) < 0)
        memcpy(delayed, reference, ALIGN_FRAME * sizeof *delayed);
    return changed;
}

void
reach_rest(struct reach *reach)
{
    align_rest(reach->align);
}

void
reach_stumble(struct reach *reach)
{
    align_stumble(reach->align);
}

int
reach_delay(const struct reach *reach)
{
    int delay = align_delay(reach->align);
    return delay < 0 ? -1 : delay + reach->steps * REACH_STEP;
}

int
reach_span(const struct reach *reach)
{
    return reach->steps * REACH_STEP + ALIGN_MOST;
}
