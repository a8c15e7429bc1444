// SPDX-License-Identifier: GPL-3.0-or-later
// All problems of one input, each with its place, reported together.
#ifndef BASE_REPORT_H
#define BASE_REPORT_H
#include "base/diag.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

// Zero it to begin.  Beyond REPORT_MOST problems only the counts go on.
#define REPORT_MOST 100
struct report {
    char  *text; // what report_print() prints
    size_t length;
    size_t capacity;
    int    errors;
    int    warnings;
    bool   cut; // no memory for more text; report_print() says so
};

// FILE:LINE:COLUMN: error: MESSAGE
//     the line as it stands in the file
//     ^~~~
// LINE and COLUMN count from 1; LINE 0 leaves place and excerpt out.  EXCERPT
// is the line without its end (NULL: not shown), WIDTH how many columns are
// underlined.  Tabs and long lines are shown safely.
struct place {
    const char *file;
    int         line;
    int         column;
    int         width;
    const char *excerpt;
    size_t      excerpt_length;
};

void
report_add(struct report *report, enum severity severity,
           const struct place *place, const char *message);

void
report_print(const struct report *report, FILE *out);

// The same as one message; where there was no memory for its text, that NAME
// could not be read for want of it.
void
report_tell(const struct report *report, const char *name, struct diag *diag);

void
report_release(struct report *report);
#endif
