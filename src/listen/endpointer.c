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
#define OPEN_FRAMES   4        // loud ones ...
#define OPEN_WINDOW   0x3F     // ... of the last six
#define BRIEF         8        // loud frames: less is a click

void
endpointer_init(struct endpointer *e)
{
    memset(e, 0, sizeof *e);
    e->smooth = LOWEST_FLOOR;
    e->floor  = HIGHEST_START;
    for (int i = 0; i < ENDPOINTER_BLOCKS; i++) e->lowest[i] = 0;
}

// Mean square with the low end taken out, where hum and rumble are.
static float
measure(struct endpointer *e, const float *frame)
{
    float sum = 0;
    for (int i = 0; i < ENDPOINTER_FRAME; i++) {
        float x = frame[i] - 0.95F * e->last;
        e->last = frame[i];
        sum += x * x;
    }
    return 10 * log10f(sum / ENDPOINTER_FRAME + 1e-9F);
}

static void
follow_floor(struct endpointer *e)
{
    if (e->smooth < e->lowest[e->block]) e->lowest[e->block] = e->smooth;
    float lowest = 0;
    for (int i = 0; i < ENDPOINTER_BLOCKS; i++)
        if (e->lowest[i] < lowest) lowest = e->lowest[i];
    e->floor = lowest + FLOOR_BIAS;
    if (e->blocks == 0 && e->floor > HIGHEST_START) e->floor = HIGHEST_START;
    if (e->floor < LOWEST_FLOOR) e->floor = LOWEST_FLOOR;
    if (++e->in_block < BLOCK) return;
    e->in_block         = 0;
    e->block            = (e->block + 1) % ENDPOINTER_BLOCKS;
    e->lowest[e->block] = 0;
    if (e->blocks < ENDPOINTER_BLOCKS) e->blocks++;
}

static void
keep(struct endpointer *e, const float *frame)
{
    size_t most = e->open ? ENDPOINTER_MOST : ENDPOINTER_BEFORE;
    if (e->kept >= most) {
        size_t drop = e->kept - most + 1;
        memmove(e->samples, e->samples + drop * ENDPOINTER_FRAME,
                (e->kept - drop) * ENDPOINTER_FRAME * sizeof e->samples[0]);
        e->kept -= drop;
    }
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

static enum endpointer_event
when_closed(struct endpointer *e, float echo)
{
    bool loud = e->level > e->floor + OPEN_OVER && e->level > echo + ECHO_OVER;
    e->above  = (e->above << 1 | loud) & OPEN_WINDOW;
    if (bits(e->above) < OPEN_FRAMES) return ENDPOINTER_QUIET;
    e->open    = true;
    e->passing = false;
    e->from    = e->frame + 1 - OPEN_FRAMES;
    e->to      = e->frame + 1;
    e->loud    = OPEN_FRAMES;
    e->peak    = e->smooth;
    e->over    = e->smooth - echo;
    e->sum     = e->level * OPEN_FRAMES;
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
    return echo > LOWEST_FLOOR && e->level - echo > e->over + LEAK_UNDER &&
           e->frame - e->from >= LEAK_FRAMES;
}

static enum endpointer_event
when_open(struct endpointer *e, float echo)
{
    if (is_leak(e, echo)) {
        e->passing = false;
        e->from    = e->frame;
        e->loud    = 0;
        e->sum     = 0;
    }
    if (e->smooth > e->peak) e->peak = e->smooth;
    if (e->smooth - echo > e->over) e->over = e->smooth - echo;
    float least = e->floor + CLOSE_OVER;
    if (e->peak - UNDER_PEAK > least) least = e->peak - UNDER_PEAK;
    if (echo + ECHO_STILL > least) least = echo + ECHO_STILL;
    if (e->level > least) {
        e->to = e->frame + 1;
        e->loud++;
        e->sum += e->level;
    }
    if (e->frame + 1 - e->to >= ENDPOINTER_SILENCE) return close_now(e);
    if (e->passing || e->to - e->from <= ENDPOINTER_LONGEST)
        return ENDPOINTER_SPEECH;
    e->passing = true;
    return ENDPOINTER_LONG;
}

enum endpointer_event
endpointer_feed(struct endpointer *e, const float *frame, float echo)
{
    e->level = measure(e, frame);
    if (e->frame == 0) e->smooth = e->level;
    e->smooth += 0.3F * (e->level - e->smooth);
    follow_floor(e);
    keep(e, frame);
    enum endpointer_event event =
        e->open ? when_open(e, echo) : when_closed(e, echo);
    e->frame++;
    return event;
}

enum endpointer_event
endpointer_finish(struct endpointer *e)
{
    return e->open ? close_now(e) : ENDPOINTER_QUIET;
}

const int16_t *
endpointer_speech(const struct endpointer *e, size_t *samples, int64_t *first)
{
    int64_t start = e->frame - (int64_t)e->kept; // of samples[0]
    int64_t from  = e->from - ENDPOINTER_BEFORE + OPEN_FRAMES;
    int64_t to    = e->to + ENDPOINTER_AFTER;
    if (from < start) from = start;
    if (to > e->frame) to = e->frame;
    *samples = (size_t)(to - from) * ENDPOINTER_FRAME;
    *first   = from;
    return e->samples + (from - start) * ENDPOINTER_FRAME;
}
