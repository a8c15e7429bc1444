// SPDX-License-Identifier: GPL-3.0-or-later
// What speaks for and against a decoded command, as numbers.
#ifndef LISTEN_EVIDENCE_H
#define LISTEN_EVIDENCE_H
#include "listen/decoder.h"
#include <stddef.h>
#include <stdint.h>

// Fits are costs saved against the best phone, a frame; margins are costs saved
// against something else that may have been said, in tens.
enum evidence_kind {
    EVIDENCE_SECONDS,     // of the decoded audio
    EVIDENCE_LENGTH,      // of the command in it, seconds
    EVIDENCE_SILENCE,     // share of the audio outside the command
    EVIDENCE_PHONES,      // in the command, as it was pronounced
    EVIDENCE_WORDS,       // in the command
    EVIDENCE_RATE,        // seconds a phone, times ten
    EVIDENCE_FIRST_PHONE, // which phone it begins with, a number
    EVIDENCE_LAST_PHONE,  // and ends with
    EVIDENCE_CORE_PHONE,  // which its longest is
    EVIDENCE_SHORTEST,    // phone, frames
    EVIDENCE_LONGEST,     // phone, frames
    EVIDENCE_UNEVEN,      // its phones: deviation of the logarithm of lengths
    EVIDENCE_SCORE,       // cost of the command, a frame
    EVIDENCE_FIT,         // of the command
    EVIDENCE_FIT_PHONES,  // mean of its phones' fits
    EVIDENCE_WORST,       // fit of the worst phone
    EVIDENCE_WORSE,       // mean fit of the two worst
    EVIDENCE_WORD,        // fit of the worst word
    EVIDENCE_FIRST,       // fit of the first phone
    EVIDENCE_LAST,        // fit of the last phone
    EVIDENCE_CORE,        // fit of the longest phone
    EVIDENCE_RANK,        // of its phones among all, mean logarithm
    EVIDENCE_RANK_WORST,  // the worst of them
    EVIDENCE_EDGE,        // margin to the best other word, a tenth second
    EVIDENCE_EDGE_ALL,    // the same in all
    EVIDENCE_TALK,        // margin to other words in a row, a tenth second
    EVIDENCE_TALK_ALL,    // the same in all
    EVIDENCE_OTHERS,      // how many words those are
    EVIDENCE_FREE,        // margin to free phones, a tenth second
    EVIDENCE_FREE_ALL,    // the same in all
    EVIDENCE_TALK_IN,     // margin to words within the command, a tenth second
    EVIDENCE_TALK_IN_ALL, // the same in all
    EVIDENCE_TALK_OUT,    // how much better words fit outside it, in all
    EVIDENCE_FREE_IN,     // the same three for free phones
    EVIDENCE_FREE_IN_ALL,
    EVIDENCE_FREE_OUT,
    EVIDENCE_SECOND,     // margin to the best other command, a tenth second
    EVIDENCE_SECOND_ALL, // the same in all
    EVIDENCE_NOISE,      // margin to noise and silence, a tenth second
    EVIDENCE_NOISE_ALL,  // the same in all
    EVIDENCE_REST,       // how speech-like is what is outside, in all
    EVIDENCE_REST_MEAN,  // a frame
    EVIDENCE_LOOP,       // free phones heard for each phone of the command
    EVIDENCE_DISTANCE,   // of the free phones from the command's, a phone
    EVIDENCE_ABOVE,      // mean level over the room's floor, tens of dB
    EVIDENCE_LEVEL,      // mean level, tens of dB of full scale
    EVIDENCE_LOUD,       // share of loud frames in the stretch
    EVIDENCE_VOICED,     // share of the command that has a pitch
    EVIDENCE_PITCHED,    // mean strength of the pitch in it, 0..1
    EVIDENCE_SINCE,      // seconds since other speech ended, at most one
    EVIDENCE_STANDS,     // tens of dB it is over what lies outside
    EVIDENCE_VOICED_OUT, // seconds outside the command that have a pitch
    EVIDENCE_OWN, // tens of dB over what may be the loudspeaker, at most 5
    EVIDENCE_KINDS
};

struct evidence {
    double value[EVIDENCE_KINDS];
};

// What the endpointer knows of the stretch.
struct stretch {
    const int16_t *samples;
    size_t         count;
    double         level; // mean of its loud frames, dB of full scale
    double         floor; // of the room, dB of full scale
    double         loud;  // share of loud frames
    double         since; // seconds since other speech ended; 0 within it
    double         echo;  // what may be the loudspeaker's, dB of full scale
};

const char *
evidence_name(enum evidence_kind kind);

// The kind called NAME, EVIDENCE_KINDS where there is none.
enum evidence_kind
evidence_kind(const char *name);

void
evidence_gather(struct evidence *evidence, const struct decoded *decoded,
                const struct stretch *stretch);
#endif
