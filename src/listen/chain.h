// SPDX-License-Identifier: GPL-3.0-or-later
// A phrase as states to go through from left to right: every pronunciation of
// its words side by side, a pause allowed between two words.
#ifndef LISTEN_CHAIN_H
#define LISTEN_CHAIN_H
#include "listen/lexicon.h"
#include "listen/phones.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHAIN_STATES 1000 // at most
#define CHAIN_WAYS   16   // pronunciations of a word

struct chain_state {
    int16_t senone; // -1: a pause, any filler
    int16_t before; // the state before it within its word; -1: none
    int16_t join;   // else: which of the joins leads to it; -1: the start
    int16_t cost;   // of coming to it from another state
    uint8_t phone;  // of the model
    uint8_t word;   // of the phrase
    bool    starts; // a phone
    bool    ends;   // the phrase
};

// The last states of the ways through one word, where the next begins.
struct chain_join {
    int16_t states[CHAIN_WAYS + 1];
    int     count;
};

struct chain {
    struct chain_state *states; // in order: what comes before is before
    int                 count;
    struct chain_join   joins[PHRASES_MOST_WORDS];
    int                 words;
};

// TEXT: words with spaces between; false where a word has no pronunciation, a
// phone is not of the model's, or there are more states than CHAIN_STATES.
bool
chain_make(struct chain *chain, const char *text, const struct lexicon *lexicon,
           const struct phones *phones);

// PHONE alone, without context.
bool
chain_phone(struct chain *chain, int phone, const struct phones *phones);

void
chain_release(struct chain *chain);
#endif
