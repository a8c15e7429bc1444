// SPDX-License-Identifier: GPL-3.0-or-later
// Synthetic speech (flite, never eSpeak NG: that is rollcall's own voice):
// phrases of every command, and sentences that are none, in several voices,
// paces and pitches, clean or with noises behind them.
#ifndef BENCH_LISTEN_SPEAK_H
#define BENCH_LISTEN_SPEAK_H
#include "base/diag.h"
#include "base/status.h"
#include "listen_corpus.h"
#include "pcm/pcm.h"
#include <stdbool.h>

struct speak;

struct spoken {
    const char       *text;
    const char       *command; // "" for none
    int               fold;    // by voice
    const struct pcm *pcm;     // 16 kHz, the speak's own until the next
};

// FULL: every sentence in every manner, else two manners of each.
enum status
speak_open(struct speak **out, const struct corpus *corpus, const char *voices,
           bool full, struct diag *diag);

void
speak_close(struct speak *speak); // NULL is fine

// The next utterance; false after the last.
bool
speak_next(struct speak *speak, struct spoken *spoken);
#endif
