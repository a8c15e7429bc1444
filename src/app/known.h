// SPDX-License-Identifier: GPL-3.0-or-later
// How often a person has done each exercise, from their history: who knows one
// is told less of it.
#ifndef APP_KNOWN_H
#define APP_KNOWN_H
#include "plan/plan.h"

struct known_exercises;

// All but the session with the key EXCEPT, which may go on and shall be told
// the same.  NULL where there is no history; one that cannot be read is logged.
struct known_exercises *
known_exercises_read(const char *except);

void
known_exercises_free(struct known_exercises *known); // NULL is fine

// For plan_options.met: CTX are the exercises.
int
known_exercises_met(void *ctx, const char *known_as);
#endif
