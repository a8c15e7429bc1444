// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as a picture: one page of SVG.
#ifndef PLAN_TIMELINE_H
#define PLAN_TIMELINE_H
#include "plan/plan.h"
#include <stdio.h>

// Rows of time, each segment a box in the colour of its kind, below it what is
// said and when; the tones as marks.  Prints on one landscape page.
void
timeline_print(const struct plan *plan, FILE *out);
#endif
