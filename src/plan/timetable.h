// SPDX-License-Identifier: GPL-3.0-or-later
// A plan for people to read.
#ifndef PLAN_TIMETABLE_H
#define PLAN_TIMETABLE_H
#include "plan/plan.h"
#include <stdio.h>

// One line a segment: when, what, how long; then the total.  WORDS adds every
// line that is said, at its time.
void
timetable_print(const struct plan *plan, bool words, FILE *out);
#endif
