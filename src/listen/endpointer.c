// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/endpointer.h"

#include <math.h>
#include <string.h>

#define OPEN_OVER     9.0F     // dB over the floor that is loud
#define CLOSE_OVER    6.0F     // dB over the floor that still is, once open
#define ECHO_OVER     6.0F     // dB over what may be echo that is loud
#define ECHO_STILL    3.0F     // dB over it that still is, once open
#define LEAK_UNDER    15.0F    // dB under what follows: not the same speaker,
#define LEAK_FRAMES   35       // if so long, but what is left of the echo
#define UNDER_PEAK    32.0F    // dB under the stretch's peak: its reverberation
#define LOWEST_FLOOR  (-78.0F) // dB: no room is more quiet
#define HIGHEST_START (-50.0F) // dB: the floor before anything is known
#define BLOCK         50       // frames
#define FLOOR_BIAS    2.0F     // dB: a minimum lies below the mean
#define STEADY_SPREAD 12.0F    // dB between its quarters, at most
#define STEADY_FRAMES 250      // that tell a noise
#define STEADY_BIAS   1.0F     // dB
#define OPEN_RATIO    3.0F     // likelihood ratio of a voice that is heard
#define CLOSE_RATIO   0.8F     // the same, once open
#define DIN_SHARE     0.3F     // of five seconds are louder than the din
#define DIN_OVER      7.0F     // dB over it that is loud
#define DIN_STILL     3.0F     // dB over it that still is, once open
#define OPEN_FRAMES   4        // loud ones ...
#define OPEN_WINDOW   0x3F     // ... of the last six
#define EDGE          8        // samples that have none on one side
#define BRIEF         8        // loud frames: less is a click

void
endpointer_init(struct endpointer *e)
{
    memset(e, 0, sizeof *e);
    for (int b = 0; b < ENDPOINTER_BANDS; b++) {
        e->bands[b].smooth = LOWEST_FLOOR;
        e->bands[b].floor  = HIGHEST_START;
        e->bands[b].steady = LOWEST_FLOOR;
    }
}

static float
decibels(const float *samples, int count)
{
    float sum = 0;
    for (int i = 0; i < count; i++) sum += samples[i] * samples[i];
    return 10 * log10f(sum / (float)count + 1e-9F);
}

static const float taps[] = {0.3026F, -0.0649F, 0.0123F}; // 1, 3, 5 off

// At an edge: nothing is before or after the COUNT samples.
static float
low_at(const float *samples, int count, int i)
{
    float sum = 0.5F * samples[i];
    for (int k = 0; k < 3; k++) {
        int before = i - 2 * k - 1, after = i + 2 * k + 1;
        if (before >= 0) sum += taps[k] * samples[before];
        if (after < count) sum += taps[k] * samples[after];
    }
    return sum;
}

// The lower half of the band, at half the rate, and the upper half; COUNT is a
// multiple of EDGE.
static void
halve(const float *samples, int count, float *low, float *high)
{
    float sums[ENDPOINTER_FRAME];
    for (int i = 0; i < EDGE; i++) {
        int last   = count - 1 - i;
        sums[i]    = low_at(samples, count, i);
        sums[last] = low_at(samples, count, last);
    }
    for (int at = EDGE; at < count - EDGE; at += EDGE) {
        for (int i = at; i < at + EDGE; i++) {
            float sum = 0.5F * samples[i];
            sum += taps[0] * samples[i - 1];
            sum += taps[0] * samples[i + 1];
            sum += taps[1] * samples[i - 3];
            sum += taps[1] * samples[i + 3];
            sum += taps[2] * samples[i - 5];
            sum += taps[2] * samples[i + 5];
            sums[i] = sum;
        }
    }
    for (int i = 0; i < count; i += 2) low[i / 2] = sums[i];
    for (int i = 0; i < count; i++) high[i] = samples[i] - sums[i];
}

// With the low end taken out, where hum and rumble are.
static void
measure(struct endpointer *e, const float *frame)
{
    float all[ENDPOINTER_FRAME], high[ENDPOINTER_FRAME];
    float low[ENDPOINTER_FRAME / 2], lowest[ENDPOINTER_FRAME / 4];
    for (int i = 0; i < ENDPOINTER_FRAME; i++) {
        all[i]  = frame[i] - 0.95F * e->last;
        e->last = frame[i];
    }
    e->bands[0].level = decibels(all, ENDPOINTER_FRAME);
    halve(all, ENDPOINTER_FRAME, low, high);
    e->bands[3].level = decibels(high, ENDPOINTER_FRAME);
    halve(low, ENDPOINTER_FRAME / 2, lowest, high);
    e->bands[2].level = decibels(high, ENDPOINTER_FRAME / 2);
    e->bands[1].level = decibels(lowest, ENDPOINTER_FRAME / 4);
}

// The level that SHARE of the COUNT frames of all blocks were louder than.
static float
quantile(const struct endpointer_band *band, int count, float share)
{
    float left = share * (float)count;
    for (int level = 0; level < ENDPOINTER_LEVELS; level++) {
        for (int b = 0; b < ENDPOINTER_LONG_BLOCKS; b++)
            left -= band->levels[b][level];
        if (left <= 0) return (float)-level;
    }
    return LOWEST_FLOOR;
}

static int
remembered(const struct endpointer_band *band)
{
    int count = 0;
    for (int b = 0; b < ENDPOINTER_LONG_BLOCKS; b++)
        for (int level = 0; level < ENDPOINTER_LEVELS; level++)
            count += band->levels[b][level];
    return count;
}

// Of a noise; speech goes up and down by more.
static float
steady_level(const struct endpointer_band *band)
{
    int count = remembered(band);
    if (count < STEADY_FRAMES) return LOWEST_FLOOR;
    float spread = quantile(band, count, 0.25F) - quantile(band, count, 0.75F);
    return spread <= STEADY_SPREAD ? quantile(band, count, 0.5F) : LOWEST_FLOOR;
}

static void
note_level(struct endpointer_band *band, int block)
{
    int level = (int)-band->smooth;
    if (level < 0) level = 0;
    if (level >= ENDPOINTER_LEVELS) level = ENDPOINTER_LEVELS - 1;
    band->levels[block][level]++;
}

static void
follow_floor(const struct endpointer *e, struct endpointer_band *band)
{
    float *lowest = band->lowest;
    float  least  = 0;
    if (e->frame == 0) band->smooth = band->level;
    band->smooth += 0.3F * (band->level - band->smooth);
    if (band->smooth < lowest[e->block]) lowest[e->block] = band->smooth;
    for (int i = 0; i < ENDPOINTER_BLOCKS; i++)
        if (lowest[i] < least) least = lowest[i];
    note_level(band, e->long_block);
    band->floor = least + FLOOR_BIAS;
    if (band->floor < band->steady + STEADY_BIAS)
        band->floor = band->steady + STEADY_BIAS;
    if (e->blocks == 0 && band->floor > HIGHEST_START)
        band->floor = HIGHEST_START;
    if (band->floor < LOWEST_FLOOR) band->floor = LOWEST_FLOOR;
}

// While a stretch is open that may be a command, the din is what it was.
static void
follow_din(struct endpointer *e)
{
    const struct endpointer_band *all   = &e->bands[0];
    int                           count = remembered(all);
    if (count < STEADY_FRAMES || (e->open && !e->passing)) return;
    e->din = quantile(all, count, DIN_SHARE);
}

static void
follow_floors(struct endpointer *e)
{
    for (int b = 0; b < ENDPOINTER_BANDS; b++) follow_floor(e, &e->bands[b]);
    if (++e->in_block < BLOCK) return;
    e->in_block   = 0;
    e->block      = (e->block + 1) % ENDPOINTER_BLOCKS;
    e->long_block = (e->long_block + 1) % ENDPOINTER_LONG_BLOCKS;
    follow_din(e);
    for (int b = 0; b < ENDPOINTER_BANDS; b++) {
        struct endpointer_band *band = &e->bands[b];
        band->steady                 = steady_level(band);
        memset(band->levels[e->long_block], 0, sizeof band->levels[0]);
    }
    for (int b = 0; b < ENDPOINTER_BANDS; b++) e->bands[b].lowest[e->block] = 0;
    if (e->blocks < ENDPOINTER_BLOCKS) e->blocks++;
}

// How far the band that stands out most is over its floor, dB.
static float
over_floor(const struct endpointer *e)
{
    float most = 0;
    for (int b = 0; b < ENDPOINTER_BANDS; b++) {
        float over = e->bands[b].level - e->bands[b].floor;
        if (over > most) most = over;
    }
    return most;
}

static void
drop(struct endpointer *e, size_t frames)
{
    e->kept -= frames;
    memmove(e->samples, e->samples + frames * ENDPOINTER_FRAME,
            e->kept * ENDPOINTER_FRAME * sizeof e->samples[0]);
}

// Of what is no speech twice as much as is needed is let in, as making room
// costs time.
static void
keep(struct endpointer *e, const float *frame)
{
    size_t needed = ENDPOINTER_ROOM + ENDPOINTER_BEFORE;
    bool   speech = e->open && !e->passing;
    if (!speech && e->kept >= 2 * needed) drop(e, e->kept - needed);
    if (e->kept == ENDPOINTER_MOST) drop(e, 1);
    int16_t *to = e->samples + e->kept++ * ENDPOINTER_FRAME;
    for (int i = 0; i < ENDPOINTER_FRAME; i++)
        to[i] = (int16_t)lrintf(frame[i] * 32767);
}

static int
bits(int word)
{
    int count = 0;
    for (; word; word &= word - 1) count++;
    return count;
}

static bool
is_loud_enough(struct endpointer *e, bool loud)
{
    e->above = (e->above << 1 | loud) & OPEN_WINDOW;
    return bits(e->above) >= OPEN_FRAMES;
}

static void
open_now(struct endpointer *e, float echo)
{
    e->open    = true;
    e->passing = false;
    e->amid    = false;
    e->from    = e->frame + 1 - OPEN_FRAMES;
    e->to      = e->frame + 1;
    e->loud    = OPEN_FRAMES;
    e->peak    = e->bands[0].smooth;
    e->over    = e->bands[0].smooth - echo;
    e->echo    = echo;
    e->sum     = e->bands[0].level * OPEN_FRAMES;
}

static enum endpointer_event
when_closed(struct endpointer *e, float echo, float ratio)
{
    bool loud = (over_floor(e) > OPEN_OVER || ratio > OPEN_RATIO) &&
                e->bands[0].level > echo + ECHO_OVER;
    if (!is_loud_enough(e, loud)) return ENDPOINTER_QUIET;
    open_now(e, echo);
    return ENDPOINTER_OPENED;
}

static enum endpointer_event
close_now(struct endpointer *e)
{
    e->open  = false;
    e->above = 0;
    if (e->passing) return ENDPOINTER_QUIET;
    return e->loud < BRIEF ? ENDPOINTER_BRIEF : ENDPOINTER_ENDED;
}

// A person who speaks over what is left of the loudspeaker's voice is far
// louder than that.
static bool
is_leak(const struct endpointer *e, float echo)
{
    float level = e->bands[0].level;
    return echo > LOWEST_FLOOR && level - echo > e->over + LEAK_UNDER &&
           e->frame - e->from >= LEAK_FRAMES;
}

// What goes on for longer than a command is a din: what is far louder than most
// of it may be one.
static void
when_passing(struct endpointer *e, float echo)
{
    float level = e->bands[0].level;
    bool  loud  = level > e->din + DIN_OVER && level > echo + ECHO_OVER;
    if (!is_loud_enough(e, loud)) return;
    open_now(e, echo);
    e->amid = true;
}

// Whether an open stretch goes on.
static bool
is_still_loud(const struct endpointer *e, float echo, float ratio)
{
    float level = e->bands[0].level;
    return (over_floor(e) > CLOSE_OVER || ratio > CLOSE_RATIO) &&
           (!e->amid || level > e->din + DIN_STILL) &&
           level > e->peak - UNDER_PEAK && level > echo + ECHO_STILL;
}

static enum endpointer_event
when_open(struct endpointer *e, float echo, float ratio)
{
    float level = e->bands[0].level;
    if (e->passing) when_passing(e, echo);
    if (is_leak(e, echo)) {
        e->passing = false;
        e->from    = e->frame;
        e->loud    = 0;
        e->sum     = 0;
    }
    if (e->bands[0].smooth > e->peak) e->peak = e->bands[0].smooth;
    if (e->bands[0].smooth - echo > e->over)
        e->over = e->bands[0].smooth - echo;
    if (echo > e->echo) e->echo = echo;
    if (is_still_loud(e, echo, ratio)) {
        e->to = e->frame + 1;
        e->loud++;
        e->sum += level;
    }
    if (e->frame + 1 - e->to >= ENDPOINTER_SILENCE) return close_now(e);
    if (e->passing || e->to - e->from <= ENDPOINTER_LONGEST)
        return ENDPOINTER_SPEECH;
    e->passing = true;
    e->amid    = false;
    e->above   = 0;
    follow_din(e);
    return ENDPOINTER_LONG;
}

enum endpointer_event
endpointer_feed(struct endpointer *e, const float *frame, float echo,
                float ratio)
{
    measure(e, frame);
    follow_floors(e);
    keep(e, frame);
    enum endpointer_event event =
        e->open ? when_open(e, echo, ratio) : when_closed(e, echo, ratio);
    e->frame++;
    return event;
}

enum endpointer_event
endpointer_finish(struct endpointer *e)
{
    return e->open ? close_now(e) : ENDPOINTER_QUIET;
}

static int64_t
stretch_start(const struct endpointer *e)
{
    int64_t start = e->frame - (int64_t)e->kept; // of samples[0]
    int64_t from  = e->from - ENDPOINTER_BEFORE + OPEN_FRAMES;
    return from > start ? from : start;
}

const int16_t *
endpointer_speech(const struct endpointer *e, size_t *samples, int64_t *first)
{
    int64_t start = e->frame - (int64_t)e->kept; // of samples[0]
    int64_t from  = stretch_start(e);
    int64_t to    = e->to + ENDPOINTER_AFTER;
    if (to > e->frame) to = e->frame;
    *samples = (size_t)(to - from) * ENDPOINTER_FRAME;
    *first   = from;
    return e->samples + (from - start) * ENDPOINTER_FRAME;
}

size_t
endpointer_room(const struct endpointer *e)
{
    int64_t frames = stretch_start(e) - (e->frame - (int64_t)e->kept);
    return (size_t)frames * ENDPOINTER_FRAME;
}
