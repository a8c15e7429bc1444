// SPDX-License-Identifier: GPL-3.0-or-later
// A player that is steered from outside: what it is asked for through the
// board, and what it shows there.  Main thread.
#ifndef APP_STEERING_H
#define APP_STEERING_H
#include "app/playing.h"
#include "control/board.h"

struct steering {
    struct board *board;
    struct state  state;  // as it was shown last
    bool          muted;  // the microphone, in every session to come
    int           volume; // dB, the same
    unsigned      begun;  // segments that were shown
};

// SELECTED: the routine that "start" plays.  BOARD must outlive it.
void
steering_init(struct steering *steering, struct board *board,
              const char *selected);

// Shows the state as it is with nothing being played; the microphone HEARS or
// is not in use.
void
steering_idle(struct steering *steering, bool hears);

// The same while voice and devices are being opened.
void
steering_starting(struct steering *steering);

// What can be done at any time: another routine selected, the microphone muted,
// or, with nothing being played, the volume.  False where WISH is none of
// these, and not answered.
bool
steering_settle(struct steering *steering, const struct wish *wish);

// ---- of a session ------------------------------------------------------

// Before the first frame.
void
steering_begin(struct player *p);

// What is wished by now happens at FRAME.
void
steering_take(struct player *p, int64_t frame);

// COMMAND was given, however it came.
void
steering_note(struct player *p, enum command command,
              const struct command_source *source, bool taken);

// How it stands at FRAME.
void
steering_show(struct player *p, int64_t frame);
#endif
