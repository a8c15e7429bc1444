// SPDX-License-Identifier: GPL-3.0-or-later
// The questions that are segments of their own, and their answers.
#include "session/inside.h"

#define AFTER_ANSWER_MS 600 // the accepting tone, and a breath

void
session_adopt(struct session *session, const struct plan_set *plans)
{
    session->plans = plans;
}

bool
session_is_asking(const struct session *s, enum asks asks)
{
    return s->state == SESSION_READYING && !s->answered &&
           session_segment(s)->asks == asks && asks != ASKS_NOTHING;
}

// The question is over: nothing more of it is said, and its segment ends.
static bool
answered(struct session *s, int value, struct effects *fx)
{
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON); // an answer may hold the clock
    signal_add(s, fx, SIGNAL_ACCEPTED);
    session_thaw(s);

    struct effect *effect = effect_add(s, fx, EFFECT_ANSWER);
    effect->answer.to     = session_segment(s);
    effect->answer.value  = value;
    s->answered           = true;
    s->instruction        = -1;
    for (size_t i = 0; i < session_segment(s)->count; i++)
        s->at[i] = LAYOUT_DROPPED;
    s->length = session_elapsed(s) + ms_to_frames(s, AFTER_ANSWER_MS);
    effect_add(s, fx, EFFECT_LENGTH)->length = s->length;
    return true;
}

bool
session_answer_gate(struct session *s, bool yes, struct effects *fx)
{
    if (!session_is_asking(s, ASKS_GATE)) return false;
    gate_set gate = 1u << session_segment(s)->about;
    s->given.asked |= gate;
    s->given.gates &= ~gate;
    if (yes) s->given.gates |= gate;
    return answered(s, yes, fx);
}

size_t
session_after_question(const struct session *s)
{
    const struct segment *segment = session_segment(s);
    size_t                after   = s->segment + 1;

    if (segment->asks != ASKS_GATE || s->answered) return after;
    while (after < s->plan->count && s->plan->segments[after].asks == ASKS_GATE)
        after++;
    return after;
}

// ---- sides --------------------------------------------------------------

static bool
answer_side(struct session *s, enum side side, struct effects *fx)
{
    if (!session_is_asking(s, ASKS_SIDE)) return false;
    s->given.first[session_segment(s)->exercise] = side;
    return answered(s, (int)side, fx);
}

bool
on_left(struct session *s, struct effects *fx)
{
    return answer_side(s, SIDE_LEFT, fx);
}

bool
on_right(struct session *s, struct effects *fx)
{
    return answer_side(s, SIDE_RIGHT, fx);
}

// The index of the segment of KIND of this exercise and set, at or after FROM;
// past the exercise: the plan's count.
static size_t
find(const struct session *s, enum segment_kind kind, size_t from)
{
    const struct segment *here = session_segment(s);

    for (size_t i = from; i < s->plan->count; i++) {
        const struct segment *segment = &s->plan->segments[i];
        if (segment->exercise != here->exercise || segment->set != here->set)
            break;
        if (segment->kind == kind) return i;
    }
    return s->plan->count;
}

// From the first side over to the second, and from the second back to the
// first, each with its full time.
bool
on_other_side(struct session *s, struct effects *fx)
{
    size_t change = find(s, SEGMENT_CHANGE, s->segment + 1);
    size_t start  = s->segment;

    if (session_segment(s)->set == 0) return false;
    if (change < s->plan->count) return session_go(s, change, fx);
    if (session_segment(s)->side == SIDE_NONE) return false; // resting
    while (s->plan->segments[start].kind != SEGMENT_LEAD_IN) start--;
    if (find(s, SEGMENT_CHANGE, start) == s->plan->count) return false;
    return session_go(s, start, fx);
}

// ---- numbers ------------------------------------------------------------

static bool
answer_number(struct session *s, int number, struct effects *fx)
{
    if (!session_is_asking(s, ASKS_DISCOMFORT)) return false;
    s->given.discomfort[session_segment(s)->about] = number + 1;
    return answered(s, number, fx);
}

#define X(id, name)                                                            \
    bool on_##name(struct session *s, struct effects *fx)                      \
    {                                                                          \
        return answer_number(s, COMMAND_##id - COMMAND_NUMBER_0, fx);          \
    }
COMMANDS_NUMBERS(X)
#undef X
