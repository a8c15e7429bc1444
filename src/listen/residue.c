// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/residue.h"

#include <math.h>
#include <string.h>

#define LEAST    (-48)    // dB, of the first bin
#define KEEP     0.9967F  // a share's weight after one frame: 3 s to a third
#define UNDER    0.8F     // of the frames stay under the estimate
#define LEARNING 150      // frames played before anything is believed
#define FALL     0.6F     // dB a frame: how fast a room may fall silent
#define AUDIBLE  (-75.0F) // dB taken out: below, the proportion means nothing

void
residue_init(struct residue *r)
{
    memset(r, 0, sizeof *r);
    r->taken = RESIDUE_NONE;
}

// As the endpointer measures: mean square, the low end taken out.
static float
level(const float *frame, float *last)
{
    float sum = 0;
    for (int i = 0; i < RESIDUE_FRAME; i++) {
        float x = frame[i] - 0.95F * *last;
        *last   = frame[i];
        sum += x * x;
    }
    return 10 * log10f(sum / RESIDUE_FRAME + 1e-12F);
}

static void
learn(struct residue *r, float proportion)
{
    int bin = (int)lrintf(proportion) - LEAST;
    if (bin < 0) bin = 0;
    if (bin >= RESIDUE_BINS) bin = RESIDUE_BINS - 1;
    for (int i = 0; i < RESIDUE_BINS; i++) r->share[i] *= KEEP;
    r->total = r->total * KEEP + 1;
    r->share[bin] += 1;
}

static float
estimate(const struct residue *r)
{
    float under = 0;
    int   bin   = 0;
    while (bin < RESIDUE_BINS - 1 && under < UNDER * r->total)
        under += r->share[bin++];
    return r->taken + (float)(bin + LEAST);
}

float
residue_feed(struct residue *r, const float *taken, const float *left)
{
    float now = level(taken, &r->last[0]);
    float out = level(left, &r->last[1]);

    r->taken = now > r->taken - FALL ? now : r->taken - FALL;
    if (r->taken > AUDIBLE) learn(r, out - r->taken);
    if (r->learnt < LEARNING) {
        r->learnt++;
        return 0;
    }
    return r->taken > AUDIBLE ? estimate(r) : RESIDUE_NONE;
}
