// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/limiter.h"

#include <math.h>

static const double look_ahead = 0.0015; // s
static const double recovers   = 0.120;  // s, to a third of what was missing

void
limiter_set_up(struct limiter *limiter, unsigned rate)
{
    long window = lround(look_ahead * rate);

    *limiter         = (struct limiter){.lowest = 1, .eased = 1};
    limiter->window  = (int)(window < LIMITER_WINDOW ? window : LIMITER_WINDOW);
    limiter->release = (float)(1 - exp(-1 / (recovers * rate)));
    for (int i = 0; i <= limiter->window; i++) limiter->wanted[i] = 1;
    for (int i = 0; i < limiter->window; i++) {
        limiter->steps[i] = 1 << 24;
        limiter->sum += 1 << 24;
    }
    limiter->rest = limiter->window;
}

void
limiter_set_plain(struct limiter *limiter)
{
    limiter->window = 0;
}

int
limiter_delay(const struct limiter *limiter)
{
    return limiter->window ? limiter->window + LIMITER_SPAN : 0;
}
