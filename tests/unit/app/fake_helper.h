// SPDX-License-Identifier: GPL-3.0-or-later
// A device that is not there: it takes sound as fast as it is made, and whole
// sessions on it.
#ifndef FAKE_HELPER_H
#define FAKE_HELPER_H
#include "app/player.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { RATE = 48000, FAKE_MOST = 4096 };

// What it is like for the next session; FAKE_MOST frames at a time are the
// most.
extern size_t fake_block;
extern void (*fake_trouble)(struct host *host, int64_t frame);

// The air: how loud and how late the microphone hears it, and what else.
extern float   fake_echo;
extern int64_t fake_delay;
extern float   fake_voice; // size of a tone that stands for a voice

// What it played in the last session.
extern float  *fake_sound;
extern int64_t fake_frames;

extern const struct host_ops fake_host;

// A private folder; what is said is kept there from one session to the next.
// For the whole program.
int
fake_set_up(void **state);
int
fake_tear_down(void **state);

// Files for the next session, or NULL: its recording, and what stands for the
// microphone of a file host.
extern const char *fake_record, *fake_microphone;

// For the next session: the file of its commands, or NULL, and whether it is
// kept in the history.
extern const char *fake_script;
extern bool        fake_keep;

// For the next session: what it was started with, or NULL.
extern char *const *fake_arguments;

// For the next session: the frame at which the device fails for good; 0: never.
extern int64_t fake_breaks;

// In that folder.  Static until the next call.
const char *
fake_path(const char *name);

// Lats, one set, few words; on HOST.  The caller's: all its events.
json_t *
fake_play(const struct host_ops *host, bool listen,
          struct player_result *result);

bool
fake_is(const json_t *event, const char *kind);
#endif
