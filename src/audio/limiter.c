// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/limiter.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const float ceiling = 0.891F; // -1 dBFS

// However samples fall that are no larger than this, nothing between them
// passes the ceiling: the interpolator's coefficients add up to 2.03.
static const float harmless = 0.43F;

static const float most = 64; // of a sample; what is more is that

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

// The largest, without its sign; what is no number is larger than all.  By
// their bits, which order as they do.
static float
largest(const float *x, size_t count)
{
    int32_t found[LANES] = {0}, bits;
    int32_t most_bits    = 0;
    size_t  i            = 0;
    float   most_of      = 0;

    for (; i + LANES <= count; i += LANES) {
        int32_t some[LANES];
        memcpy(some, x + i, sizeof some);
        for (int k = 0; k < LANES; k++) {
            some[k] &= INT32_MAX;
            found[k] = some[k] > found[k] ? some[k] : found[k];
        }
    }
    for (int k = 0; k < LANES; k++)
        most_bits = found[k] > most_bits ? found[k] : most_bits;
    for (; i < count; i++) {
        memcpy(&bits, x + i, sizeof bits);
        bits &= INT32_MAX;
        most_bits = bits > most_bits ? bits : most_bits;
    }
    memcpy(&most_of, &most_bits, sizeof most_of);
    return most_of;
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

// Nothing is limited or will be by what is no larger than PEAK.
static bool
rests(const struct limiter *l, float peak)
{
    return l->rest == l->window && l->lowest >= 1 && l->loud == 0 &&
           peak <= harmless;
}

// In place of what goes in comes out what went in before.
static void
delay(struct limiter *l, float *frames, size_t count)
{
    const size_t by   = (size_t)l->window + LIMITER_SPAN;
    float       *line = l->line; // its last LIMITER_LINE went in
    float        last[LIMITER_LINE];

    memcpy(last, frames + count - LIMITER_LINE, sizeof last);
    memmove(frames + by, frames, (count - by) * sizeof *frames);
    memcpy(frames, line + LIMITER_LINE - by, by * sizeof *frames);
    memcpy(line, last, sizeof last);
}

static void
limit(struct limiter *l, float *frames, size_t count, bool rest)
{
    const int by = l->window + LIMITER_SPAN;
    float    *x  = l->line + LIMITER_LINE;

    if (rest && count >= LIMITER_LINE) {
        delay(l, frames, count);
        return;
    }
    memcpy(x, frames, count * sizeof *x);
    if (rest) memcpy(frames, x - by, count * sizeof *x);
    for (size_t i = 0; !rest && i < count; i++) {
        float gain = gain_at(l, x + i);
        frames[i]  = x[(int)i - by] * gain;
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

bool
limiter_is_still(const struct limiter *l)
{
    return !l->window || (l->still == LIMITER_LINE && l->rest == l->window &&
                          l->lowest >= 1 && l->loud == 0);
}

static void
count_still(struct limiter *l, float peak, size_t count)
{
    if (peak > 0)
        l->still = 0;
    else if (l->still + (int)count < LIMITER_LINE)
        l->still += (int)count;
    else
        l->still = LIMITER_LINE;
}

void
limiter_run(struct limiter *limiter, float *frames, size_t count)
{
    float peak = largest(frames, count);

    if (peak <= 0 && limiter_is_still(limiter)) return;
    if (!(peak <= most)) {
        make_sane(frames, count);
        peak = largest(frames, count);
    }
    if (!limiter->window) return;
    count_still(limiter, peak, count);
    limit(limiter, frames, count, rests(limiter, peak));
}
