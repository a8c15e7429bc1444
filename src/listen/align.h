// SPDX-License-Identifier: GPL-3.0-or-later
// How long what is played takes to come back through the microphone, and the
// reference held back by that much, so that a short canceller reaches it.
//
// Found by the generalized cross-correlation with phase transform (Knapp and
// Carter, "The generalized correlation method for estimation of time delay",
// IEEE Trans. ASSP 24, 1976), averaged over the last seconds, again and again
// while something plays: devices report nonsense, and Bluetooth adds 200 ms.
#ifndef LISTEN_ALIGN_H
#define LISTEN_ALIGN_H
#include <stdbool.h>

#define ALIGN_FRAME 160  // samples at 16 kHz: 10 ms
#define ALIGN_MOST  8192 // samples: 512 ms is the longest delay found

struct align;

// NULL: no memory.
struct align *
align_new(void);

void
align_free(struct align *align); // NULL is fine

// As new: no delay is known.
void
align_reset(struct align *align);

// The delay is probably about so many samples: taken until it is found.
void
align_expect(struct align *align, int delay);

// One frame of both.  DELAYED gets the reference as it should be heard now.
// True when the delay was found, or found to have changed: whoever has learnt
// from DELAYED begins anew.
bool
align_feed(struct align *align, const float *microphone, const float *reference,
           float delayed[ALIGN_FRAME]);

// One frame in which nothing was played, nor shortly before.
void
align_rest(struct align *align);

// Sound was lost or repeated: the delay may be another, which is found sooner
// with what was heard before forgotten.
void
align_stumble(struct align *align);

// The delay in samples, -1 while it is not known.
int
align_delay(const struct align *align);

#define ALIGN_SURE 8 // so many hits are no word that was said twice

// While something plays it is looked at each half second.  How many looks have
// found the delay in use, up to ALIGN_SURE, and how many in a row have not.
int
align_hits(const struct align *align);
int
align_misses(const struct align *align);
#endif
