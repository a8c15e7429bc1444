// SPDX-License-Identifier: GPL-3.0-or-later
// The last thing in the audio callback: no peak above -1 dBFS, not even between
// two samples.
//
// limiter.c neither allocates nor frees, locks, logs or asks the system for
// anything; limiter_setup.c fills in the struct.  Results depend on frames
// alone: cutting the same sound into other blocks changes no sample.
#ifndef AUDIO_LIMITER_H
#define AUDIO_LIMITER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LIMITER_BLOCK  = 1024,                 // frames taken at a time, at most
    LIMITER_WINDOW = 256,                  // frames it looks ahead, at most
    LIMITER_TAPS   = 12,                   // of the interpolator
    LIMITER_SPAN   = LIMITER_TAPS / 2 - 1, // frames it needs on either side
    LIMITER_LINE   = LIMITER_WINDOW + LIMITER_TAPS, // frames kept
};

struct limiter {
    // set up by limiter_setup.c, read only here
    int   window;  // frames of the way down; 0: it only passes on
    float release; // of what is missing to 1, a frame

    // the callback's own
    float   line[LIMITER_LINE + LIMITER_BLOCK]; // the newest last
    float   wanted[LIMITER_WINDOW + 1];         // gains, in a circle
    int32_t steps[LIMITER_WINDOW];              // the same, lowest and eased
    int64_t sum;                                // of STEPS
    float   lowest;                             // of WANTED
    float   eased;
    int     wanted_at, steps_at;
    int     age;   // frames since LOWEST was met
    int     loud;  // frames until nothing loud is in the interpolator
    int     rest;  // frames with all steps at 1
    int     still; // frames of silence at the end of LINE
};

// RATE in Hz.
void
limiter_set_up(struct limiter *limiter, unsigned rate);

// Only passes on from now, without delay.
void
limiter_set_plain(struct limiter *limiter);

// How many frames come out later than they go in.
int
limiter_delay(const struct limiter *limiter);

// Whether silence in is silence out: then it need not be run.
bool
limiter_is_still(const struct limiter *limiter);

// COUNT frames, at most LIMITER_BLOCK, in place.
void
limiter_run(struct limiter *limiter, float *frames, size_t count);
#endif
