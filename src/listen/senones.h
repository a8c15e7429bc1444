// SPDX-License-Identifier: GPL-3.0-or-later
// How badly each state of the acoustic model fits each frame of an utterance.
//
// PocketSphinx compares hypotheses of one search only: across searches its
// scores are not on one scale.  It can write the scores of all senones of
// every frame to a file, though ("-compallsen", "-senlogdir", in 5prealpha and
// 5.x).  Here they are again.
#ifndef LISTEN_SENONES_H
#define LISTEN_SENONES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SENONES_FRAMES 512 // at most

// A cost is a logarithm of a likelihood below the frame's best senone's, in
// steps of about a tenth of a neper; 0: none fits better.
struct senones {
    int16_t *costs; // of frame T: COUNT from T * COUNT on
    int      count;
    int      frames;
};

// Room for SENONES_FRAMES frames of COUNT; false: no memory.
bool
senones_make(struct senones *senones, int count);

void
senones_release(struct senones *senones);

// Reads a file of PocketSphinx; frames that do not fit are left out.  False
// where it has not this many senones in a frame.
bool
senones_read(struct senones *senones, FILE *file);

static inline const int16_t *
senones_at(const struct senones *senones, int frame)
{
    return senones->costs + (size_t)frame * (size_t)senones->count;
}
#endif
