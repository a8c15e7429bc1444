// SPDX-License-Identifier: GPL-3.0-or-later
// How the words of the phrases and of their competitors are spoken: those
// lines of the model's dictionary that are needed, and lexicon.yaml.
#ifndef LISTEN_LEXICON_H
#define LISTEN_LEXICON_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/phrases.h"
#include <stdbool.h>
#include <stddef.h>

struct pronunciation {
    char *word;   // "stop"
    char *name;   // "stop(2)" for its second pronunciation
    char *phones; // "S T AO P"
    bool  heard;  // of lexicon.yaml, not of the dictionary
};

struct lexicon {
    struct pronunciation *items; // in the order they were read
    size_t                count;
    char                **others; // competitors: words that are no command
    size_t                other_count;
    size_t                capacity;
};

// DICTIONARY is the model's, FIXES a lexicon.yaml.  A word of a phrase without
// a pronunciation is an error; *diag names it.
enum status
lexicon_read(struct lexicon **out, const char *dictionary, const char *fixes,
             const struct phrases *phrases, struct diag *diag);

void
lexicon_free(struct lexicon *lexicon); // NULL is fine

// The phones of NAME ("stop", "stop(2)"), NULL where it is not known.
const char *
lexicon_phones(const struct lexicon *lexicon, const char *name);
#endif
