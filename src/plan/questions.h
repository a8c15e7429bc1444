// SPDX-License-Identifier: GPL-3.0-or-later
// The segments that ask something.  A question is said, said again where no
// answer comes, and then let be: its end without an answer is an answer, too.
#ifndef PLAN_QUESTIONS_H
#define PLAN_QUESTIONS_H
#include "plan/compiler.h"

// What this is and is not, then a question for each of the screened gates.
void
questions_add_screening(struct compiler *c);

// After the screening, where no session follows.
void
questions_add_thanks(struct compiler *c);

// How much discomfort, 0 to 10; AFTER: 0 before the session, 1 after it.
void
questions_add_discomfort(struct compiler *c, int after);

// Which side first, of EXERCISE, its index in the routine; where nobody says
// so it is the left.
void
questions_add_side(struct compiler *c, const struct exercise *exercise,
                   int index);
#endif
