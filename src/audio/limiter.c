// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/limiter.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const float ceiling = 0.891F; // -1 dBFS

// However samples fall that are no larger than this, nothing between them
// passes the ceiling: the interpolator's coefficients add up to 2.03.
static const float harmless = 0.43F;

static const float  most    = 64; // of a sample; what is more is that
static const double nothing = 1e-12;

static const int32_t one = 1 << 24;

// Rec. ITU-R BS.1770-4, annex 2: four times as many samples.  The other two
// phases are these, mirrored.
static const float phases[2][LIMITER_TAPS] = {
    {0.0017089843750F, 0.0109863281250F, -0.0196533203125F, 0.0332031250000F,
     -0.0594482421875F, 0.1373291015625F, 0.9721679687500F, -0.1022949218750F,
     0.0476074218750F, -0.0266113281250F, 0.0148925781250F, -0.0083007812500F},
    {-0.0291748046875F, 0.0292968750000F, -0.0517578125000F, 0.0891113281250F,
     -0.1665039062500F, 0.4650878906250F, 0.7797851562500F, -0.2003173828125F,
     0.1015625000000F, -0.0582275390625F, 0.0330810546875F, -0.0189208984375F},
};

enum { LANES = 16 }; // frames looked at together

// Whether one is larger than MOST, or no number.
static bool
exceeds(const float *x, size_t count, float bound)
{
    size_t i = 0;

    for (; i + LANES <= count; i += LANES) {
        int over = 0;
        for (size_t k = 0; k < LANES; k++) over |= !(fabsf(x[i + k]) <= bound);
        if (over) return true;
    }
    for (; i < count; i++)
        if (!(fabsf(x[i]) <= bound)) return true;
    return false;
}

static float
larger(float a, float b)
{
    return a > b ? a : b;
}

// The peak from x[LIMITER_SPAN] to the sample after it.
static float
true_peak(const float *x)
{
    float peak = larger(fabsf(x[LIMITER_SPAN]), fabsf(x[LIMITER_SPAN + 1]));

    for (int p = 0; p < 2; p++) {
        float forth = 0, back = 0;
        for (int i = 0; i < LIMITER_TAPS; i++) {
            forth += phases[p][i] * x[i];
            back += phases[p][i] * x[LIMITER_TAPS - 1 - i];
        }
        peak = larger(peak, larger(fabsf(forth), fabsf(back)));
    }
    return peak;
}

// ---- the gain ----

static void
find_lowest(struct limiter *l)
{
    l->lowest = l->wanted[0];
    for (int i = 1; i <= l->window; i++)
        if (l->wanted[i] < l->lowest) l->lowest = l->wanted[i];
    l->age = 0;
}

// The lowest of the last WINDOW + 1 that were wanted.
static void
want(struct limiter *l, float gain)
{
    l->wanted[l->wanted_at] = gain;
    l->wanted_at            = l->wanted_at == l->window ? 0 : l->wanted_at + 1;
    if (gain <= l->lowest) {
        l->lowest = gain;
        l->age    = 0;
    } else if (++l->age > l->window) {
        find_lowest(l);
    }
}

// Down at once, up in its time; the mean over WINDOW frames makes a slope of
// either, which has come all the way down when the peak comes out.
static float
eased_gain(struct limiter *l)
{
    if (l->lowest <= l->eased)
        l->eased = l->lowest;
    else
        l->eased += (l->lowest - l->eased) * l->release;
    if (l->eased > 0.99999F) l->eased = 1;

    int32_t step = (int32_t)(l->eased * (float)one);
    l->sum += step - l->steps[l->steps_at];
    l->steps[l->steps_at] = step;
    l->steps_at           = l->steps_at + 1 == l->window ? 0 : l->steps_at + 1;
    if (step != one)
        l->rest = 0;
    else if (l->rest < l->window)
        l->rest++;
    return (float)((double)l->sum / ((double)l->window * one));
}

// X: the newest of the interpolator's samples.
static float
gain_at(struct limiter *l, const float *x)
{
    float peak = 0;

    if (fabsf(*x) > harmless) l->loud = LIMITER_TAPS;
    if (l->loud > 0) {
        l->loud--;
        peak = true_peak(x - (LIMITER_TAPS - 1));
    }
    want(l, peak > ceiling ? ceiling / peak : 1);
    return eased_gain(l);
}

// Nothing is limited or will be by these.
static bool
rests(const struct limiter *l, const float *x, size_t count)
{
    return l->rest == l->window && l->lowest >= 1 && l->loud == 0 &&
           !exceeds(x, count, harmless);
}

static void
limit(struct limiter *l, float *frames, size_t count)
{
    const int delay = l->window + LIMITER_SPAN;
    float    *x     = l->line + LIMITER_LINE;

    memcpy(x, frames, count * sizeof *x);
    if (rests(l, x, count)) {
        memcpy(frames, x - delay, count * sizeof *x);
    } else {
        for (size_t i = 0; i < count; i++) {
            float gain = gain_at(l, x + i);
            frames[i]  = x[(int)i - delay] * gain;
        }
    }
    memmove(l->line, l->line + count, LIMITER_LINE * sizeof *x);
}

// ---- what goes in ----

// What is not a number is silence.
static void
make_sane(float *frames, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        float x   = frames[i];
        x         = x == x ? x : 0;
        x         = x > most ? most : x;
        frames[i] = x < -most ? -most : x;
    }
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
pass_high(struct highpass *h, float *frames, size_t count)
{
    float        x[2 + LIMITER_BLOCK + LANES]; // beyond COUNT: nobody looks
    double       w[LIMITER_BLOCK + LANES];
    double       y1 = h->y1, y2 = h->y2;
    const double a1 = h->a1, a2 = h->a2;

    if (h->b0 == 0) return;
    x[0] = h->x2;
    x[1] = h->x1;
    memcpy(x + 2, frames, count * sizeof *x);
    memset(x + 2 + count, 0, LANES * sizeof *x);
    differ(h, w, x, count);
    for (size_t i = 0; i < count; i++) {
        double y = (w[i] - a2 * y2) - a1 * y1;
        if (fabs(y) < nothing && fabs(y1) < nothing)
            y = y1 = 0; // not on and on, ever smaller
        y2        = y1;
        y1        = y;
        frames[i] = (float)y;
    }
    h->y1 = y1;
    h->y2 = y2;
    h->x1 = x[count + 1];
    h->x2 = x[count];
}

// Whether silence in is silence out.
static bool
is_still(const struct limiter *l)
{
    const struct highpass *h = &l->highpass;

    return h->y1 == 0 && h->y2 == 0 && h->x1 == 0 && h->x2 == 0 &&
           (!l->window || (l->still == LIMITER_LINE && l->rest == l->window &&
                           l->lowest >= 1 && l->loud == 0));
}

static void
count_still(struct limiter *l, const float *frames, size_t count)
{
    if (exceeds(frames, count, 0))
        l->still = 0;
    else if (l->still + (int)count < LIMITER_LINE)
        l->still += (int)count;
    else
        l->still = LIMITER_LINE;
}

void
limiter_run(struct limiter *limiter, float *frames, size_t count)
{
    if (is_still(limiter) && !exceeds(frames, count, 0)) return;
    if (exceeds(frames, count, most)) make_sane(frames, count);
    pass_high(&limiter->highpass, frames, count);
    if (!limiter->window) return;
    count_still(limiter, frames, count);
    limit(limiter, frames, count);
}
