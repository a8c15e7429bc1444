// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of the history share among themselves.
#ifndef HISTORY_INSIDE_H
#define HISTORY_INSIDE_H
#include "history/migrate.h"
#include "history/store.h"

struct store {
    sqlite3 *db;
    char    *path;
};

// A statement with its values by the letters of TYPES: s text, i int64_t, d
// double.  NULL: *diag and *status say why.
sqlite3_stmt *
store_ask(struct store *store, enum status *status, struct diag *diag,
          const char *sql, const char *types, ...);
#endif
