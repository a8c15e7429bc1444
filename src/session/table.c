// SPDX-License-Identifier: GPL-3.0-or-later
// What each command means in each state.
#include "session/inside.h"

#include <string.h>

#define STEP_MS       10000 // more_time, less_time
#define LONGEST_MS    (60 * 60 * 1000)
#define COUNT_ROOM_MS 3400 // "three, two, one" and a breath
#define BACK_MS       3000 // "back" this early means the one before
#define GAIN_STEP     3    // dB

typedef bool
handler(struct session *s, struct effects *fx);

// ---- moving ------------------------------------------------------------

// Leaves what is being said and goes to a segment, out of a pause too.
static bool
go_to(struct session *s, size_t index, struct effects *fx)
{
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    session_enter(s, index, fx);
    return true;
}

static bool
on_begin(struct session *s, struct effects *fx)
{
    session_enter(s, 0, fx);
    return true;
}

// Straight to the first set.
static bool
on_ready(struct session *s, struct effects *fx)
{
    size_t i = s->segment + 1;
    while (i + 1 < s->plan->count &&
           s->plan->segments[i].kind != SEGMENT_LEAD_IN)
        i++;
    return go_to(s, i, fx);
}

static bool
on_next(struct session *s, struct effects *fx)
{
    return go_to(s, s->segment + 1, fx);
}

static size_t
next_exercise(const struct session *s)
{
    int    here = session_segment(s)->exercise;
    size_t i    = s->segment + 1;
    while (i < s->plan->count && s->plan->segments[i].exercise == here) i++;
    return i;
}

static bool
on_next_exercise(struct session *s, struct effects *fx)
{
    return go_to(s, next_exercise(s), fx);
}

static bool
on_next_set(struct session *s, struct effects *fx)
{
    size_t after = next_exercise(s);
    int    set   = session_segment(s)->set;
    size_t i     = s->segment + 1;
    while (i < after && !(s->plan->segments[i].kind == SEGMENT_LEAD_IN &&
                          s->plan->segments[i].set > set))
        i++;
    return go_to(s, i, fx);
}

static bool
on_back(struct session *s, struct effects *fx)
{
    bool early = session_elapsed(s) < ms_to_frames(s, BACK_MS);
    return go_to(s, s->segment - (early && s->segment > 0), fx);
}

// ---- standing still ----------------------------------------------------

static void
enter_pause(struct session *s)
{
    session_freeze(s);
    if (s->state != SESSION_PAUSED) s->before_pause = s->state;
    s->state = SESSION_PAUSED;
}

static bool
on_pause(struct session *s, struct effects *fx)
{
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    effect_add(s, fx, EFFECT_HOLD);
    enter_pause(s);
    return true;
}

// Silence first; then, in the pause, what can be said.
static bool
stop_with(struct session *s, enum phrase phrase, struct effects *fx)
{
    bool speaking = s->speech_until > session_elapsed(s);
    bool latest   = s->instruction >= 0 && s->at[s->instruction] < s->cursor &&
                  s->at[s->instruction] +
                          session_segment(s)->cues[s->instruction].length ==
                      s->speech_until;

    s->cut_short = s->cut_short || (speaking && latest);
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON); // nothing stays frozen
    enter_pause(s);
    aside_place(s, phrase_text(s->voice.book, phrase));
    return true;
}

static bool
on_stop(struct session *s, struct effects *fx)
{
    return stop_with(s, PHRASE_STOPPED, fx);
}

static bool
on_pain(struct session *s, struct effects *fx)
{
    return stop_with(s, PHRASE_PAIN, fx);
}

// Sets the segment's clock back to its last instruction.
static void
rewind_to_instruction(struct session *s)
{
    int64_t room    = ms_to_frames(s, AFTER_COMMAND_MS);
    s->cursor       = s->at[s->instruction];
    s->speech_until = s->cursor - room; // nothing is being said
    s->origin       = s->now + room - s->cursor;
    s->held         = false;
}

static bool
on_resume(struct session *s, struct effects *fx)
{
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    session_thaw(s);
    effect_add(s, fx, EFFECT_GO_ON);
    s->state = s->before_pause;
    if (s->cut_short) {
        s->cut_short = false;
        if (session_segment(s)->spoken)
            rewind_to_instruction(s);
        else
            answer_give(s, COMMAND_REPEAT);
    }
    return true;
}

static bool
on_end_session(struct session *s, struct effects *fx)
{
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    session_freeze(s);
    s->state = SESSION_ENDING;
    aside_place(s, phrase_text(s->voice.book, PHRASE_ENDED));
    if (s->aside.length == 0) { // no voice: end all the same
        s->state                              = SESSION_ENDED;
        effect_add(s, fx, EFFECT_END)->reason = "ended";
    }
    return true;
}

// ---- time --------------------------------------------------------------

static bool
on_more_time(struct session *s, struct effects *fx)
{
    int64_t length = s->length + ms_to_frames(s, STEP_MS);
    if (session_segment(s)->spoken || length > ms_to_frames(s, LONGEST_MS))
        return false;

    signal_add(s, fx, SIGNAL_ACCEPTED);
    s->length = length;
    session_replan(s);
    effect_add(s, fx, EFFECT_LENGTH)->length = length;
    return true;
}

// The segment cannot end before this: what is being said is finished, and the
// count is whole.  What "ten seconds" or the count has promised stands.
static int64_t
shortest(const struct session *s)
{
    int64_t least = session_elapsed(s);

    for (size_t i = 0; i < session_segment(s)->count; i++) {
        const struct cue *cue = &session_segment(s)->cues[i];
        bool said = s->at[i] != LAYOUT_DROPPED && s->at[i] < s->cursor;
        if (said && cue->importance >= IMPORTANCE_TEN) return s->length;
    }
    if (s->speech_until > least) least = s->speech_until;
    if (s->aside.length) {
        int64_t end = s->aside.at + s->aside.length - s->now;
        if (session_elapsed(s) + end > least) least = session_elapsed(s) + end;
    }
    return least + ms_to_frames(s, COUNT_ROOM_MS);
}

static bool
on_less_time(struct session *s, struct effects *fx)
{
    int64_t length = s->length - ms_to_frames(s, STEP_MS);
    int64_t least  = shortest(s);

    if (session_segment(s)->spoken || session_segment(s)->open) return false;
    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (length < least) length = least;
    if (length >= s->length) {
        aside_drop(s, fx);
        aside_place(s, phrase_text(s->voice.book, PHRASE_NO_SHORTER));
        return true;
    }
    s->length = length;
    session_replan(s);
    effect_add(s, fx, EFFECT_LENGTH)->length = length;
    return true;
}

// ---- answers and volume ------------------------------------------------

static bool
answer(struct session *s, enum command question, struct effects *fx)
{
    aside_drop(s, fx); // the new question replaces the old answer
    signal_add(s, fx, SIGNAL_ACCEPTED);
    answer_give(s, question);
    return true;
}

static bool
on_time_left(struct session *s, struct effects *fx)
{
    return answer(s, COMMAND_TIME_LEFT, fx);
}

static bool
on_where(struct session *s, struct effects *fx)
{
    return answer(s, COMMAND_WHERE, fx);
}

static bool
on_help(struct session *s, struct effects *fx)
{
    return answer(s, COMMAND_HELP, fx);
}

static bool
on_repeat(struct session *s, struct effects *fx)
{
    bool moving = s->state != SESSION_PAUSED;
    if (!s->last_text) return false;
    if (!moving || !session_segment(s)->spoken || s->instruction < 0)
        return answer(s, COMMAND_REPEAT, fx);

    session_silence(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    rewind_to_instruction(s);
    return true;
}

static bool
change_gain(struct session *s, int step, enum phrase limit, struct effects *fx)
{
    int gain = s->gain + step;

    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (gain > SESSION_LOUDEST || gain < SESSION_QUIETEST) {
        if (s->state == SESSION_IDLE) return true;
        aside_drop(s, fx);
        aside_place(s, phrase_text(s->voice.book, limit));
        return true;
    }
    s->gain                              = gain;
    effect_add(s, fx, EFFECT_GAIN)->gain = gain;
    return true;
}

static bool
on_louder(struct session *s, struct effects *fx)
{
    return change_gain(s, GAIN_STEP, PHRASE_LOUDEST, fx);
}

static bool
on_quieter(struct session *s, struct effects *fx)
{
    return change_gain(s, -GAIN_STEP, PHRASE_QUIETEST, fx);
}

// ---- the table: an empty cell is a command that means nothing there -----

#define ANSWERS                                                                \
    [COMMAND_TIME_LEFT] = on_time_left, [COMMAND_WHERE] = on_where,            \
    [COMMAND_HELP] = on_help, [COMMAND_REPEAT] = on_repeat
#define VOLUME [COMMAND_LOUDER] = on_louder, [COMMAND_QUIETER] = on_quieter
#define ALWAYS                                                                 \
    [COMMAND_STOP] = on_stop, [COMMAND_PAIN] = on_pain,                        \
    [COMMAND_END_SESSION] = on_end_session
#define MOVES                                                                  \
    [COMMAND_NEXT] = on_next, [COMMAND_NEXT_SET] = on_next_set,                \
    [COMMAND_NEXT_EXERCISE] = on_next_exercise, [COMMAND_BACK] = on_back
#define TIMES                                                                  \
    [COMMAND_MORE_TIME] = on_more_time, [COMMAND_LESS_TIME] = on_less_time

static handler *const table[SESSION_STATES][COMMANDS] = {
    [SESSION_IDLE] = {[COMMAND_START] = on_begin, VOLUME},
    [SESSION_READYING] =
        {ALWAYS, MOVES, TIMES, ANSWERS,
         VOLUME, [COMMAND_START] = on_ready, [COMMAND_PAUSE] = on_pause},
    [SESSION_RUNNING] = {ALWAYS, MOVES, TIMES, ANSWERS,
                         VOLUME, [COMMAND_PAUSE] = on_pause},
    [SESSION_CLOSING] = {ALWAYS, ANSWERS, VOLUME, [COMMAND_NEXT] = on_next,
                         [COMMAND_BACK] = on_back, [COMMAND_PAUSE] = on_pause},
    [SESSION_PAUSED] =
        {ALWAYS, MOVES, TIMES, ANSWERS,
         VOLUME, [COMMAND_START] = on_resume, [COMMAND_RESUME] = on_resume},
};

bool
session_command(struct session *session, int64_t frame, enum command command,
                struct effects *effects)
{
    handler *handle = table[session->state][command];

    effects->count = 0;
    if (frame > session->now) session->now = frame;
    if (handle && handle(session, effects)) return true;

    effects->count = 0;
    signal_add(session, effects, SIGNAL_DECLINED);
    return false;
}

uint64_t
session_commands(const struct session *session)
{
    uint64_t commands = 0;
    for (int i = 0; i < COMMANDS; i++) {
        if (table[session->state][i]) commands |= UINT64_C(1) << i;
    }
    return commands;
}
