// SPDX-License-Identifier: GPL-3.0-or-later
// The listener behind the engine: in step with a render, or on a thread of its
// own behind a microphone.
#ifndef APP_EARS_H
#define APP_EARS_H
#include "audio/engine.h"
#include "base/diag.h"
#include "session/command.h"
#include <stdint.h>

struct ears;
struct early;

// What was heard.  Times are engine frames.
struct ear_heard {
    bool         accepted;
    bool         doubtful; // not accepted, but worth asking back
    bool         amid;     // in a sound that goes on and on
    enum command command;  // COMMANDS: none of a session
    char         name[48]; // as the file of commands has it
    char         phrase[64];
    double       confidence; // 0..1
    int64_t      from;
    int64_t      to;
    int64_t      decided;
    char         reason[96]; // why it was not accepted
};

struct ears_config {
    const char *voices;   // folder of the language
    const char *commands; // file there, NULL: a session's
    unsigned    rate;
    bool        live;   // on a thread
    const char *record; // file for what is heard and played, or NULL

    struct early *early; // what may have its listener ready, or NULL
};

// Whether the language in the folder VOICES can be listened to: its confidence
// model is fitted to one acoustic model, and without that nothing is heard.
bool
ears_know(const char *voices);

// The engine must have been made to listen.
enum status
ears_open(struct ears **out, struct engine *engine,
          const struct ears_config *config, struct diag *diag);

// Before the engine is freed.  NULL is fine.
void
ears_close(struct ears *ears);

// Which commands count from now on: bit per enum command.  Main thread.
void
ears_allow(struct ears *ears, uint64_t commands);

// All commands of STATE of the file count from now on.  Main thread.
void
ears_allow_state(struct ears *ears, const char *state);

// The device lost or repeated sound.  Main thread.
void
ears_stumble(struct ears *ears);

// The device was opened again: how late it is heard, and in what room, is to be
// found out once more, and until then nothing counts that is heard while it
// plays.  Main thread.
void
ears_renew(struct ears *ears);

// Takes in what the engine has heard so far; only where not LIVE.
void
ears_pump(struct ears *ears);

// How long somebody has been speaking, in frames; 0: not now.  Main thread.
int64_t
ears_speaking(const struct ears *ears);

// The next thing heard; false when there is none.  Main thread.
bool
ears_next(struct ears *ears, struct ear_heard *heard);
#endif
