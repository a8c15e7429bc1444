// SPDX-License-Identifier: GPL-3.0-or-later
// What the history tells: sessions, what was worked, how often.
#ifndef HISTORY_PAST_H
#define HISTORY_PAST_H
#include "history/store.h"
#include <stddef.h>

// A session, with what is in it summed up.
struct past_session {
    int64_t id;
    int64_t started; // seconds since 1970, UTC
    int     zone;    // minutes east of UTC, there and then
    char    routine[STORE_NAME];
    char    title[STORE_TEXT];
    char    level[12];
    char    talk[12];
    double  seconds;   // 0 where it broke off
    char    ended[16]; // "completed", "ended", ...; "": it broke off
    double  worked;    // seconds
    int     done, shortened, skipped; // windows of work
    int     commands;                 // that meant something
    int     pains;
    int     devices;       // troubles with them
    int     before, after; // discomfort 0..10, -1: not told
};

struct past_muscle {
    char    muscle[STORE_TEXT];
    char    side[8]; // "left", "right", "": both at once
    double  seconds;
    int64_t last;                // started, of the last session with it
    char    routine[STORE_NAME]; // of that session
    int     zone;                // the same
    int     sessions;
};

struct past_exercise {
    char exercise[STORE_NAME];
    int  sessions; // in which a window of it was done
};

// A list of RECORD; release it with past_release().
#define PAST_LIST(name, record)                                                \
    struct name {                                                              \
        size_t         count;                                                  \
        struct record *list;                                                   \
    }
PAST_LIST(past_sessions, past_session);
PAST_LIST(past_muscles, past_muscle);
PAST_LIST(past_exercises, past_exercise);
PAST_LIST(past_segments, store_segment);
PAST_LIST(past_commands, store_command);
PAST_LIST(past_remarks, store_remark);

// Oldest first.
enum status
past_sessions(struct past_sessions *out, struct store *store,
              struct diag *diag);

// Of sessions started at or after SINCE; each muscle's sides beside each other.
enum status
past_muscles(struct past_muscles *out, struct store *store, int64_t since,
             struct diag *diag);

// By name; without the session whose key is EXCEPT ("": none).
enum status
past_exercises(struct past_exercises *out, struct store *store,
               const char *except, struct diag *diag);

// What is in session ID.
enum status
past_segments(struct past_segments *out, struct store *store, int64_t id,
              struct diag *diag);
enum status
past_commands(struct past_commands *out, struct store *store, int64_t id,
              struct diag *diag);
enum status
past_remarks(struct past_remarks *out, struct store *store, int64_t id,
             struct diag *diag);

// LIST of any of the above.
void
past_release(void *list);
#endif
