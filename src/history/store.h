// SPDX-License-Identifier: GPL-3.0-or-later
// The history of one person: an SQLite database, its schema and what is
// written to it.  Several programs may have it open at once.
#ifndef HISTORY_STORE_H
#define HISTORY_STORE_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

#define STORE_NAME 96
#define STORE_TEXT 160
#define STORE_LIST 640 // muscles, a line each

struct store_session {
    char    key[40]; // of this session alone, in all the world
    int64_t started; // seconds since 1970, UTC
    int     zone;    // minutes east of UTC, there and then
    char    routine[STORE_NAME];
    char    title[STORE_TEXT];
    char    level[12];
    char    talk[12];
};

struct store_segment {
    int visit; // from 0, in the session: a second one of the same number
               // takes the first one's place
    char   exercise[STORE_NAME]; // what a history knows it by
    char   title[STORE_TEXT];
    int    set, sets;
    char   side[8];       // "left", "right", ""
    double planned, done; // seconds
    char   how[12];       // "done", "shortened", "skipped"
    char   muscles[STORE_LIST];
};

struct store_command {
    double at; // seconds into the session
    char   command[24];
    char   source[16]; // "voice", "typed", ...
    bool   taken;      // it meant something then
};

struct store_remark {
    double at;
    char   what[24]; // "pain", "discomfort_before", "device", ...
    char   value[STORE_TEXT];
};

struct store_end {
    double seconds;
    char   ended[16];
};

struct store;

// Reads and writes, and makes what is missing; READ_ONLY makes nothing:
// STATUS_NOT_FOUND where there is no history.  Damaged: STATUS_BAD_INPUT.
enum status
store_open(struct store **out, const char *path, bool read_only,
           struct diag *diag);

void
store_close(struct store *store); // NULL is fine

// All between the two is kept, or nothing.
enum status
store_begin(struct store *store, struct diag *diag);
enum status
store_commit(struct store *store, struct diag *diag);
void
store_rollback(struct store *store);

// *id is that of the session with this key, new or not.
enum status
store_session(struct store *store, const struct store_session *session,
              int64_t *id, struct diag *diag);
enum status
store_segment(struct store *store, int64_t id,
              const struct store_segment *segment, struct diag *diag);
enum status
store_command(struct store *store, int64_t id,
              const struct store_command *command, struct diag *diag);
enum status
store_remark(struct store *store, int64_t id, const struct store_remark *remark,
             struct diag *diag);
enum status
store_end(struct store *store, int64_t id, const struct store_end *end,
          struct diag *diag);

// Overwritten on the disk, too.  STATUS_NOT_FOUND: there is no such session.
enum status
store_delete(struct store *store, int64_t id, struct diag *diag);
enum status
store_delete_all(struct store *store, struct diag *diag);
#endif
