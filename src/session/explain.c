// SPDX-License-Identifier: GPL-3.0-or-later
// "Explain": all that is to be known of the exercise at hand, line after line,
// while its clock stands.
#include "session/inside.h"

#define FIRST_MS 300  // after the accepting tone
#define STEP_MS  1100 // between lines: time to do what was said

// The N-th line about EXERCISE, made in TO where it has values; NULL past the
// last.  The order is that of a first setup.
static const char *
line(const struct session *s, const struct exercise *exercise, int n,
     char to[PHRASE_SIZE])
{
    if (*exercise->why && n-- == 0) return exercise->why;
    for (size_t i = 0; i < exercise->cautions; i++) {
        const struct caution *caution = &exercise->caution[i];
        struct phrase_value   what    = {"what", caution->stop_if, 0};
        if (*caution->say && n-- == 0) return caution->say;
        if (*caution->stop_if && n-- == 0) {
            phrase_expand(to, s->voice.book, PHRASE_STOP_IF, &what, 1);
            return to;
        }
    }
    return n < (int)exercise->setup.count ? exercise->setup.text[n] : NULL;
}

bool
on_explain(struct session *s, struct effects *fx)
{
    bool paused = s->state == SESSION_PAUSED;
    bool again  = paused && s->explained >= 0;

    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (!plan_exercise(s->plan, session_segment(s))) {
        aside_place(s, phrase_text(s->voice.book, PHRASE_NO_ANSWER));
        return true;
    }
    if (!paused) effect_add(s, fx, EFFECT_HOLD);
    if (!again) s->stays = paused;
    session_pause(s);
    s->explained = 0;
    return true;
}

// "Pause" while it is explained: the rest is left out, and the pause stays.
bool
on_pause_explaining(struct session *s, struct effects *fx)
{
    if (s->explained < 0) return false;
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    s->explained = -1;
    return true;
}

bool
explain_is_due(const struct session *s)
{
    return s->explained >= 0 && s->aside.length == 0;
}

// What was explained during the setup is not said once more.
static void
finish(struct session *s, struct effects *fx)
{
    s->explained = -1;
    if (s->stays) return;
    if (session_segment(s)->kind == SEGMENT_SETUP) {
        session_silence(s, fx);
        effect_add(s, fx, EFFECT_GO_ON);
        session_pass(s, s->segment + 1, fx);
        return;
    }
    session_thaw(s);
    effect_add(s, fx, EFFECT_GO_ON);
    s->state = s->before_pause;
}

void
explain_go_on(struct session *s, struct effects *fx)
{
    char                   text[PHRASE_SIZE];
    const struct exercise *exercise =
        plan_exercise(s->plan, session_segment(s));
    const char *said = line(s, exercise, s->explained, text);

    if (!said) {
        finish(s, fx);
        return;
    }
    aside_place_held(s, said, s->explained == 0 ? FIRST_MS : STEP_MS);
    if (s->aside.length)
        s->aside.explains = true;
    else
        s->explained++; // cannot be said
}
