// SPDX-License-Identifier: GPL-3.0-or-later
// One stretch of speech against all that could have been said in it: every
// phrase, words that are no command, any phones at all, and noise; all on one
// scale.
#ifndef LISTEN_DECODER_H
#define LISTEN_DECODER_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/lexicon.h"
#include "listen/pack.h"
#include "listen/phrases.h"
#include "listen/route.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct decoder;

// Pointers are to what is the decoder's, until it decodes again.
struct decoded {
    int                   phrase; // of struct phrases
    struct route          route;  // of it
    struct route_pieces   pieces; // its phones
    int                   second; // cost of the best phrase of another command
    int                   other;  // cost of the best single competitor
    struct loop_path      words;  // competitors in a row
    struct loop_path      loop;   // phones in a row, by their number
    const struct chain   *chain;  // of the phrase
    const struct phones  *phones;
    const struct senones *senones;
    const struct filler  *filler;
};

// VOICES is the folder of a language: commands.yaml and lexicon.yaml in it.
enum status
decoder_open(struct decoder **out, const char *voices, const char *commands,
             struct diag *diag);

void
decoder_close(struct decoder *decoder); // NULL is fine

const struct phrases *
decoder_phrases(const struct decoder *decoder);

const struct lexicon *
decoder_lexicon(const struct decoder *decoder);

// ALLOWED: bit I for command I; the phrases of all others are competitors.
// False where not even a phrase fits.
bool
decoder_decode(struct decoder *decoder, uint64_t allowed,
               const int16_t *samples, size_t count, struct decoded *decoded);

// The same samples as last time, with other commands ALLOWED.
bool
decoder_again(struct decoder *decoder, uint64_t allowed,
              struct decoded *decoded);
#endif
