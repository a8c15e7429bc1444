// SPDX-License-Identifier: GPL-3.0-or-later
// Who is here: what this person answered before, and whether to ask now.
#ifndef APP_PERSON_H
#define APP_PERSON_H
#include "app/prepare.h"
#include "base/path.h"
#include "routine/screening.h"

// Where the answers are kept.  False where there is no home.
bool
person_path(char path[PATH_SIZE]);

// What is kept; nothing where nothing is, or where it cannot be read, which is
// logged.
void
person_recall(struct screening *screening);

// Adds what is kept to what OPTIONS already know of the person, unless they
// want no screening; and where somebody can answer, decides whether the ten
// questions come first: on wish, or because they were never answered.
void
person_know(struct prepare_options *options, bool can_answer);

// Keeps the answers once all ten are there and differ from *kept.
void
person_keep(const struct given *given, struct screening *kept);
#endif
