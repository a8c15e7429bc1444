// SPDX-License-Identifier: GPL-3.0-or-later
// Ears: sound in, accepted commands out.
//
// Microphone -> 16 kHz -> echo canceller -> endpointer -> PocketSphinx with a
// closed grammar against competitors -> confidence.  Synchronous: the same
// code runs on a thread of its own behind a microphone, and in lockstep with a
// recording.  One thread at a time.
#ifndef LISTEN_LISTENER_H
#define LISTEN_LISTENER_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct listener;

struct listener_config {
    const char *voices;   // folder of a language: ".../voices/en-us"
    const char *commands; // file there of what can be said, NULL:
                          // "commands.yaml"
    unsigned rate;        // of what listener_feed() will get, Hz
    bool     cancel_echo;
};

// A stretch of speech and what came of it.  Times are frames at
// listener_config.rate since the first one fed.
struct heard {
    int64_t     from;
    int64_t     to;
    int64_t     decided; // frames fed when it was decided
    bool        accepted;
    const char *command;    // "next_set"; "" where nothing fits at all
    const char *phrase;     // "next set"
    double      confidence; // 0..1
    bool        doubtful;   // not accepted, but worth asking back
    const char *reason;     // why it was not accepted, for people; else ""
    bool        amid;       // it stood out of a sound that goes on and on
    bool        failed;     // for want of memory: it may have been a command
};

enum status
listener_open(struct listener **out, const struct listener_config *config,
              struct diag *diag);

void
listener_close(struct listener *listener); // NULL is fine

// From now on what is heard is compared with how one person says the commands:
// PATH is a file of "rollcall setup".  NULL: with nothing yet, but see probe.h.
// On failure nothing has changed, and *diag has every problem of the file.
enum status
listener_know(struct listener *listener, const char *path, struct diag *diag);

// How many seconds after it was played the loudspeaker is heard; -1 while that
// is not known.
double
listener_delay(const struct listener *listener);

// The loudspeaker is probably heard so many seconds later, as was measured
// before: what is known until the delay is found.
void
listener_expect(struct listener *listener, double delay);

// The commands the phrases file knows, by number 0..count-1.  At most 64.
size_t
listener_commands(const struct listener *listener);
const char *
listener_command(const struct listener *listener, size_t i);

// The commands that count in STATE of a session (commands.yaml, "states"), as
// listener_allow() wants them; false where it names no such state.
bool
listener_state(const struct listener *listener, const char *state,
               uint64_t *commands);

// Which commands count from now on: bit I for command I.  At start, and with
// UINT64_MAX, all but the answers that only certain questions ask for.
void
listener_allow(struct listener *listener, uint64_t commands);

// Any number of frames.  REFERENCE is what was played at the same frames, NULL
// where nothing was.  Never fails: what cannot be decoded is dropped.
void
listener_feed(struct listener *listener, const float *microphone,
              const float *reference, size_t frames);

// Between what was fed and what will be, sound was lost or repeated (an xrun):
// the loudspeaker may be heard later or earlier than it was.
void
listener_stumble(struct listener *listener);

// The end of the input counts as silence: decides what is open.
void
listener_finish(struct listener *listener);

// Forgets the room, what is open and what waits, and counts frames from 0
// again: for another recording, or a microphone that was opened anew.
void
listener_reset(struct listener *listener);

// How long somebody has been heard speaking without a pause, in frames; 0: not
// now.  The loudspeaker's own voice is not counted.
int64_t
listener_speaking(const struct listener *listener);

// The next result, oldest first; false when there is none.  Its texts are the
// listener's.  Rejected stretches of speech come too, accepted false.
bool
listener_next(struct listener *listener, struct heard *heard);
#endif
