// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/inside.h"

#include <assert.h>
#include <string.h>

#define AFTER_ASIDE_MS 400 // before narration goes on

void
session_init(struct session *session, const struct plan_set *plans,
             enum level level, enum talk talk, const struct plan_voice *voice,
             struct session_undo *undo)
{
    memset(session, 0, sizeof *session);
    session->plans       = plans;
    session->plan        = plans->plan[level][talk];
    session->level       = level;
    session->talk        = talk;
    session->voice       = *voice;
    session->instruction = -1;
    session->explained   = -1;
    session->deferred    = COMMANDS;
    session->remind      = INT64_MAX;
    session->undo        = undo;
    if (undo) undo->there = false;
}

const struct segment *
session_segment(const struct session *session)
{
    return &session->plan->segments[session->segment];
}

bool
session_is_speaking(const struct session *session)
{
    const struct aside *aside = &session->aside;
    return (!session->held &&
            session->speech_until > session_elapsed(session)) ||
           (aside->length && aside->begun &&
            session->now < aside->at + aside->length);
}

int64_t
session_elapsed_at(const struct session *session, int64_t frame)
{
    return session->held ? session->elapsed : frame - session->origin;
}

int64_t
session_elapsed(const struct session *session)
{
    return session_elapsed_at(session, session->now);
}

int64_t
session_left(const struct session *session)
{
    const struct plan *plan =
        session->plans->plan[session->level][session->talk];
    int64_t left = session->length - session_elapsed(session);
    if (left < 0) left = 0; // one that waits for somebody, who takes long
    for (size_t i = session->segment + 1; i < plan->count; i++) {
        left += plan->segments[i].length;
    }
    return left;
}

struct effect *
effect_add(struct session *s, struct effects *fx, enum effect_kind kind)
{
    assert(fx->count < SESSION_MOST_EFFECTS);
    struct effect *effect = &fx->list[fx->count++];
    memset(effect, 0, sizeof *effect);
    effect->kind  = kind;
    effect->frame = s->now;
    return effect;
}

void
signal_add(struct session *s, struct effects *fx, enum signal signal)
{
    effect_add(s, fx, EFFECT_SIGNAL)->signal = signal;
}

void
session_freeze(struct session *s)
{
    if (s->held) return;
    s->elapsed = session_elapsed(s);
    s->held    = true;
}

void
session_thaw(struct session *s)
{
    if (!s->held) return;
    s->origin = s->now - s->elapsed;
    s->held   = false;
}

void
session_silence(struct session *s, struct effects *fx)
{
    effect_add(s, fx, EFFECT_CUT);
    s->aside.length = 0;
    s->deferred     = COMMANDS;
    if (s->speech_until > session_elapsed(s))
        s->speech_until = session_elapsed(s);
}

void
aside_drop(struct session *s, struct effects *fx)
{
    bool held = s->aside.length && s->aside.holds;

    if (s->aside.length && s->aside.begun) effect_add(s, fx, EFFECT_CUT_ASIDE);
    s->aside.length = 0;
    s->deferred     = COMMANDS;
    if (held && s->state != SESSION_PAUSED) session_thaw(s);
}

void
session_replan(struct session *s)
{
    struct layout_span busy[2];
    size_t             count   = 0;
    int64_t            elapsed = session_elapsed(s);
    int64_t            now     = elapsed + 1; // this frame is taken

    if (s->speech_until > elapsed)
        busy[count++] = (struct layout_span){elapsed, s->speech_until};
    if (s->aside.length && !s->aside.holds) {
        int64_t from  = s->aside.at - (s->now - elapsed);
        busy[count++] = (struct layout_span){from, from + s->aside.length};
    }
    layout_replace(session_segment(s), s->plan->rate, s->length,
                   now > s->cursor ? now : s->cursor, busy, count, s->at);
}

static enum session_state
state_in(enum segment_kind kind)
{
    switch (kind) {
    case SEGMENT_INTRO:
    case SEGMENT_SETUP:
    case SEGMENT_QUESTION:
    case SEGMENT_READY: return SESSION_READYING;
    case SEGMENT_OUTRO: return SESSION_CLOSING;
    default: return SESSION_RUNNING;
    }
}

void
pain_add(struct session *s, struct effects *fx, const char *what)
{
    struct effect *effect = effect_add(s, fx, EFFECT_PAIN);
    effect->pain.what     = what;
    effect->pain.exercise = plan_exercise(s->plan, session_segment(s));
}

static void
end_session(struct session *s, struct effects *fx, const char *reason)
{
    s->state    = SESSION_ENDED;
    s->held     = true;
    s->question = QUESTION_NONE;
    s->remind   = INT64_MAX;

    effect_add(s, fx, EFFECT_END)->reason = reason;
}

void
session_enter(struct session *s, size_t index, struct effects *fx)
{
    if (index >= s->plan->count) {
        end_session(s, fx, "completed");
        return;
    }
    s->plan          = s->plans->plan[s->level][s->talk];
    s->segment       = index;
    s->question      = QUESTION_NONE;
    s->remind        = INT64_MAX;
    s->length        = session_segment(s)->length;
    s->added         = 0;
    s->origin        = s->now;
    s->held          = false;
    s->cursor        = 0;
    s->speech_until  = 0;
    s->counted_until = 0;
    s->instruction   = -1;
    s->cut_short     = false;
    s->explained     = -1;
    s->answered      = false;
    s->beat          = 1; // the tone to begin stands for the first
    s->aside.length  = 0;
    s->state         = state_in(session_segment(s)->kind);
    layout_place(session_segment(s), s->plan->rate, s->length, s->at);

    struct effect *effect = effect_add(s, fx, EFFECT_SEGMENT);
    effect->segment       = session_segment(s);
    effect->length        = s->length;

    enum command question = s->deferred;
    s->deferred           = COMMANDS;
    if (question != COMMANDS) answer_give(s, question);
}

// Whether what was asked back in FROM has come by itself, or was for that
// segment alone.
static bool
is_past(const struct session *s, const struct segment *from)
{
    const struct segment *to = session_segment(s);

    switch (s->asked) {
    case COMMAND_NEXT:
    case COMMAND_MORE_TIME:
    case COMMAND_LESS_TIME: return true;
    case COMMAND_NEXT_SET:
        return to->exercise != from->exercise || to->set != from->set;
    case COMMAND_NEXT_EXERCISE: return to->exercise != from->exercise;
    default: return false;
    }
}

void
session_pass(struct session *s, size_t index, struct effects *fx)
{
    const struct segment *from     = session_segment(s);
    enum question         question = s->question;
    int64_t               remind   = s->remind;

    session_enter(s, index, fx);
    if (question != QUESTION_COMMAND || s->state == SESSION_ENDED ||
        session_is_asking(s, ASKS_GATE) || is_past(s, from))
        return;
    s->question = question;
    s->remind   = remind;
}

// The first cue not yet said, or -1.
static int
next_cue(const struct session *s)
{
    int next = -1;
    for (size_t i = 0; i < session_segment(s)->count; i++) {
        if (s->at[i] < s->cursor) continue;
        if (next < 0 || s->at[i] < s->at[next]) next = (int)i;
    }
    return next;
}

static bool
is_moving(const struct session *s)
{
    return !s->held && s->state != SESSION_IDLE && s->state != SESSION_ENDED;
}

static int64_t
cue_due(const struct session *s)
{
    int cue = is_moving(s) ? next_cue(s) : -1;
    return cue < 0 ? INT64_MAX : s->origin + s->at[cue];
}

static int64_t
end_due(const struct session *s)
{
    if (!is_moving(s) || session_segment(s)->open) return INT64_MAX;
    return s->origin + s->length;
}

static int64_t
pace_due(const struct session *s)
{
    int64_t next = is_moving(s) ? pace_next(s) : INT64_MAX;
    return next == INT64_MAX ? INT64_MAX : s->origin + next;
}

static int64_t
aside_due(const struct session *s)
{
    const struct aside *aside = &s->aside;
    if (!aside->length) return INT64_MAX;
    if (!aside->begun) return aside->at;
    int64_t after = aside->holds ? ms_to_frames(s, AFTER_ASIDE_MS) : 0;
    return aside->at + aside->length + after;
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t
session_due(const struct session *session)
{
    if (explain_is_due(session)) return session->now;
    return earlier(earlier(aside_due(session), session->remind),
                   earlier(earlier(cue_due(session), pace_due(session)),
                           end_due(session)));
}

static void
say_cue(struct session *s, struct effects *fx)
{
    int               i      = next_cue(s);
    const struct cue *cue    = &session_segment(s)->cues[i];
    struct effect    *effect = effect_add(s, fx, EFFECT_SAY);

    effect->say.text   = cue->text;
    effect->say.length = cue->length;
    s->cursor          = s->at[i] + 1;
    s->speech_until    = s->at[i] + cue->length;
    if (cue->importance >= IMPORTANCE_TEN) s->counted_until = s->speech_until;
    if (cue->instruction) {
        s->instruction = i;
        s->last_text   = cue->text;
    }
}

static void
end_segment(struct session *s, struct effects *fx)
{
    static const enum signal signals[] = {
        [END_GO]       = SIGNAL_GO,
        [END_SIDE]     = SIGNAL_ZERO_SIDE,
        [END_SET]      = SIGNAL_ZERO_SET,
        [END_EXERCISE] = SIGNAL_ZERO_EXERCISE,
        [END_SESSION]  = SIGNAL_ZERO_SESSION,
    };
    enum segment_end end = session_segment(s)->end;

    bool asks = session_is_asking(s, ASKS_GATE);

    if (end != END_SILENT) signal_add(s, fx, signals[end]);
    session_pass(s, session_after_question(s), fx);
    if (asks && s->state != SESSION_ENDED)
        aside_place(s, phrase_text(s->voice.book, PHRASE_UNANSWERED));
}

static void
begin_aside(struct session *s, struct effects *fx)
{
    struct effect *effect = effect_add(s, fx, EFFECT_ASIDE);
    effect->say.text      = s->aside.text;
    effect->say.length    = s->aside.length;
    s->aside.begun        = true;
    if (s->aside.holds) session_freeze(s);
}

static void
end_aside(struct session *s)
{
    bool held       = s->aside.holds;
    s->aside.length = 0;
    if (s->aside.explains) s->explained++;
    if (held) session_thaw(s);
}

// No answer: what the session has asked itself is asked once more, what it has
// asked back is dropped.  An end that nobody took back is the end.
static void
remind(struct session *s, struct effects *fx)
{
    bool again = !s->reminded && !s->aside.length;

    if (s->state == SESSION_ENDING) {
        end_session(s, fx, s->completed ? "completed" : "ended");
        return;
    }
    if (s->question == QUESTION_COMMAND) s->question = QUESTION_NONE;
    if (again && s->question == QUESTION_GO_ON) come_back_ask(s);
    if (again && s->question == QUESTION_PAIN) session_ask_pain(s);
    s->reminded = true;
    s->remind   = INT64_MAX;
}

void
session_reach(struct session *session, int64_t frame, struct effects *effects)
{
    struct session *s   = session;
    int64_t         due = session_due(s);

    effects->count = 0;
    if (due > frame) {
        if (frame > s->now) s->now = frame;
        return;
    }
    if (due > s->now) s->now = due;
    if (explain_is_due(s))
        explain_go_on(s, effects);
    else if (due == aside_due(s) && s->aside.begun)
        end_aside(s);
    else if (due == s->remind)
        remind(s, effects);
    else if (due == cue_due(s))
        say_cue(s, effects);
    else if (due == pace_due(s))
        pace_beat(s, effects);
    else if (due == end_due(s))
        end_segment(s, effects);
    else
        begin_aside(s, effects);
}
