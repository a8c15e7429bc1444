// SPDX-License-Identifier: GPL-3.0-or-later
// The events file: JSON Lines, one object an event, "at" in seconds and
// "frame" exact.  docs/events.md lists them.
#ifndef APP_EVENTS_H
#define APP_EVENTS_H
#include "app/ears.h"
#include "base/diag.h"
#include "base/status.h"
#include "plan/plan.h"
#include "session/command.h"

struct events;

// PATH "-" is stdout; NULL makes a log that keeps nothing.  APPEND to what is
// there.
enum status
events_open(struct events **out, const char *path, unsigned rate, bool append,
            struct diag *diag);

// Every line is given to TAP as well, without its newline; whether or not
// there is a file.
typedef void
events_tap(void *ctx, const char *line);
void
events_give(struct events *events, events_tap *tap, void *ctx);

// HOOKS (NULL: none) are run on what happens.
struct hooks;
void
events_hook(struct events *events, struct hooks *hooks);

// Flushes; fails where a line could not be written.  NULL is fine.
enum status
events_close(struct events *events, struct diag *diag);

// Each writes one line.  FRAME is the session's.
void
events_session(struct events *events, int64_t frame, const struct plan *plan);
void
events_segment(struct events *events, int64_t frame, const struct plan *plan,
               const struct segment *segment, int64_t length, int64_t elapsed);
void
events_length(struct events *events, int64_t frame, int64_t length);
void
events_say(struct events *events, int64_t frame, const char *text,
           int64_t length);
void
events_tone(struct events *events, int64_t frame, const char *name,
            const char *ends);
// "lost", "back": the sound device.
// "hold", "go_on", "cut": speech frozen, let go on, ended before its time.
void
events_plain(struct events *events, int64_t frame, const char *event);
// The sound device stood still for so many frames of time, and went on.
void
events_stall(struct events *events, int64_t frame, int64_t stalled);
// It stuttered so many times.
void
events_xrun(struct events *events, int64_t frame, unsigned count);
// The machine slept and woke.
void
events_slept(struct events *events, int64_t frame, double seconds);
void
events_microphone(struct events *events, int64_t frame, bool there);
void
events_gain(struct events *events, int64_t frame, int decibels);
void
events_music(struct events *events, int64_t frame, bool on, int decibels);

// How a command came.  HEARD only for "voice".
struct command_source {
    const char             *name; // "voice", "typed", "script", "socket", ...
    const struct ear_heard *heard;
};

// TAKEN false: it meant nothing at that moment.
void
events_command(struct events *events, int64_t frame, enum command command,
               const struct command_source *source, bool taken);
// One was heard with doubt, and is asked back.
void
events_asked(struct events *events, int64_t frame, enum command command,
             const struct command_source *source);
// VALUE as the session has it: 0 no, 1 yes; enum side; 0..10.
void
events_answer(struct events *events, int64_t frame,
              const struct segment *question, int value);
// WHAT: "told", "sharp", "sore".
void
events_pain(struct events *events, int64_t frame, const char *what,
            const struct exercise *exercise);
void
events_end(struct events *events, int64_t frame, const char *reason);
#endif
