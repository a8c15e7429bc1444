// SPDX-License-Identifier: GPL-3.0-or-later
// What the two halves of the compiler share: the whole session, and one
// exercise of it.
#ifndef PLAN_COMPILER_H
#define PLAN_COMPILER_H
#include "plan/draft.h"

// Milliseconds.
#define COMPILER_AFTER_TONE    900 // a tone is heard before words begin
#define COMPILER_BETWEEN_LINES 600 // sentences that belong together

struct compiler {
    struct draft               draft;
    const struct routine      *routine;
    const struct plan_options *options;
};

// Whether something is said that is left out with less talk than MOST.
bool
compiler_says(const struct compiler *c, enum talk most);

// How many exercises the session has, and the one at PLACE, from 0.
size_t
compiler_exercises(const struct compiler *c);
int
compiler_index(const struct compiler *c, size_t place);

// How often the one at PLACE was met before, as far as it counts: never where
// all is to be said.
#define COMPILER_WELL_KNOWN 3 // times, from which on its name is enough
int
compiler_met(const struct compiler *c, size_t place);

// All segments of the exercise at PLACE.
void
compiler_add_exercise(struct compiler *c, size_t place);
#endif
