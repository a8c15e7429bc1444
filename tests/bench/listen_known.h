// SPDX-License-Identifier: GPL-3.0-or-later
// The own voice known: people with at least three takes of a word teach the
// listener up to three of them, and every take is heard with the person taught
// by others than itself, and by somebody unknown.  Against that, other words
// of theirs, and words of other people.
#ifndef BENCH_LISTEN_KNOWN_H
#define BENCH_LISTEN_KNOWN_H
#include "listen/person.h"
#include "listen_case.h"
#include "listen_score.h"

enum known_kind { KNOWN_COMMANDS, KNOWN_OWN, KNOWN_OTHERS, KNOWN_KINDS };

// One stretch of speech, heard by a stranger and by an acquaintance.
struct known_trial {
    enum known_kind    kind;
    int                recording; // counted over all people
    struct listen_case strange, known;
    struct kinship     kinship;
};

struct known {
    struct known_trial *items;
    size_t              count;
    int                 people;
    int                 asked[KNOWN_KINDS]; // recordings
};

// EVERY: one person of so many.
enum status
known_hear(struct known *known, const struct corpus *corpus, const char *voices,
           int every, struct diag *diag);

void
known_release(struct known *known);

// How sure a model is that was fitted on other people.
typedef double
known_judge(const void *ctx, const struct listen_case *c);

struct known_score {
    struct tally strange[KNOWN_KINDS];
    struct tally known[KNOWN_KINDS];
    // Known, weighed by what was fitted on other people, with a limit that
    // takes as many words of others as a stranger's.
    struct tally even[KNOWN_KINDS];
    double       even_least;
};

struct known_score
known_score_at(const struct known *known, double least, known_judge *judge,
               const void *ctx);
#endif
