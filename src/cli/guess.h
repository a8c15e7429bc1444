// SPDX-License-Identifier: GPL-3.0-or-later
// Lengths of speech guessed from its letters, for what needs no synthesizer:
// within 2 % of a session of the calm voice.  Plan time is milliseconds.
#ifndef CLI_GUESS_H
#define CLI_GUESS_H
#include "plan/plan.h"

// A voice for plan_compile() that says the phrases of BOOK.
struct plan_voice
guess_voice(const struct phrasebook *book);

// Milliseconds of TEXT.
int64_t
guess_speech(void *ctx, const char *text);

// Milliseconds of ROUTINE at LEVEL with all its talk.  What cannot be
// compiled: below 0, and *diag says why.
int64_t
guess_session(const struct routine *routine, enum level level,
              const struct phrasebook *book, struct diag *diag);

// The phrases of rollcall; problems are printed to stderr, and *diag names the
// file.
enum status
guess_phrases(struct phrasebook **book, struct diag *diag);
#endif
