// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal during a session: what goes on, on stderr; commands typed as
// lines, from stdin.
#ifndef APP_CONSOLE_H
#define APP_CONSOLE_H
#include "app/ears.h"
#include "plan/plan.h"
#include "session/command.h"

struct typed;

struct console {
    struct typed *typed;   // phrases of the language, or NULL
    bool          live;    // stderr is a terminal: the last line is redrawn
    bool          drawn;   // and stands there now
    bool          prompts; // stdin is a terminal: a line to type on is below it
    char          shown[512];
    char          heard[64];
    char          line[128];
    size_t        length;
    int           lines;  // that may still be taken at this look
    int           bytes;  // and bytes
    bool          closed; // stdin has ended
    bool          muted;  // the microphone, by "mute" and "unmute"
};

// Whether there is a terminal, and what can be typed; the first look begins.
void
console_open(struct console *console);

void
console_close(struct console *console);

// Takes the line that lives away, so that others can print.
void
console_clear(struct console *console);

// A segment begins: where the session is.  SECONDS since its start.
void
console_segment(struct console *console, double seconds,
                const struct plan *plan, const struct segment *segment,
                int64_t length);

void
console_heard(struct console *console, const struct ear_heard *heard);

// Somebody spoke and was not understood.
void
console_unsure(struct console *console);

// Redraws the line that lives: exercise, set, side, a bar for the segment, the
// words heard last.  Does nothing without a terminal.
void
console_tick(struct console *console, const struct plan *plan,
             const struct segment *segment, int64_t elapsed, int64_t length,
             bool paused);

// Begins a look at what is typed.  It ends after eight lines or 1 KiB, so that
// a stdin that never ends keeps nothing else waiting.
void
console_look(struct console *console);

// The next typed line, in small letters, without waiting; NULL when there is
// none yet, or none left for this look.  Valid until the next call.
const char *
console_line(struct console *console);

// The next typed command, as console_line() has it; false when there is none.
// Tells about lines that are no command; "mute" and "unmute" are the console's
// own.
bool
console_command(struct console *console, enum command *command);
#endif
