// SPDX-License-Identifier: GPL-3.0-or-later
// Whether this machine can play a session, part by part, and what to do about
// each part that cannot.
#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H
#include "app/settings.h"

enum finding {
    FINDING_GOOD,
    FINDING_NOTE,   // works, but something is worth knowing
    FINDING_BROKEN, // a session, or something that was set, will not work
};

struct check {
    const char  *name;
    enum finding finding;
    char         found[512];  // one sentence
    char         remedy[512]; // what to do, or ""
};

#define DOCTOR_CHECKS 10

// Looks at everything, in the order in which things depend on one another.
// WRONG: how many errors config.yaml has.  Returns how many parts are broken.
int
doctor_look(struct check checks[DOCTOR_CHECKS], const struct settings *settings,
            int wrong);
#endif
