// SPDX-License-Identifier: GPL-3.0-or-later
// A file that is whole or as it was: written beside its place, on the disk
// before it takes that place.
#ifndef BASE_FRESH_H
#define BASE_FRESH_H
#include "base/path.h"
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct fresh {
    FILE *file; // to write to
    char  place[PATH_SIZE];
    char  beside[PATH_SIZE]; // empty: written where it is
};

// Begins what is to be the program's own file PATH, readable by nobody else,
// and its folder where there is none.  False, and errno says why: then nothing
// is to be ended.
bool
fresh_begin(struct fresh *fresh, const char *path);

// The same for a file that somebody named: no file beside it is touched, a link
// stays one, and what is no regular file, such as a device, is written as it is
// and never removed.  It gets those rights of MODE that the one there has, or
// that are usual.
bool
fresh_begin_named(struct fresh *fresh, const char *path, mode_t mode);

// Ends it, in its place if all of it was written; if not it is removed, what is
// there is as it was, and errno says why.
bool
fresh_end(struct fresh *fresh);

// Ends it as if it had not been begun.
void
fresh_drop(struct fresh *fresh);
#endif
