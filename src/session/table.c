// SPDX-License-Identifier: GPL-3.0-or-later
// What each command means in each state.
#include "session/inside.h"

#define ASK_WITHIN_MS 10000 // for a yes

bool
answer_instead(struct session *s, enum command question, struct effects *fx)
{
    aside_drop(s, fx); // the new question replaces the old answer
    signal_add(s, fx, SIGNAL_ACCEPTED);
    answer_give(s, question);
    return true;
}

// ask_where(), ask_muscle(), ...: a handler for every question.
#define X(id, name)                                                            \
    static bool ask_##name(struct session *s, struct effects *fx)              \
    {                                                                          \
        return answer_instead(s, COMMAND_##id, fx);                            \
    }
COMMANDS_ABOUT_SESSION(X)
COMMANDS_ABOUT_ROLLING(X)
#undef X

// What is never taken back: it changed nothing.
static bool
is_question(enum command command)
{
    switch (command) {
#define X(id, name) case COMMAND_##id:
        COMMANDS_ABOUT_SESSION(X)
        COMMANDS_ABOUT_ROLLING(X)
#undef X
    case COMMAND_UNDO: return true;
    default: return false;
    }
}

// Whether COMMAND, taken in STATE, can be taken back.
static bool
is_undone(enum session_state state, enum command command)
{
    if (state == SESSION_ENDING) // all else only hastens the end
        return command == COMMAND_PAIN || command == COMMAND_SHARP;
    return state != SESSION_IDLE && !is_question(command);
}

static bool
tells_pain(const struct effects *fx)
{
    for (size_t i = 0; i < fx->count; i++) {
        if (fx->list[i].kind == EFFECT_PAIN) return true;
    }
    return false;
}

static bool
can_undo(const struct session *s)
{
    return s->undo && s->undo->there &&
           s->now - s->undo->at <= ms_to_frames(s, UNDO_WITHIN_MS);
}

// What waited LATE frames ago to end waits again; what was asked back does not.
static void
wait_again(struct session *s, int64_t late)
{
    if (s->state == SESSION_ENDING) s->remind += late;
    if (s->question != QUESTION_COMMAND) return;
    s->question = QUESTION_NONE;
    s->remind   = INT64_MAX;
}

// Nothing sounds any more: an instruction or a question that did is said again.
static void
pick_up(struct session *s, struct effects *fx)
{
    bool cut  = s->speech_until > session_elapsed(s) && s->last_text;
    bool held = s->aside.length && s->aside.holds;

    s->aside.length = 0;
    if (cut) s->speech_until = session_elapsed(s);
    if (held && s->state != SESSION_PAUSED) session_thaw(s);
    if (s->state == SESSION_IDLE) return;

    struct effect *effect = effect_add(s, fx, EFFECT_SEGMENT);
    effect->segment       = session_segment(s);
    effect->length        = s->length;
    effect->elapsed       = session_elapsed(s);
    if (s->question == QUESTION_PAIN)
        session_ask_pain(s);
    else if (s->question == QUESTION_GO_ON)
        come_back_ask(s);
    else if (cut && !s->held)
        answer_give(s, COMMAND_REPEAT);
}

// Back to what it was before the last command, the segment's clock included.
static bool
on_undo(struct session *s, struct effects *fx)
{
    int64_t              now   = s->now;
    int                  gain  = s->gain;
    struct session_music music = s->music;

    if (!can_undo(s)) return false;
    int64_t at     = s->undo->at;
    bool    pain   = s->undo->pain;
    s->undo->there = false;
    *s             = s->undo->before;
    s->now         = now;
    s->origin += now - at;
    wait_again(s, now - at);
    effect_add(s, fx, EFFECT_CUT);
    effect_add(s, fx, EFFECT_GO_ON);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (pain) pain_add(s, fx, "taken_back");
    if (s->gain != gain) effect_add(s, fx, EFFECT_GAIN)->gain = s->gain;
    if (s->music.off != music.off || s->music.gain != music.gain)
        effect_add(s, fx, EFFECT_MUSIC)->music = s->music;
    pick_up(s, fx);
    return true;
}

// ---- the table: an empty cell is a command that means nothing there -----

#define ASK(id, name) [COMMAND_##id] = ask_##name,
#define ASKED                                                                  \
    COMMANDS_ABOUT_SESSION(ASK)                                                \
    COMMANDS_ABOUT_ROLLING(ASK)                                                \
    [COMMAND_REPEAT] = on_repeat, [COMMAND_EXPLAIN] = on_explain
#define VOLUME                                                                 \
    [COMMAND_LOUDER] = on_louder, [COMMAND_QUIETER] = on_quieter,              \
    [COMMAND_MUSIC_OFF] = on_music_off, [COMMAND_MUSIC_ON] = on_music_on,      \
    [COMMAND_MUSIC_LOUDER]  = on_music_louder,                                 \
    [COMMAND_MUSIC_QUIETER] = on_music_quieter
#define ALWAYS                                                                 \
    [COMMAND_STOP] = on_stop, [COMMAND_PAIN] = on_pain,                        \
    [COMMAND_SHARP] = on_sharp, [COMMAND_END_SESSION] = on_end_session,        \
    [COMMAND_UNDO] = on_undo, [COMMAND_YES] = on_yes, [COMMAND_NO] = on_no,    \
    [COMMAND_LESS_TALK] = on_less_talk, [COMMAND_MORE_TALK] = on_more_talk
#define NUMBER(id, name) [COMMAND_##id] = on_##name,
#define ANSWERS_ASKED                                                          \
    COMMANDS_NUMBERS(NUMBER)                                                   \
    [COMMAND_LEFT] = on_left, [COMMAND_RIGHT] = on_right
#define MOVES                                                                  \
    [COMMAND_NEXT] = on_next, [COMMAND_NEXT_SET] = on_next_set,                \
    [COMMAND_NEXT_EXERCISE] = on_next_exercise, [COMMAND_BACK] = on_back,      \
    [COMMAND_REPEAT_SET] = on_repeat_set, [COMMAND_OTHER_SIDE] = on_other_side
#define TIMES                                                                  \
    [COMMAND_MORE_TIME] = on_more_time, [COMMAND_LESS_TIME] = on_less_time,    \
    [COMMAND_LIGHTER] = on_lighter, [COMMAND_DEEPER] = on_deeper

static handler *const table[SESSION_STATES][COMMANDS] = {
    [SESSION_IDLE] = {[COMMAND_START] = on_begin, VOLUME},
    [SESSION_READYING] =
        {ALWAYS, MOVES, TIMES, ASKED, ANSWERS_ASKED,
         VOLUME, [COMMAND_START] = on_ready, [COMMAND_PAUSE] = on_pause},
    [SESSION_RUNNING] = {ALWAYS, MOVES, TIMES, ASKED,
                         VOLUME, [COMMAND_PAUSE] = on_pause},
    [SESSION_CLOSING] = {ALWAYS, ASKED, VOLUME, [COMMAND_NEXT] = on_next,
                         [COMMAND_BACK] = on_back, [COMMAND_PAUSE] = on_pause},
    [SESSION_PAUSED] =
        {ALWAYS, MOVES, TIMES, ASKED, VOLUME, [COMMAND_START] = on_resume,
         [COMMAND_RESUME] = on_resume, [COMMAND_PAUSE] = on_pause_explaining},
    [SESSION_ENDING] = {[COMMAND_UNDO]        = on_undo,
                        [COMMAND_PAIN]        = on_pain,
                        [COMMAND_SHARP]       = on_sharp,
                        [COMMAND_STOP]        = on_stop_ending,
                        [COMMAND_END_SESSION] = on_end_now},
};

bool
session_handle(struct session *s, enum command command, struct effects *fx)
{
    handler *handle = table[s->state][command];
    return handle && handle(s, fx);
}

bool
session_command(struct session *session, int64_t frame, enum command command,
                struct effects *effects)
{
    struct session before;

    effects->count = 0;
    if (frame > session->now) session->now = frame;
    before = *session;
    if (!session_handle(session, command, effects)) {
        effects->count = 0;
        signal_add(session, effects, SIGNAL_DECLINED);
        return false;
    }
    if (session->undo && is_undone(before.state, command))
        *session->undo = (struct session_undo){true, session->now,
                                               tells_pain(effects), before};
    return true;
}

// What the session itself has asked, and waits for, is not asked over.
static bool
can_ask_back(const struct session *s, enum command command)
{
    return s->state != SESSION_ENDING && table[s->state][command] &&
           s->question != QUESTION_PAIN && s->question != QUESTION_GO_ON;
}

bool
session_ask(struct session *session, int64_t frame, enum command command,
            struct effects *effects)
{
    struct session     *s = session;
    char                text[PHRASE_SIZE];
    char                words[32] = "";
    struct phrase_value what      = {.name = "what", .text = words};

    effects->count = 0;
    if (frame > s->now) s->now = frame;
    if (!can_ask_back(s, command)) return false;

    for (size_t i = 0; command_name(command)[i] && i + 1 < sizeof words; i++) {
        char c   = command_name(command)[i];
        words[i] = (char)(c == '_' ? ' ' : c);
    }
    phrase_expand(text, s->voice.book,
                  command == COMMAND_END_SESSION ? PHRASE_CONFIRM_END
                                                 : PHRASE_CONFIRM,
                  &what, 1);
    aside_drop(s, effects);
    if (!aside_place(s, text)) return false;
    s->question = QUESTION_COMMAND;
    s->asked    = command;
    s->remind = s->aside.at + s->aside.length + ms_to_frames(s, ASK_WITHIN_MS);
    return true;
}

static bool
is_paused_already(const struct session *s)
{
    return s->state == SESSION_PAUSED && s->explained < 0;
}

// Answers count only where their question was asked; and while a segment asks,
// little else is listened for, so that an answer is not taken for it.
static bool
is_expected(const struct session *s, enum command command)
{
    bool gate       = session_is_asking(s, ASKS_GATE);
    bool side       = session_is_asking(s, ASKS_SIDE);
    bool discomfort = session_is_asking(s, ASKS_DISCOMFORT);

    if (command_number(command) >= 0) return discomfort;
    switch (command) {
    case COMMAND_YES:
    case COMMAND_NO: return gate || s->question != QUESTION_NONE;
    case COMMAND_LEFT:
    case COMMAND_RIGHT: return side;
    case COMMAND_MUSIC_OFF: return s->music.there && !s->music.off;
    case COMMAND_MUSIC_ON: return s->music.there && s->music.off;
    case COMMAND_MUSIC_LOUDER:
    case COMMAND_MUSIC_QUIETER: return s->music.there;
    case COMMAND_OTHER_SIDE: return session_segment(s)->side != SIDE_NONE;
    case COMMAND_NEXT:
    case COMMAND_NEXT_EXERCISE:
    case COMMAND_BACK:
    case COMMAND_REPEAT:
    case COMMAND_PAUSE:
    case COMMAND_STOP:
    case COMMAND_PAIN:
    case COMMAND_SHARP:
    case COMMAND_UNDO:
    case COMMAND_HELP:
    case COMMAND_LOUDER:
    case COMMAND_QUIETER:
    case COMMAND_END_SESSION: return true;
    default: return !gate && !side && !discomfort;
    }
}

uint64_t
session_commands(const struct session *session)
{
    uint64_t commands = 0;

    for (int i = 0; i < COMMANDS; i++) {
        if (!is_expected(session, (enum command)i)) continue;
        if (i == COMMAND_UNDO && !can_undo(session)) continue;
        if (i == COMMAND_PAUSE && is_paused_already(session)) continue;
        if (table[session->state][i]) commands |= UINT64_C(1) << i;
    }
    return commands;
}
