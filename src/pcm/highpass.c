// SPDX-License-Identifier: GPL-3.0-or-later
#include "pcm/highpass.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 256, LANES = 16 }; // frames

static const double pi      = 3.14159265358979323846;
static const double nothing = 1e-12;

// Butterworth's, by the bilinear transform (R. Bristow-Johnson, "Cookbook
// formulae for audio equalizer biquad filter coefficients").
void
highpass_set(struct highpass *highpass, unsigned rate, double hz)
{
    double angle = 2 * pi * hz / rate, alpha = sin(angle) / sqrt(2);

    *highpass = (struct highpass){0};
    if (!(hz > 0) || hz > rate / 4.0) return;
    highpass->b0 = (1 + cos(angle)) / 2 / (1 + alpha);
    highpass->a1 = -2 * cos(angle) / (1 + alpha);
    highpass->a2 = (1 - alpha) / (1 + alpha);
}

// What goes in first, many at a time: nothing of it waits for what came out.
static void
differ(const struct highpass *h, double *w, const float *x, size_t count)
{
    for (size_t i = 0; i < count; i += LANES)
        for (size_t k = i; k < i + LANES; k++)
            w[k] = h->b0 *
                   ((double)x[k + 2] - 2 * (double)x[k + 1] + (double)x[k]);
}

static void
run_block(struct highpass *h, float *frames, size_t count)
{
    float        x[2 + BLOCK + LANES]; // beyond COUNT: nobody looks
    double       w[BLOCK + LANES];
    double       y1 = h->y1, y2 = h->y2;
    const double a1 = h->a1, a2 = h->a2;

    x[0] = h->x2;
    x[1] = h->x1;
    memcpy(x + 2, frames, count * sizeof *x);
    memset(x + 2 + count, 0, LANES * sizeof *x);
    differ(h, w, x, count);
    for (size_t i = 0; i < count; i++) {
        double y  = (w[i] - a2 * y2) - a1 * y1;
        y2        = y1;
        y1        = y;
        frames[i] = (float)y;
    }
    if (fabs(y1) < nothing && fabs(y2) < nothing)
        y1 = y2 = 0; // not on and on, ever smaller
    h->y1 = y1;
    h->y2 = y2;
    h->x1 = x[count + 1];
    h->x2 = x[count];
}

void
highpass_run(struct highpass *highpass, float *frames, size_t count)
{
    if (highpass->b0 == 0) return;
    for (size_t done = 0; done < count;) {
        size_t some = count - done < BLOCK ? count - done : BLOCK;
        run_block(highpass, frames + done, some);
        done += some;
    }
}
