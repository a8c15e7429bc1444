// SPDX-License-Identifier: GPL-3.0-or-later
// The rules behind routine/lint.h; for the files of this folder only.
#ifndef ROUTINE_RULES_H
#define ROUTINE_RULES_H
#include "routine/lint.h"
#include "routine/parts.h"

// All rules, over a routine that was read without an error.
void
rules_apply(struct reader *reader, const struct parts *parts,
            const struct lint *lint);

// What is spoken below NODE, the value of KEY in a routine or an exercise, must
// contain no command.
void
overheard_check(struct yaml *yaml, const char *key,
                const struct yaml_node *node, const struct lint *lint);

// Whether TEXT says PHRASE, small letters and one blank between words, word by
// word and within one sentence.
bool
overheard_phrase(const char *text, const char *phrase);

// The command that TEXT says, word by word and within one sentence; NULL: none.
const char *
overheard_in(const char *text, const struct lint *lint);
#endif
