// SPDX-License-Identifier: GPL-3.0-or-later
// Where routines are found: ./routines, the user's data folder, the installed
// one.  An earlier folder hides a routine of the same name in a later one.
#ifndef ROUTINE_LIBRARY_H
#define ROUTINE_LIBRARY_H
#include "base/diag.h"
#include "base/path.h"
#include "base/status.h"
#include <stddef.h>

struct library_entry {
    char *id; // "upper-back"
    char *path;
};

struct library {
    size_t                count;
    struct library_entry *entries; // by id
};

// All routines of all folders; folders that are not there are passed over.
enum status
library_scan(struct library *library, struct diag *diag);

// All exercise files, for routines to `use`: those of the folder "exercises"
// beside the file BESIDE first, then those of each folder of routines.
enum status
library_scan_exercises(struct library *library, const char *beside,
                       struct diag *diag);

void
library_release(struct library *library);

// NULL where there is none.
const struct library_entry *
library_entry(const struct library *library, const char *id);

// The file of ROUTINE: a path where it holds a '/' or ends in ".yaml", else an
// id.  Unknown: STATUS_NOT_FOUND, and *diag names the nearest id and "rollcall
// list".
enum status
library_find(char path[PATH_SIZE], const char *routine, struct diag *diag);

// The same for an id that the file BESIDE names: its own folder comes first.
enum status
library_find_beside(char path[PATH_SIZE], const char *beside, const char *id,
                    struct diag *diag);
#endif
