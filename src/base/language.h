// SPDX-License-Identifier: GPL-3.0-or-later
// The language of this session: $ROLLCALL_LANGUAGE, else English.  Everything
// that is spoken or listened for lives in a folder of its own, voices/LANG.
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H
#include "base/diag.h"
#include "base/path.h"
#include "base/status.h"
#include <stdbool.h>

#define LANGUAGE_USUAL "en-us"

// "en-us", "de-de": the folder's name.
const char *
language_name(void);

bool
language_is_usual(void);

#define LANGUAGE_LONGEST 64 // bytes of a name, its NUL included

// The folder that WISH means: its name, or how it begins ("de").  The usual one
// is always there.  None such: STATUS_BAD_INPUT, and *diag names those there
// are.
enum status
language_find(char name[LANGUAGE_LONGEST], const char *wish, struct diag *diag);

// Sets $ROLLCALL_LANGUAGE, for programs started from here, too, to what
// language_find() finds.
enum status
language_choose(const char *wish, struct diag *diag);

// voices/LANG/FILE of the shared files, voices/LANG where FILE is NULL.  False
// where they are not to be found.
bool
language_path(char path[PATH_SIZE], const char *file);
#endif
