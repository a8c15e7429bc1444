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
#include <stdint.h>

struct speak;

struct spoken {
    const char       *text;
    const char       *command; // "" for none
    uint64_t          allowed; // the commands of a state in which it counts
    int               fold;    // by voice
    const struct pcm *pcm;     // 16 kHz, the speak's own until the next
};

enum speak_choice {
    SPEAK_HALF,    // every sentence in every other manner
    SPEAK_VARIED,  // every sentence by every voice, once, as if elsewhere
    SPEAK_PLAIN,   // phrases of two words and more, nothing behind them
    SPEAK_BARE,    // every sentence, nothing behind it
    SPEAK_NOISY,   // every sentence by every voice, a noise 5 to 15 dB below
    SPEAK_OVER_10, // the same, a noise 10 dB below them
};

enum status
speak_open(struct speak **out, const struct corpus *corpus, const char *voices,
           enum speak_choice choice, struct diag *diag);

void
speak_close(struct speak *speak); // NULL is fine

// Passes over COUNT utterances, wanted or not, unspoken.
void
speak_skip(struct speak *speak, size_t count);

// From now on only the voice of this fold.
void
speak_only(struct speak *speak, int fold);

// The next utterance; false after the last.
bool
speak_next(struct speak *speak, struct spoken *spoken);
#endif
