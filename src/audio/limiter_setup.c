// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/limiter.h"

#include <math.h>

static const double look_ahead = 0.0015; // s
static const double recovers   = 0.120;  // s, to a third of what was missing
static const double pi         = 3.14159265358979323846;

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

// Butterworth's, by the bilinear transform (R. Bristow-Johnson, "Cookbook
// formulae for audio equalizer biquad filter coefficients").
void
limiter_set_highpass(struct limiter *limiter, unsigned rate, double hz)
{
    double angle = 2 * pi * hz / rate, alpha = sin(angle) / sqrt(2);

    limiter->highpass = (struct highpass){0};
    if (!(hz > 0) || hz > rate / 4.0) return;
    limiter->highpass.b0 = (1 + cos(angle)) / 2 / (1 + alpha);
    limiter->highpass.a1 = -2 * cos(angle) / (1 + alpha);
    limiter->highpass.a2 = (1 - alpha) / (1 + alpha);
}

void
limiter_set_plain(struct limiter *limiter)
{
    limiter->window   = 0;
    limiter->highpass = (struct highpass){0};
}

int
limiter_delay(const struct limiter *limiter)
{
    return limiter->window ? limiter->window + LIMITER_SPAN : 0;
}
