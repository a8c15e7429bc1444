// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that stand still, and what follows: pause, stop, pain, yes and no,
// the end.
#include "session/inside.h"

#define REMIND_MS      12000
#define AFTER_WORDS_MS 400 // then it ends

void
session_pause(struct session *s)
{
    bool again = s->state == SESSION_PAUSED || s->state == SESSION_ENDING;

    session_freeze(s);
    s->explained = -1;
    if (!again) s->before_pause = s->state;
    s->state = SESSION_PAUSED;
}

bool
on_pause(struct session *s, struct effects *fx)
{
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    effect_add(s, fx, EFFECT_HOLD);
    session_pause(s);
    return true;
}

static void
drop_question(struct session *s)
{
    s->question = QUESTION_NONE;
    s->remind   = INT64_MAX;
}

static void
halt(struct session *s, struct effects *fx)
{
    bool speaking = s->speech_until > session_elapsed(s);
    bool latest   = s->instruction >= 0 && s->at[s->instruction] < s->cursor &&
                  s->at[s->instruction] +
                          session_segment(s)->cues[s->instruction].length ==
                      s->speech_until;

    s->cut_short = s->cut_short || (speaking && latest);
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON); // nothing stays frozen
    session_pause(s);
    drop_question(s);
}

// Silence first; then, in the pause, a word.
static void
stop_with(struct session *s, const char *text, struct effects *fx)
{
    halt(s, fx);
    aside_place(s, text);
}

bool
on_stop(struct session *s, struct effects *fx)
{
    stop_with(s, phrase_text(s->voice.book, PHRASE_STOPPED), fx);
    return true;
}

void
session_await(struct session *s, enum question question)
{
    s->question = question;
    s->reminded = false;
    s->remind   = s->now + ms_to_frames(s, REMIND_MS);
    if (s->aside.length) s->remind += s->aside.at - s->now + s->aside.length;
}

void
session_ask_pain(struct session *s)
{
    aside_place(s, phrase_text(s->voice.book, PHRASE_PAIN));
    session_await(s, QUESTION_PAIN);
}

bool
on_pain(struct session *s, struct effects *fx)
{
    halt(s, fx);
    session_ask_pain(s);
    pain_add(s, fx, "told");
    return true;
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

// After a sharp pain the session goes on, but not here.
static bool
leave_area(struct session *s, struct effects *fx)
{
    s->hurt = false;
    return session_go(s, session_next_exercise(s), fx);
}

bool
on_resume(struct session *s, struct effects *fx)
{
    if (s->hurt) return leave_area(s, fx);
    if (s->question == QUESTION_GO_ON) return come_back_yes(s, fx);
    if (s->question == QUESTION_PAIN) drop_question(s);
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    session_thaw(s);
    effect_add(s, fx, EFFECT_GO_ON);
    s->explained = -1;
    s->state     = s->before_pause;
    if (s->cut_short) {
        s->cut_short = false;
        if (session_segment(s)->spoken)
            rewind_to_instruction(s);
        else
            answer_give(s, COMMAND_REPEAT);
    }
    return true;
}

bool
on_repeat(struct session *s, struct effects *fx)
{
    bool moving = s->state != SESSION_PAUSED;
    if (!s->last_text) return false;
    if (!moving || !session_segment(s)->spoken || s->instruction < 0)
        return answer_instead(s, COMMAND_REPEAT, fx);

    session_silence(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    rewind_to_instruction(s);
    return true;
}

static bool
answer_pain(struct session *s, bool sharp, struct effects *fx)
{
    aside_drop(s, fx);
    drop_question(s);
    s->hurt = sharp;
    signal_add(s, fx, SIGNAL_ACCEPTED);
    pain_add(s, fx, sharp ? "sharp" : "sore");
    aside_place(s, phrase_text(s->voice.book,
                               sharp ? PHRASE_PAIN_SHARP : PHRASE_PAIN_SORE));
    return true;
}

// "It is sharp": what to do, and that this area is over.
bool
on_sharp(struct session *s, struct effects *fx)
{
    const struct exercise *exercise =
        plan_exercise(s->plan, session_segment(s));
    char                text[ANSWER_SIZE], answer[ANSWER_SIZE];
    struct phrase_value value = {.name = "answer", .text = answer};

    if (s->question == QUESTION_PAIN) return answer_pain(s, true, fx);
    answer_text(answer, s->voice.answers, ANSWER_SHARP, exercise);
    phrase_expand(text, s->voice.book, PHRASE_SHARP, &value, 1);
    stop_with(s, text, fx);
    pain_add(s, fx, "sharp");
    s->hurt = true;
    return true;
}

bool
on_yes(struct session *s, struct effects *fx)
{
    enum question question = s->question;

    if (question == QUESTION_PAIN) return answer_pain(s, true, fx);
    if (question == QUESTION_GO_ON) return come_back_yes(s, fx);
    if (question != QUESTION_COMMAND) return session_answer_gate(s, true, fx);
    drop_question(s);
    return session_handle(s, s->asked, fx);
}

bool
on_no(struct session *s, struct effects *fx)
{
    if (s->question == QUESTION_PAIN) return answer_pain(s, false, fx);
    if (s->question == QUESTION_GO_ON) return session_go(s, 0, fx);
    if (s->question != QUESTION_COMMAND)
        return session_answer_gate(s, false, fx);
    drop_question(s);
    aside_drop(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    return true;
}

// ---- the end ------------------------------------------------------------

void
session_close(struct session *s, bool completed)
{
    if (s->state != SESSION_PAUSED) s->before_pause = s->state;
    session_freeze(s);
    s->explained = -1;
    s->question  = QUESTION_NONE;
    s->completed = completed;
    s->state     = SESSION_ENDING;
    s->remind    = s->now;
    if (!completed) aside_place(s, phrase_text(s->voice.book, PHRASE_ENDED));
    if (s->aside.length)
        s->remind =
            s->aside.at + s->aside.length + ms_to_frames(s, AFTER_WORDS_MS);
    int64_t undone = s->now + ms_to_frames(s, UNDO_WITHIN_MS);
    if (s->undo && undone > s->remind) s->remind = undone;
}

bool
on_end_session(struct session *s, struct effects *fx)
{
    session_silence(s, fx);
    effect_add(s, fx, EFFECT_GO_ON);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    session_close(s, false);
    return true;
}

// "Stop" in the last word: only silence.
bool
on_stop_ending(struct session *s, struct effects *fx)
{
    session_silence(s, fx);
    return true;
}

// Said twice, it is not waited for a change of mind.
bool
on_end_now(struct session *s, struct effects *fx)
{
    session_silence(s, fx);
    signal_add(s, fx, SIGNAL_ACCEPTED);
    s->remind = s->now;
    return true;
}
