// SPDX-License-Identifier: GPL-3.0-or-later
// Where a session is, in words that outlive the program: enough to go on with
// it after a crash, a power cut or kill -9.
//
// Written about once a second while its clock runs, so on return the clock is
// set forward by half of that: right to half a second.
#ifndef APP_BOOKMARK_H
#define APP_BOOKMARK_H
#include "app/prepare.h"
#include "session/session.h"

#define BOOKMARK_EVERY_MS 1000
#define BOOKMARK_SIZE     2048

// Which session of the history it is; carried over a break.
struct bookmark_thread {
    char    key[40];
    int64_t started; // seconds since 1970, UTC
    int     zone;    // minutes east
    int     visits;  // windows of work that were left
    int64_t ms;      // of session before this start of the program
};

struct bookmark {
    struct bookmark_thread thread;
    char                   routine[96];     // id
    char                   path[PATH_SIZE]; // as library_find() gave it
    // what was asked for
    enum level wished_level;
    enum talk  wished_talk;
    int        sets;
    int        minutes;
    bool       screening;
    uint64_t   plan; // bookmark_digest()
    // where it is
    enum level        level;
    enum talk         talk;
    int               gain;
    struct given      given;
    enum segment_kind kind;
    char              exercise[96]; // id, "": none
    int               set;
    enum side         side;
    int               about;
    int               nth; // of those alike, from 0
    int64_t           elapsed_ms;
    int64_t           length_ms;
    bool              moving; // its clock ran
};

// A number that differs where another session comes of the same file: of what
// is worked, how long, in which order.
uint64_t
bookmark_digest(const struct plan *plan);

// Fills in where SESSION is at FRAME.
void
bookmark_place(struct bookmark *bookmark, const struct session *session,
               int64_t frame);

// As text, NUL-terminated.  False where it does not fit.
bool
bookmark_print(char to[BOOKMARK_SIZE], const struct bookmark *bookmark);

// False where TEXT is no whole bookmark of this version.
bool
bookmark_parse(struct bookmark *bookmark, const char *text, size_t length);

// That of this person; false where no session broke off, or another program
// is at it now.
bool
bookmark_recall(struct bookmark *bookmark);

// Where its files are.  False where there is no home.
bool
bookmark_path(char path[PATH_SIZE]);

// The segment of PLAN it is in, or plan->count where there is none such.
size_t
bookmark_find(const struct bookmark *bookmark, const struct plan *plan);
#endif
