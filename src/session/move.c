// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that go to another segment.
#include "session/inside.h"

#define BACK_MS 3000 // "back" this early means the one before

// Leaves what is being said and goes to a segment, out of a pause too.
bool
session_go(struct session *s, size_t index, struct effects *fx)
{
    s->hurt = false;
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (index < s->plan->count)
        session_enter(s, index, fx);
    else
        session_close(s, true);
    return true;
}

bool
on_begin(struct session *s, struct effects *fx)
{
    session_enter(s, 0, fx);
    return true;
}

// Straight to the first set.
bool
on_ready(struct session *s, struct effects *fx)
{
    size_t i = s->segment + 1;
    if (session_segment(s)->asks != ASKS_NOTHING) return false;
    while (i + 1 < s->plan->count &&
           s->plan->segments[i].asks == ASKS_NOTHING &&
           s->plan->segments[i].kind != SEGMENT_LEAD_IN)
        i++;
    return session_go(s, i, fx);
}

bool
on_next(struct session *s, struct effects *fx)
{
    return session_go(s, s->segment + 1, fx);
}

size_t
session_next_exercise(const struct session *s)
{
    int    here = session_segment(s)->exercise;
    size_t i    = s->segment + 1;
    while (i < s->plan->count && s->plan->segments[i].exercise == here) i++;
    return i;
}

bool
on_next_exercise(struct session *s, struct effects *fx)
{
    return session_go(s, session_next_exercise(s), fx);
}

bool
on_next_set(struct session *s, struct effects *fx)
{
    size_t after = session_next_exercise(s);
    int    set   = session_segment(s)->set;
    size_t i     = s->segment + 1;
    while (i < after && !(s->plan->segments[i].kind == SEGMENT_LEAD_IN &&
                          s->plan->segments[i].set > set))
        i++;
    return session_go(s, i, fx);
}

bool
on_repeat_set(struct session *s, struct effects *fx)
{
    int    set = session_segment(s)->set;
    size_t i   = s->segment;

    if (set == 0) return false;
    while (i > 0 &&
           s->plan->segments[i - 1].exercise == session_segment(s)->exercise &&
           s->plan->segments[i - 1].set == set)
        i--;
    return session_go(s, i, fx);
}

bool
on_back(struct session *s, struct effects *fx)
{
    bool early = session_elapsed(s) < ms_to_frames(s, BACK_MS);
    return session_go(s, s->segment - (early && s->segment > 0), fx);
}
