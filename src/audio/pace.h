// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a device keeps pace with time: its frames against a clock.
//
// A device that stands still for a while and goes on (a server that was
// stopped, a machine that slept) asks for that many frames too few, for good.
// No flag tells it: PortAudio's come through some sound servers and not
// through others.
#ifndef AUDIO_PACE_H
#define AUDIO_PACE_H
#include <stdbool.h>
#include <stdint.h>

struct pace {
    unsigned  rate; // Hz
    bool      going;
    long long begin;  // ms
    int64_t   frames; // at BEGIN
    double    ahead;  // frames before the clock, as usual
    double    behind; // frames: how far behind that it was
    long long since;  // ms, when; 0: it has not fallen behind
};

// From the next look on.
void
pace_begin(struct pace *pace, unsigned rate);

// FRAMES were asked for up to NOW, in ms.  How many were missed in a
// standstill that has just been over for a while; else 0.  Neither the drift
// of two clocks is one, nor frames asked for in bursts.
int64_t
pace_look(struct pace *pace, long long now, int64_t frames);
#endif
