// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what a session does into history, and keeps its bookmark.
//
// A NULL diary keeps nothing.  All but diary_open() and diary_close() never
// wait for a disk.
#ifndef APP_DIARY_H
#define APP_DIARY_H
#include "app/bookmark.h"
#include "app/events.h"
#include "session/session.h"

struct diary;

// Keeps what SESSION does, which must stay, and has an undo.  BOOKMARK tells
// what it is and was asked for; its thread is a new one where its key is "".
// *out stays NULL where there is no home.
void
diary_open(struct diary **out, const struct bookmark *bookmark,
           const struct session *session, const struct routine *routine);

// Before anything happens to the session at FRAME, and then every now and
// then.
void
diary_look(struct diary *diary, int64_t frame);

void
diary_effect(struct diary *diary, const struct effect *effect);
void
diary_command(struct diary *diary, int64_t frame, enum command command,
              const struct command_source *source, bool taken);
// The one that broke off is not gone on with: what comes is another session,
// that begins at FRAME.
void
diary_start_over(struct diary *diary, int64_t frame);
// That is taken back at FRAME: it is gone on with after all.
void
diary_take_up(struct diary *diary, int64_t frame);

// What came to the sound device: "lost", "back", "stood still".
void
diary_device(struct diary *diary, int64_t frame, const char *what);

// For a start of the program that carries the session on, frames and all.
struct bookmark_thread
diary_thread(const struct diary *diary);

// Says once, on stderr, where something cannot be kept.
void
diary_tell(struct diary *diary);

// The session is over at FRAME.  Where it was INTERRUPTED it can be gone on
// with.  Waits a few seconds at most.
void
diary_close(struct diary *diary, int64_t frame, const char *ended,
            bool interrupted);
#endif
