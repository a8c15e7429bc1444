// SPDX-License-Identifier: GPL-3.0-or-later
// Fits a session to a time: by dose, then by sets, then by leaving out.
#ifndef PLAN_FIT_H
#define PLAN_FIT_H
#include "plan/plan.h"

#define FIT_MOST_MINUTES 180

// What was chosen, in words for the intro.
struct fit {
    char text[2][PHRASE_SIZE];
    int  texts;
};

// Changes level, sets, choice and notes of OPTIONS so that the session takes
// MINUTES, or as near below as it comes.  A session that cannot be that short
// becomes as short as it can.  FIT keeps what OPTIONS' notes point to.
enum status
plan_fit(struct plan_options *options, struct fit *fit, int minutes,
         const struct routine *routine, const struct plan_voice *voice,
         struct diag *diag);
#endif
