// SPDX-License-Identifier: GPL-3.0-or-later
// Leaves out what is not for a person, or puts something else in its place.
#ifndef PLAN_GATE_H
#define PLAN_GATE_H
#include "plan/plan.h"

// What was changed, and why, in words for the intro.
struct gated {
    char   text[PLAN_MOST_NOTES][PHRASE_SIZE];
    size_t texts;
};

// Changes choice and notes of OPTIONS for what OPTIONS->given.gates tells: an
// exercise that is gated by one of them becomes its `instead`, or that one's,
// where that is not gated too and not in the session already; else it is left
// out.  Where nothing remains OPTIONS->nothing is set.  GATED keeps what the
// notes point to.
void
plan_gate(struct plan_options *options, struct gated *gated,
          const struct routine *routine, const struct phrasebook *book);
#endif
