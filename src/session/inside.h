// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of the session share among themselves.
#ifndef SESSION_INSIDE_H
#define SESSION_INSIDE_H
#include "session/session.h"

#define AFTER_COMMAND_MS 300 // the accepting tone is heard before words
#define UNDO_WITHIN_MS   10000

static inline int64_t
ms_to_frames(const struct session *s, int64_t ms)
{
    return ms * s->plan->rate / 1000;
}

// Does what a command means; false where it means nothing.  Only then has it
// changed nothing.
typedef bool
handler(struct session *s, struct effects *fx);

// move.c, hold.c, explain.c, adjust.c, table.c
handler on_begin, on_ready, on_next, on_next_exercise, on_next_set,
    on_repeat_set, on_back;
handler on_pause, on_stop, on_pain, on_sharp, on_resume, on_repeat, on_yes,
    on_no, on_end_session, on_stop_ending, on_end_now;
handler on_left, on_right, on_other_side;
#define X(id, name) handler on_##name;
COMMANDS_NUMBERS(X)
#undef X
handler on_explain, on_pause_explaining;
handler on_more_time, on_less_time, on_louder, on_quieter, on_lighter,
    on_deeper, on_less_talk, on_more_talk, on_music_off, on_music_on,
    on_music_louder, on_music_quieter;

// What COMMAND means in the session's state.
bool
session_handle(struct session *s, enum command command, struct effects *fx);

// Whether the segment under way asks ASKS, and waits for the answer.
bool
session_is_asking(const struct session *s, enum asks asks);

// Asks what kind of pain it is, and once more where nobody answers.
void
session_ask_pain(struct session *s);

// QUESTION, about a pain or whether to go on, waits for its answer from the end
// of the words under way on.
void
session_await(struct session *s, enum question question);

// Answers a question of yes or no; false where none is asked.
bool
session_answer_gate(struct session *s, bool yes, struct effects *fx);

// The segment at hand ended by itself: where to go on, past the questions that
// nobody is there to answer.
size_t
session_after_question(const struct session *s);

// Leaves what is being said and goes to a segment, out of a pause too.
bool
session_go(struct session *s, size_t index, struct effects *fx);

// Answers QUESTION in place of an answer before it.
bool
answer_instead(struct session *s, enum command question, struct effects *fx);

// The sentence that answers "where am I?".
void
answer_where(const struct session *s, char to[PHRASE_SIZE]);

// Asks whether to go on, and once more where nobody answers.
void
come_back_ask(struct session *s);

// That is answered with yes.
bool
come_back_yes(struct session *s, struct effects *fx);

struct effect *
effect_add(struct session *s, struct effects *fx, enum effect_kind kind);
void
signal_add(struct session *s, struct effects *fx, enum signal signal);

// Tells of a pain during the exercise under way.
void
pain_add(struct session *s, struct effects *fx, const char *what);

// By a command the session is over, which can be taken back for a while:
// COMPLETED where its last segment was left, else with a last word.
void
session_close(struct session *s, bool completed);

// Goes to the start of segment INDEX; past the last one the session ends.
void
session_enter(struct session *s, size_t index, struct effects *fx);

// The same where the segment at hand has ended by itself: what was asked back
// waits on for its "yes", but where that would answer something else.
void
session_pass(struct session *s, size_t index, struct effects *fx);

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

// The index of the first segment after this one for which the session is past
// its exercise.
size_t
session_next_exercise(const struct session *s);

// Answers a question, or repeats; where there is no room left, in the next
// segment.
void
answer_give(struct session *s, enum command question);

// The same later: TEXT after GAP_MS, while the session's clock stands.
void
aside_place_held(struct session *s, const char *text, int gap_ms);

// Freezes, in the state that was before.
void
session_pause(struct session *s);

// The next tone of the pace, in the segment's clock; INT64_MAX: none.
int64_t
pace_next(const struct session *s);
void
pace_beat(struct session *s, struct effects *fx);

// Between two lines of an explanation, or after the last: goes on.
bool
explain_is_due(const struct session *s);
void
explain_go_on(struct session *s, struct effects *fx);
#endif
