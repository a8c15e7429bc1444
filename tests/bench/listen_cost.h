// SPDX-License-Identifier: GPL-3.0-or-later
// What listening costs, against pocketsphinx_continuous -kws on the same file.
#ifndef BENCH_LISTEN_COST_H
#define BENCH_LISTEN_COST_H
#include "listen_corpus.h"

// Seconds of CPU a second of audio, of whole processes; 0: it could not be run.
struct cost {
    double ours, theirs;
    double memory; // of ours, MB
};

// Recordings of speech, one after the other.
struct cost
cost_of_speech(const struct corpus *corpus, const char *voices);

// Commands with four times their length of a still room between them.
struct cost
cost_of_session(const struct corpus *corpus, const char *voices);
#endif
