// SPDX-License-Identifier: GPL-3.0-or-later
// A session carried over into a fresh start of the program, for when the sound
// system hangs and cannot be used in this process any more.
#ifndef APP_AGAIN_H
#define APP_AGAIN_H
#include "app/bookmark.h"
#include "base/status.h"
#include "plan/plan.h"
#include "session/session.h"
#include <stdbool.h>

struct again {
    struct session         session; // pointers are set by again_restore()
    int64_t                frame;   // of the session, reached
    bool                   paused;  // by the person, not by the loss
    int                    tries;   // starts in a row that found no sound
    enum level             level;   // of the plan under way
    enum talk              talk;
    bool                   screening; // the plan begins with the questions
    struct bookmark_thread thread;    // which session of the history it is
    char                   last_text[1024]; // what "repeat" says, or ""
};

// Whether again_take() will have one: then the program was started with all
// its arguments.
bool
again_waits(void);

// Whether this start is to go on with a session; once.
bool
again_take(struct again *again);

void
again_save(struct again *again, const struct session *session,
           const struct plan_set *plans, int64_t frame);

// The session as it was, at home in this process: AGAIN must outlive it.
// False where it does not fit the plans.
bool
again_restore(const struct again *again, struct session *session,
              const struct plan_set *plans, const struct plan_voice *voice,
              struct session_undo *undo);

// Starts the program afresh with the ARGUMENTS of its subcommand ("rollcall
// play" first, NULL last).  Returns only where that cannot be done.
void
again_start(const struct again *again, char *const *arguments);
#endif
