// SPDX-License-Identifier: GPL-3.0-or-later
// Other words of the recordings taken for commands: of rollcall's own only a
// few are in them, mostly of one syllable, and what speaks for a command is the
// same for any.
#ifndef BENCH_LISTEN_PRETEND_H
#define BENCH_LISTEN_PRETEND_H
#include "base/path.h"
#include "listen_corpus.h"

enum pretend_what {
    PRETEND_WORDS,  // single words
    PRETEND_PHRASES // of two to six words
};

struct pretend {
    struct corpus corpus;            // its own array, ORIGINAL's texts
    char          voices[PATH_SIZE]; // a folder, with what may be said
};

// The recordings of ORIGINAL, which must outlive it: those of the words or
// phrases are commands, other speech is other words, all one by one.
enum status
pretend_make(struct pretend *pretend, const struct corpus *original,
             const char *voices, enum pretend_what what, struct diag *diag);

// Removes the folder, too.
void
pretend_release(struct pretend *pretend);
#endif
