// SPDX-License-Identifier: GPL-3.0-or-later
// A small file that is whole or as it was: written beside its place, readable
// by nobody else, on the disk before it takes that place.
#ifndef BASE_FRESH_H
#define BASE_FRESH_H
#include "base/path.h"
#include <stdbool.h>
#include <stdio.h>

struct fresh {
    FILE *file; // to write to
    char  beside[PATH_SIZE];
};

// Begins what is to be the file PATH, and its folder where there is none.
// False, and errno says why: then nothing is to be ended.
bool
fresh_begin(struct fresh *fresh, const char *path);

// Ends it, in place of PATH if all of it was written; if not it is removed,
// PATH is as it was, and errno says why.
bool
fresh_end(struct fresh *fresh, const char *path);
#endif
