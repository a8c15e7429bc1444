// SPDX-License-Identifier: GPL-3.0-or-later
// The exercise files that one routine uses, each opened once and kept until
// the routine has been read, so that problems can point into them.
#ifndef ROUTINE_SHELF_H
#define ROUTINE_SHELF_H
#include "base/report.h"
#include "routine/library.h"
#include "routine/routine.h"
#include "yaml/yaml.h"

// Zero it, but for the first two, to begin.
struct shelf {
    const char    *beside; // the routine's path
    struct report *report;
    bool           scanned;
    struct library files;
    size_t         count;
    struct {
        const char  *id; // of files
        struct yaml *yaml;
    } open[ROUTINE_MOST_EXERCISES];
};

// The document of exercise ID.  False where it cannot be had: no such file
// (*missing), or problems that have been reported.
bool
shelf_open(struct shelf *shelf, const char *id, struct yaml **yaml,
           bool *missing);

// The ids of all exercise files, at most MOST of them.
size_t
shelf_ids(struct shelf *shelf, const char **ids, size_t most);

void
shelf_close(struct shelf *shelf);
#endif
