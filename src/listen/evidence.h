// SPDX-License-Identifier: GPL-3.0-or-later
// What speaks for and against a decoded command, as numbers.
#ifndef LISTEN_EVIDENCE_H
#define LISTEN_EVIDENCE_H
#include "listen/decoder.h"
#include <stddef.h>
#include <stdint.h>

// Scores are in hundreds of the decoder's logarithm.
enum evidence_kind {
    EVIDENCE_SECONDS,  // of the decoded audio
    EVIDENCE_LENGTH,   // of the command in it, seconds
    EVIDENCE_SILENCE,  // share of the audio outside the command
    EVIDENCE_PHONES,   // in the command, as it was pronounced
    EVIDENCE_WORDS,    // in the command
    EVIDENCE_RATE,     // seconds a phone, times ten
    EVIDENCE_SCORE,    // of the command, a frame
    EVIDENCE_FIT,      // command against free phones, a frame of the command
    EVIDENCE_FIT_ALL,  // the same over all the audio
    EVIDENCE_WORST,    // FIT of the worst word
    EVIDENCE_EDGE,     // command against other words, a frame
    EVIDENCE_EDGE_ALL, // the same, in all
    EVIDENCE_OTHERS,   // words in the best path of other words
    EVIDENCE_LOOP,     // free phones heard for each phone of the command
    EVIDENCE_DISTANCE, // of the free phones from the command's, a phone
    EVIDENCE_ABOVE,    // mean level over the room's floor, tens of dB
    EVIDENCE_LEVEL,    // mean level, tens of dB of full scale
    EVIDENCE_LOUD,     // share of loud frames in the stretch
    EVIDENCE_VOICED,   // share of the command that has a pitch
    EVIDENCE_PITCHED,  // mean strength of the pitch in it, 0..1
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
};

const char *
evidence_name(enum evidence_kind kind);

// The kind called NAME, EVIDENCE_KINDS where there is none.
enum evidence_kind
evidence_kind(const char *name);

void
evidence_gather(struct evidence *evidence, const struct decoded *decoded,
                const struct lexicon *lexicon, const struct stretch *stretch);
#endif
