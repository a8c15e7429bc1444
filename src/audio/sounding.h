// SPDX-License-Identifier: GPL-3.0-or-later
// What a room makes of sound: a sweep that is played, and what comes back.
#ifndef AUDIO_SOUNDING_H
#define AUDIO_SOUNDING_H
#include "pcm/pcm.h"
#include <stdbool.h>
#include <stddef.h>

struct sounding {
    bool   heard; // the sweep came back
    double delay; // seconds from the reference to the microphone
    double echo;  // dB of the microphone over what was played, noise taken off
};

// A sweep of 0.6 s from 300 Hz to 3.5 kHz, at -12 dBFS.  NULL: no memory.
struct pcm *
sounding_sweep(unsigned rate);

// From FRAMES pairs at RATE in which the sweep was played once; NOISE is the
// power of the microphone in silence.  Delays of up to 0.7 s are found.  False:
// no memory.
bool
sounding_measure(struct sounding *sounding, const float *microphone,
                 const float *reference, size_t frames, unsigned rate,
                 double noise);

// Mean square of COUNT samples.
double
sounding_power(const float *samples, size_t count);

// The same of the loudest SPAN of them.
double
sounding_loudest(const float *samples, size_t count, size_t span);

// dB of a power; -120 for none.
double
sounding_decibels(double power);
#endif
