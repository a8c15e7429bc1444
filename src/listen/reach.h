// SPDX-License-Identifier: GPL-3.0-or-later
// How far back the echo is looked for.
//
// An align compares the microphone with the half second that was played before.
// A sound that goes through the network and plays in several rooms in step is
// later than that: by a second, by two.  So where nothing is found for some
// seconds in which something was played, the half second before is looked at,
// and so on to REACH_MOST, and again from the start.  What that needs is taken
// only then; a look costs the same wherever it is.
#ifndef LISTEN_REACH_H
#define LISTEN_REACH_H
#include "listen/align.h"
#include <stdbool.h>

#define REACH_STEP  7200 // samples at 16 kHz: 450 ms
#define REACH_STEPS 4
#define REACH_MOST  (REACH_STEPS * REACH_STEP + ALIGN_MOST) // 2.3 s

struct reach;

// NULL: no memory.
struct reach *
reach_new(void);

void
reach_free(struct reach *reach); // NULL is fine

// As new: no delay is known.
void
reach_reset(struct reach *reach);

// The delay is probably about so many samples, up to REACH_MOST: looked for
// there first, and taken until it is found.
void
reach_expect(struct reach *reach, int delay);

// One frame of ALIGN_FRAME samples of both; see align_feed().
bool
reach_feed(struct reach *reach, const float *microphone, const float *reference,
           float delayed[ALIGN_FRAME]);

// See align_rest(), align_stumble().
void
reach_rest(struct reach *reach);
void
reach_stumble(struct reach *reach);

// The delay in samples, -1 while it is not known.
int
reach_delay(const struct reach *reach);

// How many samples after it was played something may still be found.
int
reach_span(const struct reach *reach);
#endif
