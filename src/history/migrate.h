// SPDX-License-Identifier: GPL-3.0-or-later
// Brings a database to the newest schema, one version after the other.
#ifndef HISTORY_MIGRATE_H
#define HISTORY_MIGRATE_H
#include "base/diag.h"
#include "base/status.h"
#include <sqlite3.h>

// STEPS[i] is the SQL from version i to i + 1 ("PRAGMA user_version").  All are
// done or none.  A database of a newer program: STATUS_FAILED, untouched.
// Damaged, or no database: STATUS_BAD_INPUT.  PATH is for *diag.
enum status
migrate(sqlite3 *db, const char *const *steps, int count, const char *path,
        struct diag *diag);

// What an error of SQLite's means to us; *diag says it of PATH.
enum status
migrate_failed(sqlite3 *db, const char *path, struct diag *diag);
#endif
