// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/store.h"

#include "base/path.h"
#include "history/inside.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUSY_MS 5000 // another program's turn

static const char *const steps[] = {
    "CREATE TABLE sessions("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " key TEXT NOT NULL UNIQUE,"
    " started INTEGER NOT NULL, zone INTEGER NOT NULL,"
    " routine TEXT NOT NULL, title TEXT NOT NULL,"
    " level TEXT NOT NULL, talk TEXT NOT NULL,"
    " seconds REAL NOT NULL DEFAULT 0,"
    " ended TEXT);" // NULL: under way, or it broke off
    "CREATE TABLE segments("
    " session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,"
    " visit INTEGER NOT NULL,"
    " exercise TEXT NOT NULL, title TEXT NOT NULL,"
    " nth INTEGER NOT NULL, sets INTEGER NOT NULL, side TEXT NOT NULL,"
    " planned REAL NOT NULL, done REAL NOT NULL, how TEXT NOT NULL,"
    " PRIMARY KEY(session, visit));"
    "CREATE TABLE muscles("
    " session INTEGER NOT NULL, visit INTEGER NOT NULL, muscle TEXT NOT NULL,"
    " PRIMARY KEY(session, visit, muscle),"
    " FOREIGN KEY(session, visit) REFERENCES segments ON DELETE CASCADE);"
    "CREATE TABLE commands("
    " session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,"
    " at REAL NOT NULL, command TEXT NOT NULL, source TEXT NOT NULL,"
    " taken INTEGER NOT NULL);"
    "CREATE INDEX commands_session ON commands(session);"
    "CREATE TABLE remarks("
    " session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,"
    " at REAL NOT NULL, what TEXT NOT NULL, value TEXT NOT NULL);"
    "CREATE INDEX remarks_session ON remarks(session);",
    // 1 -> 2: how often an exercise was done is asked at each start
    "CREATE INDEX segments_exercise ON segments(exercise, how);",
};

#define STEPS ((int)(sizeof steps / sizeof *steps))

static enum status
failed(struct store *store, struct diag *diag)
{
    return migrate_failed(store->db, store->path, diag);
}

static enum status
run(struct store *store, const char *sql, struct diag *diag)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return STATUS_OK;
    return failed(store, diag);
}

// The file is its owner's alone; SQLite makes those beside it alike.
static void
make_file(const char *path)
{
    if (!path_make_folders(path)) return; // SQLite tells
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
}

// Where nothing can be written, the "-shm" file of WAL cannot be made either:
// then it is read as it lies there.
static int
open_as_it_lies(struct store *store)
{
    char  name[PATH_SIZE * 3 + 32] = "file:";
    char *to                       = name + strlen(name);

    for (const char *c = store->path; *c && to < name + PATH_SIZE * 3; c++) {
        static const char digits[] = "0123456789ABCDEF";
        if (strchr("%?#", *c)) {
            *to++ = '%';
            *to++ = digits[(unsigned char)*c >> 4];
            *to++ = digits[*c & 15];
        } else {
            *to++ = *c;
        }
    }
    memcpy(to, "?immutable=1", sizeof "?immutable=1");
    sqlite3_close(store->db);
    store->db = NULL;
    return sqlite3_open_v2(name, &store->db,
                           SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
}

static enum status
open_to_read(struct store *store, struct diag *diag)
{
    static const char look[] = "SELECT count(*) FROM sqlite_master";
    int               code =
        sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READONLY, NULL);

    sqlite3_busy_timeout(store->db, BUSY_MS);
    if (!code) code = sqlite3_exec(store->db, look, NULL, NULL, NULL);
    if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
        code = open_as_it_lies(store);
    if (!code) code = sqlite3_exec(store->db, look, NULL, NULL, NULL);
    return code ? failed(store, diag) : STATUS_OK;
}

static enum status
open_to_write(struct store *store, struct diag *diag)
{
    make_file(store->path);
    int code =
        sqlite3_open_v2(store->path, &store->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    if (code != SQLITE_OK) return failed(store, diag);
    // FULL: what is committed outlives a power cut
    return run(store,
               "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
               "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
               diag);
}

enum status
store_open(struct store **out, const char *path, bool read_only,
           struct diag *diag)
{
    struct store *store = calloc(1, sizeof *store);
    enum status   st    = STATUS_NO_MEMORY;

    if (store) store->path = strdup(path);
    if (!store || !store->path) goto failed;
    if (read_only && !path_exists(path)) {
        diag_set(diag, path, "there is no history yet");
        st = STATUS_NOT_FOUND;
        goto failed;
    }
    st = read_only ? open_to_read(store, diag) : open_to_write(store, diag);
    if (!st && !read_only) st = migrate(store->db, steps, STEPS, path, diag);
    if (st) goto failed;
    *out = store;
    return STATUS_OK;
failed:
    store_close(store);
    return st;
}

void
store_close(struct store *store)
{
    if (!store) return;
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

sqlite3_stmt *
store_ask(struct store *store, enum status *status, struct diag *diag,
          const char *sql, const char *types, ...)
{
    sqlite3_stmt *statement = NULL;
    va_list       values;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);

    va_start(values, types);
    for (int i = 0; !code && types[i]; i++) {
        if (types[i] == 's')
            code = sqlite3_bind_text(statement, i + 1,
                                     va_arg(values, const char *), -1,
                                     SQLITE_TRANSIENT);
        else if (types[i] == 'i')
            code =
                sqlite3_bind_int64(statement, i + 1, va_arg(values, int64_t));
        else
            code =
                sqlite3_bind_double(statement, i + 1, va_arg(values, double));
    }
    va_end(values);
    *status = STATUS_OK;
    if (code == SQLITE_OK) return statement;
    *status = failed(store, diag);
    sqlite3_finalize(statement);
    return NULL;
}

// Runs a statement that gives nothing back.
static enum status
finish(struct store *store, sqlite3_stmt *statement, enum status status,
       struct diag *diag)
{
    if (!statement) return status;
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW) status = failed(store, diag);
    sqlite3_finalize(statement);
    return status;
}

enum status
store_begin(struct store *store, struct diag *diag)
{
    return run(store, "BEGIN IMMEDIATE", diag);
}

enum status
store_commit(struct store *store, struct diag *diag)
{
    return run(store, "COMMIT", diag);
}

void
store_rollback(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

enum status
store_session(struct store *store, const struct store_session *session,
              int64_t *id, struct diag *diag)
{
    const struct store_session *s = session;
    enum status                 st;
    sqlite3_stmt               *statement;

    statement = store_ask(
        store, &st, diag,
        // not OR IGNORE, which takes a number for each row that it ignores
        "INSERT INTO sessions(key, started, zone, routine, title, level, talk)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
        " WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE key = ?1)",
        "siissss", s->key, s->started, (int64_t)s->zone, s->routine, s->title,
        s->level, s->talk);

    st = finish(store, statement, st, diag);
    if (st) return st;
    statement = store_ask(store, &st, diag,
                          "SELECT id FROM sessions WHERE key = ?", "s", s->key);
    if (!statement) return st;
    if (sqlite3_step(statement) == SQLITE_ROW)
        *id = sqlite3_column_int64(statement, 0);
    else
        st = failed(store, diag);
    sqlite3_finalize(statement);
    return st;
}

static enum status
add_muscle(struct store *store, int64_t id, int visit, const char *muscle,
           struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement;

    statement = store_ask(store, &st, diag,
                          "INSERT OR IGNORE INTO muscles VALUES(?, ?, ?)",
                          "iis", id, (int64_t)visit, muscle);
    return finish(store, statement, st, diag);
}

enum status
store_segment(struct store *store, int64_t id,
              const struct store_segment *segment, struct diag *diag)
{
    const struct store_segment *s = segment;
    char                        list[STORE_LIST], *rest = NULL;
    enum status                 st;
    sqlite3_stmt               *statement;

    statement = store_ask(
        store, &st, diag,
        "INSERT OR REPLACE INTO segments VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "iissiisdds", id, (int64_t)s->visit, s->exercise, s->title,
        (int64_t)s->set, (int64_t)s->sets, s->side, s->planned, s->done,
        s->how);

    st = finish(store, statement, st, diag);
    memcpy(list, s->muscles, sizeof list);
    for (char *muscle = strtok_r(list, "\n", &rest); muscle && !st;
         muscle       = strtok_r(NULL, "\n", &rest))
        st = add_muscle(store, id, s->visit, muscle, diag);
    return st;
}

enum status
store_command(struct store *store, int64_t id,
              const struct store_command *command, struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement;

    statement = store_ask(store, &st, diag,
                          "INSERT INTO commands VALUES(?, ?, ?, ?, ?)", "idssi",
                          id, command->at, command->command, command->source,
                          (int64_t)command->taken);
    return finish(store, statement, st, diag);
}

enum status
store_remark(struct store *store, int64_t id, const struct store_remark *remark,
             struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement;

    statement =
        store_ask(store, &st, diag, "INSERT INTO remarks VALUES(?, ?, ?, ?)",
                  "idss", id, remark->at, remark->what, remark->value);
    return finish(store, statement, st, diag);
}

enum status
store_end(struct store *store, int64_t id, const struct store_end *end,
          struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement;

    statement =
        store_ask(store, &st, diag,
                  "UPDATE sessions SET seconds = ?, ended = nullif(?, '')"
                  " WHERE id = ?",
                  "dsi", end->seconds, end->ended, id);
    return finish(store, statement, st, diag);
}

// What was deleted must not lie on in the log beside the database.
static enum status
clean_up(struct store *store, struct diag *diag)
{
    return run(store, "PRAGMA wal_checkpoint(TRUNCATE)", diag);
}

enum status
store_delete(struct store *store, int64_t id, struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement;

    statement = store_ask(store, &st, diag, "DELETE FROM sessions WHERE id = ?",
                          "i", id);

    st = finish(store, statement, st, diag);
    if (st) return st;
    if (sqlite3_changes(store->db) == 0) {
        diag_set(diag, NULL,
                 "there is no session %lld; 'rollcall history' shows their "
                 "numbers",
                 (long long)id);
        return STATUS_NOT_FOUND;
    }
    return clean_up(store, diag);
}

enum status
store_delete_all(struct store *store, struct diag *diag)
{
    enum status st = run(store, "DELETE FROM sessions; VACUUM;", diag);
    return st ? st : clean_up(store, diag);
}
