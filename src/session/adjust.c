// SPDX-License-Identifier: GPL-3.0-or-later
// Commands that change how long, how deep, how much is said, how loud.
#include "session/inside.h"

#define STEP_MS       10000 // more_time, less_time
#define LONGEST_MS    (60 * 60 * 1000)
#define COUNT_ROOM_MS 3400 // "three, two, one" and a breath
#define GAIN_STEP     3    // dB

static void
set_length(struct session *s, int64_t length, struct effects *fx)
{
    s->length = length;
    session_replan(s);
    effect_add(s, fx, EFFECT_LENGTH)->length = length;
}

bool
on_more_time(struct session *s, struct effects *fx)
{
    int64_t length = s->length + ms_to_frames(s, STEP_MS);
    if (session_segment(s)->spoken || length > ms_to_frames(s, LONGEST_MS))
        return false;

    signal_add(s, fx, SIGNAL_ACCEPTED);
    s->added += length - s->length;
    set_length(s, length, fx);
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

bool
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
    s->added += length - s->length;
    set_length(s, length, fx);
    return true;
}

// Says PHRASE after the accepting tone, in place of any answer.
static void
tell(struct session *s, enum phrase phrase, struct effects *fx)
{
    if (s->state == SESSION_IDLE) return;
    aside_drop(s, fx);
    aside_place(s, phrase_text(s->voice.book, phrase));
}

static bool
change_gain(struct session *s, int step, enum phrase limit, struct effects *fx)
{
    int gain = s->gain + step;

    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (gain > SESSION_LOUDEST || gain < SESSION_QUIETEST) {
        tell(s, limit, fx);
        return true;
    }
    s->gain                              = gain;
    effect_add(s, fx, EFFECT_GAIN)->gain = gain;
    return true;
}

void
session_volume(struct session *s, int64_t frame, int decibels,
               struct effects *effects)
{
    effects->count = 0;
    if (frame > s->now) s->now = frame;
    if (decibels > SESSION_LOUDEST) decibels = SESSION_LOUDEST;
    if (decibels < SESSION_QUIETEST) decibels = SESSION_QUIETEST;
    s->gain                                   = decibels;
    effect_add(s, effects, EFFECT_GAIN)->gain = decibels;
}

bool
on_louder(struct session *s, struct effects *fx)
{
    return change_gain(s, GAIN_STEP, PHRASE_LOUDEST, fx);
}

bool
on_quieter(struct session *s, struct effects *fx)
{
    return change_gain(s, -GAIN_STEP, PHRASE_QUIETEST, fx);
}

// The window under way becomes as long as the other level has it, with what was
// added or taken away; but what was promised stands.
static void
adopt_length(struct session *s, const struct plan *other, struct effects *fx)
{
    const struct segment *now     = session_segment(s);
    int64_t               planned = other->segments[s->segment].length;
    int64_t               length  = planned + s->added;
    int64_t               least   = shortest(s);

    if (now->kind != SEGMENT_WORK || now->open) return;
    if (length < least) length = least < s->length ? least : s->length;
    if (length != s->length) set_length(s, length, fx);
}

static bool
change_level(struct session *s, int step, enum phrase done, enum phrase limit,
             struct effects *fx)
{
    int level = (int)s->level + step;

    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (level < 0 || level >= LEVELS) {
        tell(s, limit, fx);
        return true;
    }
    adopt_length(s, s->plans->plan[level][s->talk], fx);
    s->level = (enum level)level;
    tell(s, done, fx);
    return true;
}

bool
on_lighter(struct session *s, struct effects *fx)
{
    return change_level(s, -1, PHRASE_LIGHTER, PHRASE_LIGHTEST, fx);
}

bool
on_deeper(struct session *s, struct effects *fx)
{
    return change_level(s, 1, PHRASE_DEEPER, PHRASE_DEEPEST, fx);
}

static bool
change_talk(struct session *s, int step, enum phrase done, struct effects *fx)
{
    const struct plan_set *plans = s->plans;
    int                    talk  = (int)s->talk + step;

    // Without a history the usual is the same as the full talk.
    while (talk >= 0 && talk < TALKS &&
           plans->plan[s->level][talk]->length ==
               plans->plan[s->level][s->talk]->length)
        talk += step;
    if (talk < 0 || talk >= TALKS) return false;
    s->talk = (enum talk)talk;
    signal_add(s, fx, SIGNAL_ACCEPTED);
    tell(s, done, fx);
    return true;
}

bool
on_less_talk(struct session *s, struct effects *fx)
{
    return change_talk(s, 1, PHRASE_LESS_TALK, fx);
}

bool
on_more_talk(struct session *s, struct effects *fx)
{
    return change_talk(s, -1, PHRASE_MORE_TALK, fx);
}

// ---- music ----

static bool
change_music(struct session *s, bool off, int gain, struct effects *fx)
{
    if (!s->music.there) return false;
    signal_add(s, fx, SIGNAL_ACCEPTED);
    if (gain > SESSION_MUSIC_LOUDEST) gain = SESSION_MUSIC_LOUDEST;
    if (gain < SESSION_MUSIC_QUIETEST) gain = SESSION_MUSIC_QUIETEST;
    s->music.off                           = off;
    s->music.gain                          = gain;
    effect_add(s, fx, EFFECT_MUSIC)->music = s->music;
    return true;
}

bool
on_music_off(struct session *s, struct effects *fx)
{
    return !s->music.off && change_music(s, true, s->music.gain, fx);
}

bool
on_music_on(struct session *s, struct effects *fx)
{
    return s->music.off && change_music(s, false, s->music.gain, fx);
}

bool
on_music_louder(struct session *s, struct effects *fx)
{
    return change_music(s, false, s->music.gain + GAIN_STEP, fx);
}

bool
on_music_quieter(struct session *s, struct effects *fx)
{
    return change_music(s, s->music.off, s->music.gain - GAIN_STEP, fx);
}
