// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/past.h"

#include "base/text.h"
#include "history/inside.h"
#include <stdlib.h>

struct list {
    size_t count;
    void  *list;
};

typedef void
reader(void *record, sqlite3_stmt *row);

void
past_release(void *list)
{
    struct list *any = list;
    free(any->list);
    *any = (struct list){0};
}

// All rows of STATEMENT as records of SIZE bytes.
static enum status
read_all(void *out, size_t size, reader *read, struct store *store,
         sqlite3_stmt *statement, enum status st, struct diag *diag)
{
    struct list *list = out;
    size_t       room = 0;
    int          code = SQLITE_DONE;

    *list = (struct list){0};
    while (!st && statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (list->count == room) {
            room        = room ? 2 * room : 32;
            void *grown = realloc(list->list, room * size);
            if (grown) list->list = grown;
            if (!grown) st = STATUS_NO_MEMORY;
        }
        if (!st) read((char *)list->list + list->count++ * size, statement);
    }
    if (!st && code != SQLITE_DONE)
        st = migrate_failed(store->db, store->path, diag);
    sqlite3_finalize(statement);
    if (st) past_release(list);
    return st;
}

static void
text(char *to, size_t size, sqlite3_stmt *row, int column)
{
    const unsigned char *value = sqlite3_column_text(row, column);
    text_copy(to, size, value ? (const char *)value : "");
}

#define TEXT(to, column) text(to, sizeof(to), row, column)

static void
read_session(void *record, sqlite3_stmt *row)
{
    struct past_session *s = record;

    s->id      = sqlite3_column_int64(row, 0);
    s->started = sqlite3_column_int64(row, 1);
    s->zone    = sqlite3_column_int(row, 2);
    TEXT(s->routine, 3);
    TEXT(s->title, 4);
    TEXT(s->level, 5);
    TEXT(s->talk, 6);
    s->seconds = sqlite3_column_double(row, 7);
    TEXT(s->ended, 8);
    s->worked    = sqlite3_column_double(row, 9);
    s->done      = sqlite3_column_int(row, 10);
    s->shortened = sqlite3_column_int(row, 11);
    s->skipped   = sqlite3_column_int(row, 12);
    s->commands  = sqlite3_column_int(row, 13);
    s->pains     = sqlite3_column_int(row, 14);
    s->devices   = sqlite3_column_int(row, 15);
    s->before    = sqlite3_column_int(row, 16);
    s->after     = sqlite3_column_int(row, 17);
}

#define REMARKS(what)                                                          \
    "(SELECT count(*) FROM remarks WHERE session = s.id AND what = '" what "'" \
    ")"
#define DISCOMFORT(what)                                                       \
    "ifnull((SELECT CAST(value AS INTEGER) FROM remarks WHERE session = s.id"  \
    " AND what = '" what "' ORDER BY rowid DESC LIMIT 1), -1)"

// clang-format off
static const char sessions_sql[] =
    "SELECT s.id, started, zone, routine, s.title, level, talk, seconds,"
    " ended, ifnull(sum(g.done), 0), ifnull(sum(how = 'done'), 0),"
    " ifnull(sum(how = 'shortened'), 0), ifnull(sum(how = 'skipped'), 0),"
    " (SELECT count(*) FROM commands WHERE session = s.id AND taken), "
    REMARKS("pain") " - " REMARKS("pain_taken_back") ", " REMARKS("device") ", "
    DISCOMFORT("discomfort_before") ", " DISCOMFORT("discomfort_after")
    " FROM sessions s LEFT JOIN segments g ON g.session = s.id"
    " GROUP BY s.id ORDER BY started, s.id";
// clang-format on

enum status
past_sessions(struct past_sessions *out, struct store *store, struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement = store_ask(store, &st, diag, sessions_sql, "");
    return read_all(out, sizeof *out->list, read_session, store, statement, st,
                    diag);
}

static void
read_muscle(void *record, sqlite3_stmt *row)
{
    struct past_muscle *m = record;

    TEXT(m->muscle, 0);
    TEXT(m->side, 1);
    m->seconds  = sqlite3_column_double(row, 2);
    m->sessions = sqlite3_column_int(row, 3);
    m->last     = sqlite3_column_int64(row, 4);
    m->zone     = sqlite3_column_int(row, 5);
    TEXT(m->routine, 6);
}

enum status
past_muscles(struct past_muscles *out, struct store *store, int64_t since,
             struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement = store_ask(
        store, &st, diag,
        // with max() the bare columns are those of the same row
        "SELECT muscle, side, sum(done), count(DISTINCT s.id), max(started),"
        " zone, routine FROM muscles m JOIN segments g USING(session, visit)"
        " JOIN sessions s ON s.id = m.session"
        " WHERE done > 0 AND started >= ?"
        " GROUP BY muscle, side ORDER BY muscle, side",
        "i", since);
    return read_all(out, sizeof *out->list, read_muscle, store, statement, st,
                    diag);
}

static void
read_exercise(void *record, sqlite3_stmt *row)
{
    struct past_exercise *e = record;

    TEXT(e->exercise, 0);
    e->sessions = sqlite3_column_int(row, 1);
}

enum status
past_exercises(struct past_exercises *out, struct store *store,
               const char *except, struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement =
        store_ask(store, &st, diag,
                  "SELECT exercise, count(DISTINCT session) FROM segments"
                  " WHERE how = 'done' AND session NOT IN"
                  " (SELECT id FROM sessions WHERE key = ?)"
                  " GROUP BY exercise ORDER BY exercise",
                  "s", except);
    return read_all(out, sizeof *out->list, read_exercise, store, statement, st,
                    diag);
}

static void
read_segment(void *record, sqlite3_stmt *row)
{
    struct store_segment *s = record;

    s->visit = sqlite3_column_int(row, 0);
    TEXT(s->exercise, 1);
    TEXT(s->title, 2);
    s->set  = sqlite3_column_int(row, 3);
    s->sets = sqlite3_column_int(row, 4);
    TEXT(s->side, 5);
    s->planned = sqlite3_column_double(row, 6);
    s->done    = sqlite3_column_double(row, 7);
    TEXT(s->how, 8);
    TEXT(s->muscles, 9);
}

enum status
past_segments(struct past_segments *out, struct store *store, int64_t id,
              struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement = store_ask(
        store, &st, diag,
        "SELECT visit, exercise, title, nth, sets, side, planned, done, how,"
        " (SELECT group_concat(muscle, char(10)) FROM muscles m"
        "  WHERE m.session = g.session AND m.visit = g.visit)"
        " FROM segments g WHERE session = ? ORDER BY visit",
        "i", id);
    return read_all(out, sizeof *out->list, read_segment, store, statement, st,
                    diag);
}

static void
read_command(void *record, sqlite3_stmt *row)
{
    struct store_command *c = record;

    c->at = sqlite3_column_double(row, 0);
    TEXT(c->command, 1);
    TEXT(c->source, 2);
    c->taken = sqlite3_column_int(row, 3) != 0;
}

enum status
past_commands(struct past_commands *out, struct store *store, int64_t id,
              struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement =
        store_ask(store, &st, diag,
                  "SELECT at, command, source, taken FROM commands"
                  " WHERE session = ? ORDER BY rowid",
                  "i", id);
    return read_all(out, sizeof *out->list, read_command, store, statement, st,
                    diag);
}

static void
read_remark(void *record, sqlite3_stmt *row)
{
    struct store_remark *r = record;

    r->at = sqlite3_column_double(row, 0);
    TEXT(r->what, 1);
    TEXT(r->value, 2);
}

enum status
past_remarks(struct past_remarks *out, struct store *store, int64_t id,
             struct diag *diag)
{
    enum status   st;
    sqlite3_stmt *statement = store_ask(
        store, &st, diag,
        "SELECT at, what, value FROM remarks WHERE session = ? ORDER BY rowid",
        "i", id);
    return read_all(out, sizeof *out->list, read_remark, store, statement, st,
                    diag);
}
