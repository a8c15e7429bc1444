// SPDX-License-Identifier: GPL-3.0-or-later
// One stretch of speech, decoded three ways: as a command phrase, as other
// words, and as any phones at all.
#ifndef LISTEN_DECODER_H
#define LISTEN_DECODER_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/lexicon.h"
#include "listen/phrases.h"
#include "listen/sphinx.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct decoder;

struct decoded {
    int                phrase; // of struct phrases, -1: no phrase fits
    struct sphinx_path commands;
    struct sphinx_path others;
    struct sphinx_path phones; // their words are "_AA" and so on
};

// VOICES is the folder of a language: commands.yaml and lexicon.yaml in it.
enum status
decoder_open(struct decoder **out, const char *voices, struct diag *diag);

void
decoder_close(struct decoder *decoder); // NULL is fine

const struct phrases *
decoder_phrases(const struct decoder *decoder);

const struct lexicon *
decoder_lexicon(const struct decoder *decoder);

// ALLOWED: bit I for command I; the phrases of all others compete with them.
// False where not even a phrase fits.
bool
decoder_decode(struct decoder *decoder, uint64_t allowed,
               const int16_t *samples, size_t count, struct decoded *decoded);
#endif
