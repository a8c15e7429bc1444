// SPDX-License-Identifier: GPL-3.0-or-later
// Soft tones for the strokes of rolling: up, down, up, down.
//
// People roll twice as fast as relaxes a muscle most (J Sports Sci Med 2024,
// 23:684); a routine's pace is strokes, each up and down, a minute.
#include "session/inside.h"

#define TONE_MS  250  // longer than one of them sounds
#define COUNT_MS 3000 // before the end, from "three" on

// The BEAT-th half stroke; every one from the start, so that none drifts.
static int64_t
frame_of(const struct session *s, int beat)
{
    int64_t rate = s->plan->rate;
    return beat * 60 * rate / (2 * (int64_t)session_segment(s)->pace);
}

// Under "ten seconds" and the count there is nothing else to hear.
static bool
is_counted(const struct session *s, int64_t from)
{
    const struct segment *segment = session_segment(s);
    int64_t               to      = from + ms_to_frames(s, TONE_MS);

    if (from < s->counted_until) return true;
    for (size_t i = 0; i < segment->count; i++) {
        const struct cue *cue = &segment->cues[i];
        if (cue->importance < IMPORTANCE_TEN || s->at[i] == LAYOUT_DROPPED)
            continue;
        if (from < s->at[i] + cue->length && to > s->at[i]) return true;
    }
    return false;
}

// The beat that comes next: those in whose time there were none, before more
// time was given, are over.
static int
next_beat(const struct session *s)
{
    int64_t elapsed = session_elapsed(s);
    int     beat    = s->beat;

    while (frame_of(s, beat) < elapsed) beat++;
    return beat;
}

int64_t
pace_next(const struct session *s)
{
    if (!session_segment(s)->pace) return INT64_MAX;

    int64_t next = frame_of(s, next_beat(s));
    int64_t last = s->length - ms_to_frames(s, TONE_MS + COUNT_MS);
    return next <= last ? next : INT64_MAX;
}

void
pace_beat(struct session *s, struct effects *fx)
{
    int  beat = next_beat(s);
    bool down = beat % 2 == 1;

    if (!is_counted(s, session_elapsed(s)))
        signal_add(s, fx, down ? SIGNAL_PACE_DOWN : SIGNAL_PACE_UP);
    s->beat = beat + 1;
}
