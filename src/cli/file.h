// SPDX-License-Identifier: GPL-3.0-or-later
// Files written whole or not at all.
#ifndef CLI_FILE_H
#define CLI_FILE_H
#include "base/diag.h"
#include "base/status.h"
#include <stddef.h>

// The bytes of the file PATH, at most MOST; the caller's to free(), a NUL
// behind them.
enum status
file_load(char **bytes, size_t *length, const char *path, size_t most,
          struct diag *diag);

// Puts LENGTH bytes in place of the file PATH, in one step: who reads it sees
// the old ones or the new ones.  Its mode stays; a link stays one.
enum status
file_replace(const char *path, const char *bytes, size_t length,
             struct diag *diag);

// Makes the file PATH.  One that is there already stays as it is:
// STATUS_BAD_INPUT.
enum status
file_create(const char *path, const char *bytes, size_t length,
            struct diag *diag);
#endif
