// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal during a session: what goes on, on stderr; commands typed as
// lines, from stdin.
#ifndef APP_CONSOLE_H
#define APP_CONSOLE_H
#include "app/ears.h"
#include "plan/plan.h"
#include "session/command.h"

struct console {
    char   line[128];
    size_t length;
    bool   too_long;
    bool   closed; // stdin has ended
};

// A segment begins: where the session is.  SECONDS since its start.
void
console_segment(double seconds, const struct plan *plan,
                const struct segment *segment, int64_t length);

void
console_heard(const struct ear_heard *heard);

// The next typed command, without waiting; false when there is none.  Tells
// about lines that are no command.
bool
console_command(struct console *console, enum command *command);
#endif
