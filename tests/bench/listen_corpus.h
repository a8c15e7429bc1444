// SPDX-License-Identifier: GPL-3.0-or-later
// The recordings that $ROLLCALL_DATA names: its index.tsv.
#ifndef BENCH_LISTEN_CORPUS_H
#define BENCH_LISTEN_CORPUS_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

enum corpus_group {
    CORPUS_COMMANDS,
    CORPUS_WORDS,
    CORPUS_SPEECH,
    CORPUS_NOISE,
    CORPUS_RIR,
    CORPUS_GROUPS
};

struct recording {
    enum corpus_group group;
    char             *path;
    char             *label;   // what is said
    const char       *command; // that it is, "" where it is none
    char             *speaker; // the file's own name where there is none
    int               fold;    // by speaker: 0..CORPUS_FOLDS-1
    bool              clean;   // read in a quiet room (AN4)
};

#define CORPUS_FOLDS 4

struct corpus {
    struct recording *recordings;
    size_t            count;
};

const char *
corpus_group_name(enum corpus_group group);

enum status
corpus_read(struct corpus *corpus, const char *folder, struct diag *diag);

void
corpus_release(struct corpus *corpus);

// The fold of a speaker: the same name is always in the same one.
int
corpus_fold(const char *speaker);
#endif
