// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of the session share among themselves.
#ifndef SESSION_INSIDE_H
#define SESSION_INSIDE_H
#include "session/session.h"

#define AFTER_COMMAND_MS 300 // the accepting tone is heard before words

static inline int64_t
ms_to_frames(const struct session *s, int64_t ms)
{
    return ms * s->plan->rate / 1000;
}

struct effect *
effect_add(struct session *s, struct effects *fx, enum effect_kind kind);
void
signal_add(struct session *s, struct effects *fx, enum signal signal);

// Goes to the start of segment INDEX; past the last one the session ends.
void
session_enter(struct session *s, size_t index, struct effects *fx);

// Stops and starts the segment's clock.
void
session_freeze(struct session *s);
void
session_thaw(struct session *s);

// Ends all speech, answers included.
void
session_silence(struct session *s, struct effects *fx);

// Takes an answer back, waiting or begun; narration is not touched.
void
aside_drop(struct session *s, struct effects *fx);

// Puts cues that have not begun where they fit now.
void
session_replan(struct session *s);

// Says TEXT as soon as it covers nothing that matters; false where the segment
// has no room left for it.
bool
aside_place(struct session *s, const char *text);

// Answers time_left, where, help or repeat; where there is no room left, in
// the next segment.
void
answer_give(struct session *s, enum command question);
#endif
