// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/align.h"

#include "listen/drift.h"
#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEARD   16384 // samples of the microphone that are compared
#define PLAYED  (HEARD + ALIGN_MOST)
#define SIZE    32768 // of the transforms
#define BINS    (SIZE / 2 + 1)
#define HOP     8000                 // samples between two looks
#define KEEP    0.8F                 // of the average, at each look
#define LOWEST  (200 * SIZE / 16000) // bins compared: where speech is
#define HIGHEST (6000 * SIZE / 16000)
#define AUDIBLE 1e-3F // peak of a reference worth a look
#define SURE    8.0F  // peak over the level of what is no echo
#define ALONE   4.0F  // the same of one look by itself
#define BROAD   60    // bins that share the power: fewer are tones
#define BESIDE  2.5F  // times that level: what is higher is an echo
#define FIRST   0.5F  // of the peak: the first so high is the way straight
#define VOTES   2     // looks that agree on another delay change it, ...
#define DOUBTED 8     // ... so many while the present one is still heard
#define EARLY   64    // samples: the reference comes first
#define SLACK   1600  // samples: what the canceller takes by itself
#define HALF    8     // taps of the interpolation to each side
#define TAPS    (2 * HALF)

struct align {
    kiss_fftr_cfg forward;
    kiss_fftr_cfg inverse;
    struct drift *drift;
    float         heard[HEARD + HOP]; // the last HEARD up to HEARD + SINCE
    float         played[PLAYED + HOP];
    float         padded[SIZE];
    kiss_fft_cpx  a[BINS];
    kiss_fft_cpx  b[BINS];
    kiss_fft_cpx  mean[BINS];
    int           since;  // samples since the last look
    int           loud;   // of them in frames that played something
    int           delay;  // in use, -1: none
    int           found;  // by the last look, -1: nothing sure
    int           votes;  // looks in a row that agree on it
    int           hits;   // looks that found the delay in use
    int           misses; // ... or did not, in a row
};

struct align *
align_new(void)
{
    struct align *align = calloc(1, sizeof *align);
    if (!align) return NULL;
    align->forward = kiss_fftr_alloc(SIZE, 0, NULL, NULL);
    align->inverse = kiss_fftr_alloc(SIZE, 1, NULL, NULL);
    align->drift   = drift_new();
    if (!align->forward || !align->inverse || !align->drift) {
        align_free(align);
        return NULL;
    }
    align_reset(align);
    return align;
}

void
align_free(struct align *align)
{
    if (!align) return;
    kiss_fftr_free(align->forward);
    kiss_fftr_free(align->inverse);
    drift_free(align->drift);
    free(align);
}

void
align_reset(struct align *align)
{
    memset(align->heard, 0, sizeof align->heard);
    memset(align->played, 0, sizeof align->played);
    memset(align->mean, 0, sizeof align->mean);
    align->since = align->loud = 0;
    align->delay = align->found = -1;
    align->votes = align->hits = align->misses = 0;
    drift_reset(align->drift);
}

void
align_expect(struct align *align, int delay)
{
    if (delay < 0 || delay > ALIGN_MOST) return;
    align->delay = align->found = delay;
    drift_restart(align->drift);
}

// Whether there is room beside it to interpolate.
static bool
drifts(const struct align *align)
{
    return align->delay > EARLY + TAPS && align->delay < ALIGN_MOST - TAPS;
}

int
align_delay(const struct align *align)
{
    if (!drifts(align)) return align->delay;
    return align->delay + (int)lrint(drift_offset(align->drift));
}

int
align_hits(const struct align *align)
{
    return align->hits;
}

int
align_misses(const struct align *align)
{
    return align->misses;
}

static void
take_frame(struct align *align, const float *microphone, const float *reference)
{
    size_t size = ALIGN_FRAME * sizeof *microphone;
    memcpy(align->heard + HEARD + align->since, microphone, size);
    memcpy(align->played + PLAYED + align->since, reference, size);
    align->since += ALIGN_FRAME;
}

static void
begin_hop(struct align *align)
{
    memmove(align->heard, align->heard + HOP, HEARD * sizeof *align->heard);
    memmove(align->played, align->played + HOP, PLAYED * sizeof *align->played);
    align->since = align->loud = 0;
}

static void
transform(struct align *align, const float *samples, int count,
          kiss_fft_cpx *to)
{
    memcpy(align->padded, samples, (size_t)count * sizeof *samples);
    memset(align->padded + count, 0,
           (size_t)(SIZE - count) * sizeof *align->padded);
    kiss_fftr(align->forward, align->padded, to);
}

// Whether what is played is like itself at one delay only: its power lies in
// many bins (their participation ratio).
static bool
is_broad(const kiss_fft_cpx *played)
{
    double sum = 0, square = 0;
    for (int i = LOWEST; i < HIGHEST; i++) {
        double re = played[i].r, im = played[i].i, power = re * re + im * im;
        sum += power;
        square += power * power;
    }
    return sum * sum > BROAD * square;
}

// Adds the phases of conj(heard) * played, into a[], to the average.  False:
// they tell nothing.
static bool
add_phases(struct align *align)
{
    transform(align, align->heard + align->since, HEARD, align->a);
    transform(align, align->played + align->since, PLAYED, align->b);
    if (!is_broad(align->b)) return false;
    for (int i = LOWEST; i < HIGHEST; i++) {
        kiss_fft_cpx a = align->a[i], b = align->b[i];
        float        re = a.r * b.r + a.i * b.i, im = a.r * b.i - a.i * b.r;
        float        size = sqrtf(re * re + im * im) + 1e-12F;
        align->a[i]       = (kiss_fft_cpx){re / size, im / size};
        align->mean[i].r  = KEEP * align->mean[i].r + align->a[i].r;
        align->mean[i].i  = KEEP * align->mean[i].i + align->a[i].i;
    }
    return true;
}

// The level of what is no echo: of all the values, then of those near it.
static float
level(const float *values)
{
    float most = INFINITY;
    for (int pass = 0; pass < 4; pass++) {
        float square = 0;
        int   count  = 1;
        for (int k = 1; k <= ALIGN_MOST; k++) {
            if (fabsf(values[k]) > most) continue;
            square += values[k] * values[k];
            count++;
        }
        most = BESIDE * sqrtf(square / (float)count);
    }
    return most / BESIDE + 1e-12F;
}

// The least delay whose correlation comes near the highest, -1 where none
// stands out.  Between hard walls the way straight is not the loudest.
static int
find_delay(struct align *align)
{
    const float *values = align->padded;
    int          best   = 1;

    kiss_fftri(align->inverse, align->mean, align->padded);
    // The reference reaches ALIGN_MOST further back: lag k is delay MOST - k.
    for (int k = 1; k <= ALIGN_MOST; k++)
        if (values[k] > values[best]) best = k;
    float least = fmaxf(FIRST * values[best], SURE * level(values));
    for (int k = ALIGN_MOST; k > 0; k--)
        if (values[k] > least) return ALIGN_MOST - k;
    return -1;
}

// Whether the last look heard anything where the delay in use has it: a tone
// is like itself at any delay.
static bool
still_heard(const struct align *align, int delay)
{
    float most = 0, there = 0;
    for (int k = 1; k <= ALIGN_MOST; k++) {
        int   after = ALIGN_MOST - k - delay;
        float value = align->padded[k];
        most        = fmaxf(most, value);
        if (abs(after) <= EARLY / 2) there = fmaxf(there, value);
    }
    return there > FIRST * most;
}

// Whether this look alone heard it at that lag.  The average remembers for
// seconds what was like an echo once.
static bool
heard_at(const struct align *align, int lag)
{
    double step = 2 * 3.14159265358979 * lag / SIZE, sum = 0;
    int    bins = HIGHEST - LOWEST;
    for (int i = LOWEST; i < HIGHEST; i++)
        sum += align->a[i].r * cos(step * i) - align->a[i].i * sin(step * i);
    return sum > ALONE * sqrt(0.5 * bins);
}

static bool
heard_now(const struct align *align, int delay)
{
    for (int lag = ALIGN_MOST - delay - 1; lag <= ALIGN_MOST - delay + 1; lag++)
        if (heard_at(align, lag)) return true;
    return false;
}

static void
count(struct align *align, bool close, int found)
{
    if (close && align->hits < ALIGN_SURE) {
        close = heard_now(align, found);
        align->hits += close;
    }
    align->misses = close ? 0 : align->misses + 1;
}

// A first delay is taken at once; another one when several looks agree on it.
static bool
adopt(struct align *align, int found)
{
    int  now    = align_delay(align);
    bool close  = now >= 0 && found >= now - EARLY / 2 && found <= now + SLACK;
    bool agreed = align->found >= 0 && abs(align->found - found) < EARLY;

    align->found = found;
    align->votes = found < 0 || close ? 0 : agreed ? align->votes + 1 : 1;
    count(align, close, found);
    if (align->votes == 0) return false;
    if (now >= 0 && align->votes < (still_heard(align, now) ? DOUBTED : VOTES))
        return false;
    align->delay = found;
    align->hits = align->misses = 0;
    drift_restart(align->drift);
    return true;
}

static bool
look(struct align *align)
{
    if (add_phases(align)) return adopt(align, find_delay(align));
    align->found = -1;
    align->votes = 0;
    return false;
}

static bool
is_loud(const float *frame)
{
    for (int i = 0; i < ALIGN_FRAME; i++)
        if (fabsf(frame[i]) > AUDIBLE) return true;
    return false;
}

// Between the samples: a sinc under a Hann window, BACK from the newest frame.
static void
interpolate(const float *newest, double back, float *to)
{
    const double pi    = 3.14159265358979;
    int          whole = (int)back;
    const float *from  = newest - whole - HALF;
    float        taps[TAPS];

    for (int k = 0; k < TAPS; k++) {
        double x    = k - HALF + (back - whole); // from the point
        double sinc = fabs(x) < 1e-9 ? 1 : sin(pi * x) / (pi * x);
        taps[k]     = (float)(sinc * (0.5 + 0.5 * cos(pi * x / HALF)));
    }
    for (int i = 0; i < ALIGN_FRAME; i++) {
        float sum = 0;
        for (int k = 0; k < TAPS; k++) sum += taps[k] * from[i + k];
        to[i] = sum;
    }
}

static void
hold_back(struct align *align, const float *microphone, float *delayed)
{
    const float *newest = align->played + align->since + PLAYED - ALIGN_FRAME;
    int          back   = align->delay > EARLY ? align->delay - EARLY : 0;

    if (drifts(align)) {
        double exact = back + drift_offset(align->drift);
        if (exact < TAPS) exact = TAPS;
        if (exact > ALIGN_MOST) exact = ALIGN_MOST;
        interpolate(newest, exact, delayed);
        drift_feed(align->drift, microphone, delayed);
    } else {
        memcpy(delayed, newest - back, ALIGN_FRAME * sizeof *delayed);
    }
}

bool
align_feed(struct align *align, const float *microphone, const float *reference,
           float delayed[ALIGN_FRAME])
{
    bool changed = false;

    take_frame(align, microphone, reference);
    if (is_loud(reference)) align->loud += ALIGN_FRAME;
    if (align->since >= HOP) {
        if (align->loud > HOP / 2) changed = look(align);
        begin_hop(align);
    }
    hold_back(align, microphone, delayed);
    return changed;
}

void
align_stumble(struct align *align)
{
    memset(align->mean, 0, sizeof align->mean);
}

void
align_rest(struct align *align)
{
    if (drifts(align)) drift_rest(align->drift);
}
