// SPDX-License-Identifier: GPL-3.0-or-later
// Words that the engine says wrong, and how they are said.
#ifndef SPEECH_PRONOUNCE_H
#define SPEECH_PRONOUNCE_H
#include "base/report.h"
#include "base/status.h"
#include <stdint.h>

struct pronounce;

// PATH: a map of words to eSpeak NG's phonemes.  Every problem goes to REPORT.
enum status
pronounce_read(struct pronounce **out, const char *path, struct report *report);

void
pronounce_free(struct pronounce *pronounce); // NULL is fine

// TEXT with those words in phonemes, "[[...]]", and what would be taken for
// phonemes otherwise taken out.  The caller's to free(); NULL: no memory.
// PRONOUNCE NULL: without words.
char *
pronounce_apply(const struct pronounce *pronounce, const char *text);

// Differs where the words do.
uint64_t
pronounce_version(const struct pronounce *pronounce);
#endif
