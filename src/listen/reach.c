// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/reach.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES (REACH_STEPS * REACH_STEP / ALIGN_FRAME + 1)
#define NEAR   12 // looks in vain at the first half second, twice as ...
#define ROUNDS 4  // ... many each time, so often; most devices are there
#define FAR    5  // ... at each of the others
#define GONE   40 // ... where it was found for sure; what is near stays

struct reach {
    struct align *align;
    float (*past)[ALIGN_FRAME]; // frames of the reference, a ring; or NULL
    int  newest;                // in it
    int  steps;                 // back, of REACH_STEP
    int  rounds;                // began at the nearest
    int  patience;              // looks in vain
    bool known;                 // the delay; one found far is when found again
};

static void
look_at(struct reach *reach, int steps, int patience)
{
    align_reset(reach->align);
    reach->steps    = steps;
    reach->patience = patience;
    reach->known    = false;
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
    reach->known = true;
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
    if (align_hits(reach->align) < ALIGN_SURE) return reach->patience;
    return reach->steps ? GONE : INT_MAX;
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

static bool
is_known(const struct reach *reach)
{
    if (align_delay(reach->align) < 0) return false;
    return reach->known || !reach->steps || align_hits(reach->align) > 0;
}

bool
reach_feed(struct reach *reach, const float *microphone, const float *reference,
           float delayed[ALIGN_FRAME])
{
    const float *then  = past(reach, reference);
    bool         moved = align_feed(reach->align, microphone, then, delayed);
    bool         known = reach->known;

    if (align_misses(reach->align) >= patience(reach)) move_on(reach);
    reach->known = is_known(reach);
    // what is looked at in vain is no echo
    if (reach->steps > 0 && !reach->known)
        memcpy(delayed, reference, ALIGN_FRAME * sizeof *delayed);
    return known == reach->known ? known && moved : true;
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
    if (!reach->known) return -1;
    return align_delay(reach->align) + reach->steps * REACH_STEP;
}

int
reach_span(const struct reach *reach)
{
    return reach->steps * REACH_STEP + ALIGN_MOST;
}
