// SPDX-License-Identifier: GPL-3.0-or-later
// Times and counts as people write them, alone or as a range.
#ifndef ROUTINE_DOSE_H
#define ROUTINE_DOSE_H
#include "routine/routine.h"
#include <stdbool.h>

// What is wrong and what to write instead, to stand behind the key's name:
// "needs a unit, for example 30s, 30-40s or 1m30s".
struct dose_error {
    char text[160];
};

// "30s", "30-40s", "1m", "1m30s-2m": milliseconds.  A space before a unit or
// around the hyphen is fine, an en dash too.
bool
dose_time(struct range *out, const char *text, struct dose_error *error);

// "3", "3-4".
bool
dose_count(struct range *out, const char *text, struct dose_error *error);

// "15 per minute".
bool
dose_pace(int *out, const char *text, struct dose_error *error);

// Milliseconds as dose_time() would read them: "1m30s".
struct dose_text {
    char text[32];
};
struct dose_text
dose_write(int ms);
#endif
