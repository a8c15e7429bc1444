// SPDX-License-Identifier: GPL-3.0-or-later
// The history of the person whose session it is, read whole.
#ifndef APP_LOOK_BACK_H
#define APP_LOOK_BACK_H
#include "history/summary.h"

#define LOOK_BACK_DAYS 28 // that count for balance and what is usual

struct look_back {
    struct past_sessions sessions; // all, oldest first
    struct past_muscles  muscles;  // of all time
    struct past_muscles  recent;   // of the last LOOK_BACK_DAYS
    struct summary       summary;
    int64_t              today; // summary_day()
};

// STATUS_NOT_FOUND: there is none yet.
enum status
look_back_read(struct look_back *back, struct diag *diag);

void
look_back_release(struct look_back *back); // zeroed is fine

// To write to it or to read more.
enum status
look_back_open(struct store **out, bool read_only, struct diag *diag);
#endif
