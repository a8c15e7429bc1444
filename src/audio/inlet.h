// SPDX-License-Identifier: GPL-3.0-or-later
// A microphone for a host that plays through no device of its own.
//
// One thread, the host's.  Calls that reach the sound server may hang, so they
// are made on threads that are left behind when they take too long.
#ifndef AUDIO_INLET_H
#define AUDIO_INLET_H
#include <stdbool.h>
#include <stddef.h>

struct inlet;

// Part of a device's NAME; RATE in Hz.  NULL where it cannot be opened: then
// NOTE, of SIZE bytes, says why.
struct inlet *
inlet_open(const char *name, unsigned rate, char *note, size_t size);

void
inlet_close(struct inlet *inlet); // NULL is fine

// The next FRAMES frames, STREAM_BLOCK at most, valid until the next call; what
// did not come in time is silence.
const float *
inlet_take(struct inlet *inlet, size_t frames);

// Whether sound comes.  A microphone that went away is opened again and again:
// to be asked at least every second.
bool
inlet_look(struct inlet *inlet);
#endif
