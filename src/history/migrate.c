// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/migrate.h"

#include <stdio.h>

enum status
migrate_failed(sqlite3 *db, const char *path, struct diag *diag)
{
    int code = sqlite3_errcode(db);

    switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        diag_set(diag, path,
                 "this history is damaged; move the file away and a new one "
                 "begins");
        return STATUS_BAD_INPUT;
    case SQLITE_NOMEM: return STATUS_NO_MEMORY;
    case SQLITE_FULL:
        diag_set(diag, path, "the disk is full; make room on it");
        return STATUS_FAILED;
    case SQLITE_BUSY:
        diag_set(diag, path, "another program uses it; try again");
        return STATUS_FAILED;
    default:
        diag_set(diag, path, "%s", sqlite3_errmsg(db));
        return STATUS_FAILED;
    }
}

static int
keep_number(void *ctx, int columns, char **values, char **names)
{
    (void)names;
    return columns != 1 || sscanf(values[0], "%d", (int *)ctx) != 1;
}

static int
version_of(sqlite3 *db, int *version)
{
    return sqlite3_exec(db, "PRAGMA user_version", keep_number, version, NULL);
}

static int
take_steps(sqlite3 *db, const char *const *steps, int from, int count)
{
    char set[64];
    int  code = SQLITE_OK;

    for (int i = from; !code && i < count; i++)
        code = sqlite3_exec(db, steps[i], NULL, NULL, NULL);
    snprintf(set, sizeof set, "PRAGMA user_version = %d", count);
    if (!code) code = sqlite3_exec(db, set, NULL, NULL, NULL);
    return code ? code : sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

enum status
migrate(sqlite3 *db, const char *const *steps, int count, const char *path,
        struct diag *diag)
{
    int version = 0;

    if (version_of(db, &version) != SQLITE_OK)
        return migrate_failed(db, path, diag);
    if (version > count) {
        diag_set(diag, path,
                 "this history is of a newer rollcall (version %d, this one "
                 "knows up to %d); update rollcall",
                 version, count);
        return STATUS_FAILED;
    }
    if (version == count) return STATUS_OK;
    // Another program may be doing the same: look again with the lock held.
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK ||
        version_of(db, &version) != SQLITE_OK ||
        take_steps(db, steps, version, count) != SQLITE_OK) {
        enum status st = migrate_failed(db, path, diag);
        if (!sqlite3_get_autocommit(db))
            sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
        return st;
    }
    return STATUS_OK;
}
