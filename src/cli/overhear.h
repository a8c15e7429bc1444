// SPDX-License-Identifier: GPL-3.0-or-later
// What the listener makes of a routine's own words, said by rollcall's voice.
#ifndef CLI_OVERHEAR_H
#define CLI_OVERHEAR_H
#include "base/diag.h"
#include "base/report.h"
#include "base/status.h"

struct overhear;

// VOICE is a profile, NULL: the usual one.  A language that nothing is listened
// for in: STATUS_NOT_FOUND, and *diag says so.  Problems of files go to REPORT.
enum status
overhear_open(struct overhear **out, const char *voice, struct report *report,
              struct diag *diag);

void
overhear_close(struct overhear *overhear); // NULL is fine

// The phrase of a command that TEXT fires, where it is spoken below KEY of a
// routine or an exercise; NULL: none.  The phrase is OVERHEAR's.  Fits
// struct lint.
const char *
overhear_line(void *overhear, const char *key, const char *text);
#endif
