// SPDX-License-Identifier: GPL-3.0-or-later
// A session that broke off, and goes on.
#include "session/inside.h"

#define SETTLE_MS 300 // before words, after the accepting tone

// The last instruction that had begun by ELAPSED, or -1.
static int
instruction_at(const struct session *s, int64_t elapsed)
{
    const struct segment *segment = session_segment(s);
    int                   last    = -1;

    for (size_t i = 0; i < segment->count; i++) {
        if (!segment->cues[i].instruction || s->at[i] == LAYOUT_DROPPED ||
            s->at[i] > elapsed)
            continue;
        if (last < 0 || s->at[i] >= s->at[last]) last = (int)i;
    }
    return last;
}

// Sets the segment's clock; where the segment is as long as its words, back to
// the sentence that broke off.
static int64_t
set_clock(struct session *s, const struct session_place *place)
{
    const struct segment *segment = session_segment(s);
    int64_t               elapsed = place->elapsed;
    bool                  asks    = segment->asks != ASKS_NOTHING;

    if (!segment->spoken && !asks) {
        s->added  = place->length - s->length;
        s->length = place->length;
    }
    if (elapsed > s->length || asks) elapsed = asks ? 0 : s->length;
    layout_place(segment, s->plan->rate, s->length, s->at);
    s->instruction = instruction_at(s, elapsed);
    if (segment->spoken)
        elapsed = s->instruction < 0 ? 0 : s->at[s->instruction];
    if (s->instruction >= 0) s->last_text = segment->cues[s->instruction].text;
    s->cursor       = elapsed;
    s->speech_until = 0;
    s->origin       = s->now - elapsed;
    return elapsed;
}

void
come_back_ask(struct session *s)
{
    char                where[PHRASE_SIZE], text[PHRASE_SIZE];
    struct phrase_value value = {.name = "where", .text = where};

    answer_where(s, where);
    phrase_expand(text, s->voice.book, PHRASE_GO_ON, &value, 1);
    aside_place(s, text);
    session_await(s, QUESTION_GO_ON);
}

// In a setup its own words tell what to do; else there is time to lie down
// again before the clock runs.
static void
go_on(struct session *s)
{
    char                left[PHRASE_SIZE], text[PHRASE_SIZE];
    struct phrase_value value = {.name = "left", .text = left};
    int64_t             rate  = s->plan->rate;
    int64_t             rest  = s->length - session_elapsed(s);

    s->question = QUESTION_NONE;
    s->remind   = INT64_MAX;
    s->state    = s->before_pause;
    if (session_segment(s)->spoken || session_segment(s)->open ||
        session_segment(s)->asks != ASKS_NOTHING) {
        session_thaw(s);
        return;
    }
    phrase_duration(left, s->voice.book, (long)((rest + rate / 2) / rate));
    phrase_expand(text, s->voice.book, PHRASE_GO_ON_READY, &value, 1);
    aside_place_held(s, text, SETTLE_MS);
    s->aside.holds = s->aside.length > 0;
    if (!s->aside.holds) session_thaw(s);
}

bool
come_back_yes(struct session *s, struct effects *fx)
{
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    effect_add(s, fx, EFFECT_GO_ON);
    go_on(s);
    return true;
}

void
session_come_back(struct session *session, int64_t frame,
                  const struct session_place *place, struct effects *effects)
{
    struct session *s = session;

    effects->count = 0;
    s->now         = frame;
    session_enter(s, place->segment, effects);
    if (s->state == SESSION_ENDED) return;
    effects->list[0].elapsed = set_clock(s, place);
    effects->list[0].length  = s->length;
    if (place->gain != s->gain) {
        s->gain                                   = place->gain;
        effect_add(s, effects, EFFECT_GAIN)->gain = s->gain;
    }
    session_pause(s);
    if (place->ask)
        come_back_ask(s);
    else
        go_on(s);
}
