// SPDX-License-Identifier: GPL-3.0-or-later
// From the microphone and what the loudspeaker plays to 16 kHz sound with the
// loudspeaker taken out, in frames of 10 ms.
#ifndef LISTEN_FRONT_H
#define LISTEN_FRONT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRONT_RATE  16000
#define FRONT_FRAME 160 // samples at FRONT_RATE

struct front;

// NULL: no memory.
struct front *
front_new(unsigned rate, bool cancel_echo);

void
front_free(struct front *front); // NULL is fine

// As new.
void
front_reset(struct front *front);

// The loudspeaker is probably heard so many seconds later: a first guess.
void
front_expect(struct front *front, double delay);

// How many seconds later it is heard; -1 while that is not known.
double
front_delay(const struct front *front);

// Sound was lost or repeated on the way here: see residue_stumble().
void
front_stumble(struct front *front);

// How loud what is left of the loudspeaker may be in the frame given last: see
// residue_feed().
float
front_residue(const struct front *front);

// What was played, as late as it was heard in the frame given last, FRONT_FRAME
// samples; NULL: nothing was, nor shortly before.
const float *
front_played(const struct front *front);

// Takes up to FRAMES frames (REFERENCE may be NULL: nothing was played); how
// many were taken.  Call again with the rest.  When a frame is complete it is
// in *OUT until the next call, else *OUT is NULL.
size_t
front_feed(struct front *front, const float *microphone, const float *reference,
           size_t frames, const float **out);
#endif
