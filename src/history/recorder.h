// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a session's history and its bookmark on a thread of its own, so that
// a disk that is slow, full or gone never holds up a session.
//
// What is given is written in its order: a bookmark only when all before it is
// in the history.
#ifndef HISTORY_RECORDER_H
#define HISTORY_RECORDER_H
#include "history/slot.h"
#include "history/store.h"

#define RECORDER_MOST 4096 // that wait; more are lost, and that is told

enum record_kind {
    RECORD_SESSION, // from here on all is of another one
    RECORD_SEGMENT,
    RECORD_COMMAND,
    RECORD_REMARK,
    RECORD_END,
};

struct record {
    enum record_kind kind;
    union {
        struct store_session session;
        struct store_segment segment;
        struct store_command command;
        struct store_remark  remark;
        struct store_end     end;
    };
};

struct recorder;

struct recorder_config {
    const char          *history;  // the database
    const char          *bookmark; // the file of slots
    struct store_session session;
};

// Everything is opened by the thread, later.
enum status
recorder_open(struct recorder **out, const struct recorder_config *config);

// One thread calls these three.  They never wait for the disk.
void
recorder_write(struct recorder *recorder, const struct record *record);

// LENGTH up to SLOT_MOST; 0: there is nothing to go on with.  A newer one takes
// the place of one that waits.
void
recorder_mark(struct recorder *recorder, const void *data, size_t length);

// The first thing that went wrong, once; false where nothing did.
bool
recorder_problem(struct recorder *recorder, struct diag *diag);

// Waits until all is written, for PATIENCE_MS at most; what cannot be written
// by then is lost.  Gives a problem as recorder_problem() does.  NULL is fine.
bool
recorder_close(struct recorder *recorder, int patience_ms, struct diag *diag);
#endif
