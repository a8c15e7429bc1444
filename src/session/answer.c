// SPDX-License-Identifier: GPL-3.0-or-later
// Answers: what is said, and when it covers nothing.
#include "session/inside.h"

#include "base/text.h"
#include <stdio.h>
#include <string.h>

// ---- where an answer fits ----------------------------------------------

static void
set_aside(struct session *s, const char *text, int64_t length, int64_t at,
          bool holds)
{
    if (s->aside.text != text) // "repeat" while it is being said
        text_copy(s->aside.text, sizeof s->aside.text, text);
    s->aside.length   = length;
    s->aside.at       = at;
    s->aside.begun    = false;
    s->aside.holds    = holds;
    s->aside.explains = false;
}

// Nothing else sounds and the clock stands: after the accepting tone.
static bool
place_in_pause(struct session *s, const char *text, int64_t length)
{
    set_aside(s, text, length, s->now + ms_to_frames(s, AFTER_COMMAND_MS),
              false);
    return true;
}

// Between two sentences; the segment's clock waits for it.  In silence it
// waits from now on, so that no sentence begins before the answer.
static bool
place_between(struct session *s, const char *text, int64_t length)
{
    int64_t at       = s->now;
    int64_t speaking = s->speech_until - session_elapsed(s);

    if (speaking > 0)
        at += speaking;
    else
        session_freeze(s);
    set_aside(s, text, length, at + ms_to_frames(s, AFTER_COMMAND_MS), true);
    return true;
}

// In the time that runs: never over a count.
static bool
place_in_time(struct session *s, const char *text, int64_t length)
{
    int64_t elapsed = session_elapsed(s);
    int64_t soon    = elapsed + ms_to_frames(s, AFTER_COMMAND_MS);
    int64_t at;

    if (s->speech_until + ms_to_frames(s, 200) > soon)
        soon = s->speech_until + ms_to_frames(s, 200);
    at = session_segment(s)->open
             ? soon
             : layout_gap(session_segment(s), s->plan->rate, s->length, elapsed,
                          soon, length, s->at);
    if (at == LAYOUT_DROPPED) return false;
    set_aside(s, text, length, s->now - elapsed + at, false);
    session_replan(s);
    return true;
}

void
aside_place_held(struct session *s, const char *text, int gap_ms)
{
    int64_t length = s->voice.length(s->voice.ctx, text);
    if (length > 0)
        set_aside(s, text, length, s->now + ms_to_frames(s, gap_ms), false);
}

bool
aside_place(struct session *s, const char *text)
{
    int64_t length = s->voice.length(s->voice.ctx, text);
    if (length <= 0) return true; // logged by the speech module

    if (s->state == SESSION_PAUSED || s->state == SESSION_ENDING)
        return place_in_pause(s, text, length);
    if (session_segment(s)->spoken) return place_between(s, text, length);
    return place_in_time(s, text, length);
}

bool
session_tell(struct session *session, int64_t frame, enum phrase phrase,
             struct effects *effects)
{
    struct session *s = session;

    effects->count = 0;
    if (frame > s->now) s->now = frame;
    if (s->state == SESSION_IDLE || s->state >= SESSION_ENDING ||
        s->aside.length || s->question != QUESTION_NONE)
        return false;
    return aside_place(s, phrase_text(s->voice.book, phrase));
}

// ---- what is answered --------------------------------------------------

static long
seconds(const struct session *s, int64_t frames)
{
    int64_t rate = s->plan->rate;
    return (long)((frames + rate / 2) / rate);
}

static bool
is_running(const struct session *s)
{
    return !s->held && !session_segment(s)->spoken;
}

// Whole minutes beyond a minute and a half: nobody wants "eight minutes
// seventeen".
static void
about(char to[PHRASE_SIZE], const struct session *s, int64_t frames)
{
    long total = seconds(s, frames);
    if (total > 90)
        total = (total + 30) / 60 * 60;
    else if (total > 20)
        total = (total + 5) / 10 * 10;
    phrase_duration(to, s->voice.book, total);
}

// As it will be true DELAY frames from now.
static void
tell_time_left(const struct session *s, char to[PHRASE_SIZE], int64_t delay)
{
    char                here[PHRASE_SIZE], total[PHRASE_SIZE];
    struct phrase_value values[] = {
        {.name = "left", .text = here},
        {.name = "total", .text = total},
    };
    bool counted = !session_segment(s)->open && !session_segment(s)->spoken;

    phrase_duration(here, s->voice.book,
                    seconds(s, s->length - session_elapsed(s) - delay));
    about(total, s, session_left(s) - delay);
    phrase_expand(to, s->voice.book,
                  counted ? PHRASE_TIME_LEFT : PHRASE_TIME_LEFT_OPEN, values,
                  2);
}

static enum phrase
where_phrase(const struct segment *segment)
{
    bool one = segment->sets == 1;

    switch (segment->kind) {
    case SEGMENT_INTRO: return PHRASE_WHERE_INTRO;
    case SEGMENT_OUTRO: return PHRASE_WHERE_OUTRO;
    case SEGMENT_REST: return one ? PHRASE_WHERE_REST_ONE : PHRASE_WHERE_REST;
    default: break;
    }
    if (segment->set == 0) return PHRASE_WHERE_SETUP;
    if (segment->side == SIDE_NONE)
        return one ? PHRASE_WHERE_ONE : PHRASE_WHERE;
    return one ? PHRASE_WHERE_ONE_SIDE : PHRASE_WHERE_SIDE;
}

void
answer_where(const struct session *s, char to[PHRASE_SIZE])
{
    const struct segment  *segment  = session_segment(s);
    const struct exercise *exercise = plan_exercise(s->plan, segment);
    bool                   right    = segment->side == SIDE_RIGHT;
    struct phrase_value    values[] = {
           {.name = "title",
            .text = exercise ? exercise->title : s->plan->routine->title},
           {.name = "set", .number = segment->set},
           {.name = "sets", .number = segment->sets},
           {.name = "side",
            .text =
                phrase_text(s->voice.book, right ? PHRASE_RIGHT : PHRASE_LEFT)},
    };
    phrase_expand(to, s->voice.book, where_phrase(segment), values, 4);
}

// What was asked last and is said in whole, NULL where nobody is waited for.
static const char *
asked_last(const struct session *s)
{
    const struct segment *segment = session_segment(s);
    bool                  asks = segment->asks != ASKS_NOTHING && !s->answered;

    if (s->question == QUESTION_PAIN)
        return phrase_text(s->voice.book, PHRASE_PAIN);
    if (s->question != QUESTION_NONE || s->instruction < 0 ||
        (!asks && !segment->open) || s->speech_until > session_elapsed(s))
        return NULL;
    return segment->cues[s->instruction].text;
}

// It is asked for again: a lost device may have taken the question, or the
// answer.
static void
tell_where(const struct session *s, char to[ANSWER_SIZE])
{
    const char *asked = asked_last(s);

    answer_where(s, to);
    size_t used = strlen(to);
    if (asked) snprintf(to + used, ANSWER_SIZE - used, " %s", asked);
}

// The next window of work: which set, side or exercise it is.
static void
tell_what_next(const struct session *s, char to[PHRASE_SIZE])
{
    const struct segment *here = session_segment(s);
    const struct segment *next = NULL;
    enum phrase           phrase;

    for (size_t i = s->segment + 1; i < s->plan->count && !next; i++) {
        if (s->plan->segments[i].kind == SEGMENT_WORK)
            next = &s->plan->segments[i];
    }
    if (!next) {
        phrase_expand(to, s->voice.book, PHRASE_NEXT_IS_END, NULL, 0);
        return;
    }
    const struct exercise *exercise = plan_exercise(s->plan, next);
    bool                   right    = next->side == SIDE_RIGHT;
    struct phrase_value    values[] = {
           {.name = "set", .number = next->set},
           {.name = "sets", .number = next->sets},
           {.name = "title", .text = exercise->title},
           {.name = "tool", .text = exercise->tool},
           {.name = "side",
            .text =
                phrase_text(s->voice.book, right ? PHRASE_RIGHT : PHRASE_LEFT)},
    };
    if (next->exercise != here->exercise)
        phrase = *exercise->tool ? PHRASE_NEXT_EXERCISE_IS : PHRASE_REST_NEXT;
    else if (next->set == here->set && next->side != SIDE_NONE)
        phrase = PHRASE_NEXT_SIDE_IS;
    else if (next->sets == 1)
        phrase = PHRASE_NEXT_ONE_IS;
    else
        phrase = PHRASE_NEXT_SET_IS;
    phrase_expand(to, s->voice.book, phrase, values, 5);
}

// "how long" alone would be about the time that is left
#define ANSWER_DOSE ANSWER_HOW_LONG

// Before the first exercise and after the last "why?" is about the routine.
static void
tell_about_rolling(const struct session *s, enum command question,
                   char to[ANSWER_SIZE])
{
    static const enum answer answers[COMMANDS] = {
#define X(id, name) [COMMAND_##id] = ANSWER_##id,
        COMMANDS_ABOUT_ROLLING(X)
#undef X
    };
    const struct exercise *exercise =
        plan_exercise(s->plan, session_segment(s));
    const char *about = s->plan->routine->about;

    if (question == COMMAND_WHY && !exercise && *about)
        text_copy(to, ANSWER_SIZE, about);
    else
        answer_text(to, s->voice.answers, answers[question], exercise);
}

static enum phrase
help_phrase(const struct session *s)
{
    if (s->question || session_is_asking(s, ASKS_GATE))
        return PHRASE_HELP_QUESTION;
    if (session_is_asking(s, ASKS_SIDE)) return PHRASE_HELP_SIDE;
    if (session_is_asking(s, ASKS_DISCOMFORT)) return PHRASE_HELP_NUMBER;
    switch (s->state) {
    case SESSION_PAUSED: return PHRASE_HELP_PAUSED;
    case SESSION_READYING: return PHRASE_HELP_READYING;
    default: return PHRASE_HELP_RUNNING;
    }
}

void
answer_give(struct session *s, enum command question)
{
    char text[ANSWER_SIZE] = "";

    switch (question) {
    case COMMAND_TIME_LEFT: tell_time_left(s, text, 0); break;
    case COMMAND_WHERE: tell_where(s, text); break;
    case COMMAND_WHAT_NEXT: tell_what_next(s, text); break;
    case COMMAND_HELP:
        phrase_expand(text, s->voice.book, help_phrase(s), NULL, 0);
        break;
    case COMMAND_REPEAT:
        if (!s->last_text) return;
        text_copy(text, sizeof text, s->last_text);
        break;
    default: tell_about_rolling(s, question, text); break;
    }
    bool placed = aside_place(s, text);
    if (placed && question == COMMAND_TIME_LEFT && is_running(s)) {
        tell_time_left(s, text, s->aside.at - s->now); // when it is said
        placed = aside_place(s, text);
    }
    if (!placed) s->deferred = question;
    if (placed && question == COMMAND_WHERE && s->question == QUESTION_PAIN)
        session_await(s, QUESTION_PAIN);
}
