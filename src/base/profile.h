// SPDX-License-Identifier: GPL-3.0-or-later
// Whose session this is: $ROLLCALL_PROFILE, else the one person who needs no
// name.  Each has a folder with answers, history, learnt voice and bookmark.
#ifndef BASE_PROFILE_H
#define BASE_PROFILE_H
#include "base/diag.h"
#include "base/path.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

#define PROFILE_LONGEST 32 // letters of a name
#define PROFILE_MOST    64

// "anna", or "" for the one without a name.
const char *
profile_name(void);

// Whether NAME is one: small letters, digits, '-' and '_', of any language's
// letters none but a to z.  If not, *diag says so.
bool
profile_is_name(const char *name, struct diag *diag);

// Sets $ROLLCALL_PROFILE, for programs started from here, too.  "" is the one
// without a name.
enum status
profile_choose(const char *name, struct diag *diag);

// The folder of the person: path_user_data(), or profiles/NAME in it.  It need
// not be there yet.  False where there is no home.
bool
profile_folder(char path[PATH_SIZE]);

// FILE in that folder.
bool
profile_path(char path[PATH_SIZE], const char *file);

struct profiles {
    size_t count;
    char   names[PROFILE_MOST][PROFILE_LONGEST + 1]; // by name
};

// Those with a folder.
void
profile_list(struct profiles *profiles);
#endif
