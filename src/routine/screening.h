// SPDX-License-Identifier: GPL-3.0-or-later
// What a person answered to the questions before a first session, as it is
// kept: screening.yaml, in the person's own folder, readable by nobody else.
#ifndef ROUTINE_SCREENING_H
#define ROUTINE_SCREENING_H
#include "base/diag.h"
#include "base/report.h"
#include "base/status.h"
#include "routine/gates.h"
#include <stddef.h>

struct screening {
    gate_set asked; // the gates that were answered
    gate_set yes;   // ... with yes
};

#define SCREENING_ALL ((1u << GATE_SCREENED) - 1) // of screening.asked

// All problems go to REPORT; then *screening is untouched.
enum status
screening_read(struct screening *screening, const char *path,
               struct report *report);

// The same from memory; NAME stands for the path.
enum status
screening_parse(struct screening *screening, const char *name, const char *text,
                size_t length, struct report *report);

// Makes the folder where there is none.  The file is whole or as it was.
enum status
screening_write(const struct screening *screening, const char *path,
                struct diag *diag);

// Gates from a list between commas, as "numbness, knee injury"; false, and in
// *diag what is none, where one is not known.
bool
screening_list(gate_set *gates, const char *list, struct diag *diag);
#endif
