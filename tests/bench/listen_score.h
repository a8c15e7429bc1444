// SPDX-License-Identifier: GPL-3.0-or-later
// How good the listener is, counted over cases with a confidence each.
#ifndef BENCH_LISTEN_SCORE_H
#define BENCH_LISTEN_SCORE_H
#include "listen_case.h"

// Of recordings that hold one word: what came of each.
struct tally {
    int files, right, wrong, missed;
};

struct score {
    struct tally hard;         // commands, crowd-recorded
    struct tally clean;        // commands, AN4
    struct tally words;        // no commands: wrong is a word taken for one
    struct tally clean_words;  // no commands, AN4
    struct tally synthetic;    // command phrases by flite
    struct tally spoken_other; // other sentences by flite
    double       speech;       // false commands an hour
    double       noise;
};

// CONFIDENCE has one for each case; what reaches LEAST is taken.  CASES are of
// one recording in EVERY.
struct score
score_at(const struct cases *cases, const struct corpus *corpus, int every,
         const double *confidence, double least);

// The lowest limit at which no more than SHARE of the words are taken.
double
score_limit(const struct cases *cases, const struct corpus *corpus,
            const double *confidence, double share);

// Of recordings that all hold a command of GROUP, files[GROUP] in all: what
// came of them; *INVENTED were taken where none was said.
struct tally
score_trials(const struct cases *cases, const double *confidence, double least,
             enum corpus_group group, int *invented);

double
percent(int part, int whole);

// Seconds from the end of a word to its decision, of what is taken: half of
// them, and 95 in 100, are no longer.
void
score_lags(const struct cases *cases, const double *confidence, double least,
           double *median, double *most);
#endif
