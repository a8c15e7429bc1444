// SPDX-License-Identifier: GPL-3.0-or-later
// How much of the loudspeaker the echo canceller leaves, so that it is not
// taken for a person.
//
// The canceller tells what it took out of each frame.  What it leaves of its
// own voice stays, band by band, in a steady proportion to that: little of the
// vowels, more of an "s" or a "t", most of all where two clocks drift apart.
// The proportion is learnt from the frames of the last seconds in which
// something was played, as the value that nine in ten of them stay under: a
// person who speaks now and then does not spoil it.
#ifndef LISTEN_RESIDUE_H
#define LISTEN_RESIDUE_H

#define RESIDUE_FRAME 160       // samples at 16 kHz: 10 ms
#define RESIDUE_NONE  (-120.0F) // nothing was played

struct residue;

// NULL: no memory.
struct residue *
residue_new(void);

void
residue_free(struct residue *residue); // NULL is fine

// As new: nothing is learnt.
void
residue_reset(struct residue *residue);

// One frame in which nothing is played, nor was shortly before.
void
residue_rest(struct residue *residue);

// Sound was lost or repeated: the canceller may have to find its way again, so
// that as much may be left as after a long rest.
void
residue_stumble(struct residue *residue);

// One frame while something is played, or was shortly before: what was TAKEN
// out of it, and what is LEFT.  Gives the level, mean square in dB as the
// endpointer measures it, up to which LEFT may be the loudspeaker's; 0, so that
// nothing counts, while the canceller still learns.
float
residue_feed(struct residue *residue, const float *taken, const float *left);
#endif
