// SPDX-License-Identifier: GPL-3.0-or-later
// How much of the loudspeaker the echo canceller leaves, so that it is not
// taken for a person.
//
// The canceller tells what it took out of each frame.  What it leaves of its
// own voice stays in a steady proportion to that; the proportion is learnt
// from the frames of the last seconds in which something was played, as the
// value that four in five of them stay under: a person who speaks now and then
// does not spoil it.
#ifndef LISTEN_RESIDUE_H
#define LISTEN_RESIDUE_H

#define RESIDUE_FRAME 160       // samples at 16 kHz: 10 ms
#define RESIDUE_NONE  (-120.0F) // nothing was played
#define RESIDUE_BINS  72        // of 1 dB

struct residue {
    float share[RESIDUE_BINS]; // of left / taken, from RESIDUE_LEAST dB on
    float total;
    float taken;  // dB: envelope of what was taken out
    int   learnt; // frames, up to where it is believed
    float last[2];
};

void
residue_init(struct residue *r);

// One frame while something is played, or was shortly before: what was TAKEN
// out of it, and what is LEFT.  Gives the level, mean square in dB, up to which
// LEFT may be the loudspeaker's; 0, so that nothing counts, while the canceller
// still learns.
float
residue_feed(struct residue *r, const float *taken, const float *left);
#endif
