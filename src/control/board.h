// SPDX-License-Identifier: GPL-3.0-or-later
// Between the player and those who steer it: the state that the player shows,
// what it is asked for, and what it answers.
//
// The player's side is the main thread; the other side any thread.  All is
// copied under one lock that nobody keeps; nothing here waits for the other
// side, and the audio side never comes here.
#ifndef CONTROL_BOARD_H
#define CONTROL_BOARD_H
#include "base/status.h"
#include "control/state.h"
#include "plan/plan.h"
#include "session/command.h"
#include <stddef.h>

enum source { SOURCE_SOCKET, SOURCE_MPRIS, SOURCE_MQTT, SOURCES };

// "socket", "mpris", "mqtt"; as events have it.
const char *
source_name(enum source source);

enum wish_kind {
    WISH_COMMAND,
    WISH_PLAY,   // ROUTINE, or the selected one where it is ""
    WISH_SELECT, // what "start" plays
    WISH_VOLUME,
    WISH_MUTE,
    WISH_UNMUTE,
};

struct wish {
    enum wish_kind kind;
    enum source    source;
    uint64_t       token;   // of who wants an answer; 0: nobody
    enum command   command; // COMMAND
    char           routine[STATE_NAME];
    bool           levelled; // LEVEL was given
    enum level     level;
    int            sets;    // 0: as it is
    int            minutes; // the same
    int            volume;  // percent
};

enum outcome {
    OUTCOME_DONE,
    OUTCOME_DECLINED, // the command means nothing at this moment
    OUTCOME_IDLE,     // nothing is being played
    OUTCOME_BUSY,     // a session is under way
    OUTCOME_UNKNOWN,  // there is no such routine
};

struct board_reply {
    enum source  source; // of the wish, as is the token
    uint64_t     token;
    enum outcome outcome;
    char         text[256]; // for a person; "" where it is done
};

struct board;

// What both sides may have waiting.
#define BOARD_WISHES  64
#define BOARD_ANSWERS 256
#define BOARD_LINES   256

enum status
board_new(struct board **out);

void
board_free(struct board *board); // NULL is fine

// ---- the player's side -------------------------------------------------

// Wakes the others where it differs from what was shown.  POSITION: seconds
// of the segment, exact.
void
board_publish(struct board *board, const struct state *state, double position);

// An event as the events file has it, without a newline; kept where somebody
// listens for events, and dropped where too many wait.
void
board_event(struct board *board, const char *line);

// The next wish; false where there is none.
bool
board_wish(struct board *board, struct wish *wish);

// Whether there is one.
bool
board_is_asked(struct board *board);

void
board_answer(struct board *board, const struct wish *wish, enum outcome outcome,
             const char *text);

// Sleeps until there is a wish, a signal, or MS milliseconds are over.
void
board_sleep(struct board *board, int ms);

// ---- the other side ----------------------------------------------------

// WAKE is called, on the player's thread, when there is something to look at;
// NULL ends it.  At most BOARD_WAKERS of them.
#define BOARD_WAKERS 4
typedef void
board_waker(void *ctx);
bool
board_wake_me(struct board *board, board_waker *wake, void *ctx);
void
board_let_sleep(struct board *board, board_waker *wake, void *ctx);

// The state as it is; *position (may be NULL): seconds of the segment, counted
// on since it was published.
void
board_read(struct board *board, struct state *state, double *position);

// False where too many wait: the player is not there to look at them.
bool
board_ask(struct board *board, const struct wish *wish);

// To a wish of SOURCE, and nobody else's; false where there is none.
bool
board_next_answer(struct board *board, enum source source,
                  struct board_reply *answer);

// Whether events are kept.
void
board_listen(struct board *board, bool listen);

// The next event, for the caller to free(); NULL where there is none.
char *
board_next_event(struct board *board);
#endif
