// SPDX-License-Identifier: GPL-3.0-or-later
// Where things are: the files that come with rollcall and the user's own.
#ifndef BASE_PATH_H
#define BASE_PATH_H
#include "base/status.h"
#include <stdbool.h>

#define PATH_SIZE 4096

// Where the program's shared files are (voices/, routines/), without a slash
// at the end: $ROLLCALL_SHARE, else ../share/rollcall beside the program, else
// where they are installed.
// False where neither can be named.
bool
path_share(char path[PATH_SIZE]);

// The user's own files: $XDG_DATA_HOME/rollcall or ~/.local/share/rollcall.
// False where there is no home.
bool
path_user_data(char path[PATH_SIZE]);

// FOLDER/NAME.  False where it would not fit.
bool
path_join(char path[PATH_SIZE], const char *folder, const char *name);

// Every folder that leads to the file PATH, for its owner alone.  False where
// one cannot be made, and errno says why: opening the file would only say that
// it is not there.
bool
path_make_folders(const char *path);

bool
path_exists(const char *path);
#endif
