// SPDX-License-Identifier: GPL-3.0-or-later
// How the clocks of loudspeaker and microphone drift apart, and by how much the
// reference must be held back more, or less, so that a canceller sees a room
// that stands still.
//
// Two crystals differ by some ten millionths, sound servers that join two
// devices correct them by as much: a quarter of a sample a second, and enough
// to cost a canceller most of what it takes out.  The phases between the two
// are compared with their mean over the last seconds, again and again while
// something plays: a room's reflections move all together where the clocks do,
// so that the peak of that comparison is one and sharp in any room.  A loop
// with proportional and integral part keeps it where it was first.
#ifndef LISTEN_DRIFT_H
#define LISTEN_DRIFT_H

#define DRIFT_FRAME 160 // samples at 16 kHz: 10 ms

struct drift;

// NULL: no memory.
struct drift *
drift_new(void);

void
drift_free(struct drift *drift); // NULL is fine

// As new.
void
drift_reset(struct drift *drift);

// The reference is held back by another delay from now on: the offset is
// measured anew, the drift of the clocks is kept.
void
drift_restart(struct drift *drift);

// One frame of the microphone, and of the reference as it was held back.
void
drift_feed(struct drift *drift, const float *heard, const float *delayed);

// One frame in which nothing was played, nor shortly before: the clocks drift
// on.
void
drift_rest(struct drift *drift);

// By how many samples more the next frame of the reference is to be held back.
double
drift_offset(const struct drift *drift);

// How much slower the microphone's clock runs, in millionths.
double
drift_ppm(const struct drift *drift);
#endif
