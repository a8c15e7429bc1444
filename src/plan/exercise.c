// SPDX-License-Identifier: GPL-3.0-or-later
// One exercise of a routine -> its segments and cues.
#include "plan/compiler.h"
#include "plan/questions.h"

#include <limits.h>
#include <string.h>

// Milliseconds.
#define BETWEEN_STEPS  1500 // instructions that are done one after another
#define LEAD_IN        5000
#define BEFORE_COUNT   300
#define TIP_START      3000
#define TIP_EVERY      9000
#define TIP_LEAVE      10500 // nothing long in the last ten seconds
#define LEAST_HALFWAY  20000
#define LEAST_TEN      14000
#define FREE_IN_RENDER 30000

#define BRIEF_STEPS 2 // of a setup, where it has no brief one
#define BRIEF_TIPS  2 // in a window, of an exercise met before

// One window of work: which exercise, which set, which side.
struct window {
    const struct exercise *exercise;
    int                    index; // in the routine
    size_t                 place; // in the session, from 0
    int                    set;
    int                    sets;
    enum side              side;
};

static void
belong(struct segment *segment, const struct window *window)
{
    segment->exercise = window->index;
    segment->set      = window->set;
    segment->sets     = window->sets;
    segment->side     = window->side;
}

static int
pick(enum level level, struct range range)
{
    switch (level) {
    case LEVEL_GENTLE: return range.low;
    case LEVEL_DEEP: return range.high;
    default: return range.low + (range.high - range.low) / 2;
    }
}

// Sets: the middle of "3-4" is 3, what the sources call usual.
static int
pick_sets(const struct compiler *c, const struct exercise *exercise)
{
    if (c->options->sets) return c->options->sets;
    return pick(c->options->sets_level, exercise->sets);
}

static const char *
side_word(const struct compiler *c, enum side side)
{
    return phrase_text(c->draft.voice->book,
                       side == SIDE_LEFT ? PHRASE_LEFT : PHRASE_RIGHT);
}

static bool
is_last_exercise(const struct compiler *c, const struct window *window)
{
    return window->place + 1 == compiler_exercises(c);
}

static const struct exercise *
exercise_at(const struct compiler *c, size_t place)
{
    return &c->routine->exercises[compiler_index(c, place)];
}

// Whether the one at PLACE needs another thing than the one before it.
static bool
is_fetched(const struct compiler *c, size_t place)
{
    const struct exercise *e = exercise_at(c, place);
    return place > 0 && *e->tool &&
           strcmp(e->tool, exercise_at(c, place - 1)->tool) != 0;
}

static bool
rests_after_last(const struct exercise *exercise)
{
    return exercise->rest_after_last && exercise->rest > 0;
}

static enum phrase
title_phrase(const struct compiler *c, const struct window *window)
{
    size_t place = window->place;
    bool   last  = is_last_exercise(c, window);
    bool   bare  = !*window->exercise->tool;

    if (place == 0) return bare ? PHRASE_FIRST_BARE : PHRASE_FIRST_EXERCISE;
    if (bare) return last ? PHRASE_LAST_BARE : PHRASE_NEXT_BARE;
    if (is_fetched(c, place) && !rests_after_last(exercise_at(c, place - 1)))
        return last ? PHRASE_LAST_EXERCISE_FETCH : PHRASE_NEXT_EXERCISE_FETCH;
    return last ? PHRASE_LAST_EXERCISE : PHRASE_NEXT_EXERCISE;
}

static enum side
first_side(const struct compiler *c, const struct exercise *exercise)
{
    size_t    index = (size_t)(exercise - c->routine->exercises);
    enum side told  = c->options->given.first[index];

    switch (exercise->sides) {
    case SIDES_EACH:
        if (told != SIDE_NONE) return told;
        return exercise->first == FIRST_RIGHT ? SIDE_RIGHT : SIDE_LEFT;
    case SIDES_LEFT: return SIDE_LEFT;
    case SIDES_RIGHT: return SIDE_RIGHT;
    default: return SIDE_NONE;
    }
}

static const char *
expand_side(struct compiler *c, const struct exercise *exercise)
{
    bool                each = exercise->sides == SIDES_EACH;
    struct phrase_value side = {
        .name = "side",
        .text = side_word(c, first_side(c, exercise)),
    };
    return draft_expand(&c->draft, each ? PHRASE_SIDE_FIRST : PHRASE_SIDE_ONLY,
                        &side, 1);
}

// The side to begin with, where the setup does not name it or names the other.
static void
add_side(struct compiler *c, const struct exercise *exercise)
{
    enum side first = first_side(c, exercise);

    if (first == SIDE_NONE) return;
    for (size_t i = 0; i < exercise->setup.count; i++) {
        if (strstr(exercise->setup.text[i], side_word(c, first))) return;
    }
    draft_line(&c->draft, expand_side(c, exercise), COMPILER_BETWEEN_LINES);
}

static void
add_cautions(struct compiler *c, const struct exercise *e)
{
    for (size_t i = 0; i < e->cautions; i++) {
        struct phrase_value what = {.name = "what",
                                    .text = e->caution[i].stop_if};
        draft_line(&c->draft, e->caution[i].say, COMPILER_BETWEEN_LINES);
        if (*e->caution[i].stop_if)
            draft_line(&c->draft,
                       draft_expand(&c->draft, PHRASE_STOP_IF, &what, 1),
                       COMPILER_BETWEEN_LINES);
    }
}

// How much of an exercise is explained: the less, the better it is known.
enum detail {
    DETAIL_WHY,   // all, and what it is for
    DETAIL_SETUP, // all the setup
    DETAIL_BRIEF, // the setup in a line or two
    DETAIL_NAME,  // its name and tool
};

int
compiler_met(const struct compiler *c, size_t place)
{
    const struct plan_options *o = c->options;

    if (!o->met || o->talk == TALK_FULL) return 0;
    return o->met(o->met_ctx, exercise_at(c, place)->known_as);
}

static enum detail
detail_of(const struct compiler *c, size_t place)
{
    int  met   = compiler_met(c, place);
    bool quiet = !compiler_says(c, TALK_BRIEF);

    if (quiet || met >= COMPILER_WELL_KNOWN) return DETAIL_NAME;
    if (met > 0) return DETAIL_BRIEF;
    return compiler_says(c, TALK_USUAL) ? DETAIL_WHY : DETAIL_SETUP;
}

static void
add_steps(struct compiler *c, const struct exercise *e, enum detail detail)
{
    size_t most = detail == DETAIL_BRIEF ? BRIEF_STEPS : e->setup.count;

    if (detail == DETAIL_NAME) return;
    if (detail == DETAIL_BRIEF && *e->brief) {
        draft_line(&c->draft, e->brief, BETWEEN_STEPS);
        return;
    }
    for (size_t i = 0; i < e->setup.count && i < most; i++) {
        draft_line(&c->draft, e->setup.text[i], BETWEEN_STEPS);
    }
}

// What to beware of is said however well the exercise is known.
static void
add_setup(struct compiler *c, const struct window *window)
{
    const struct exercise    *e       = window->exercise;
    enum detail               detail  = detail_of(c, window->place);
    const struct phrase_value names[] = {
        {.name = "title", .text = e->title},
        {.name = "tool", .text = e->tool},
    };

    draft_begin(&c->draft, COMPILER_AFTER_TONE);
    draft_line(&c->draft,
               draft_expand(&c->draft, title_phrase(c, window), names, 2),
               COMPILER_BETWEEN_LINES);
    if (detail == DETAIL_WHY)
        draft_line(&c->draft, e->why, COMPILER_BETWEEN_LINES);
    add_cautions(c, e);
    add_side(c, e);
    add_steps(c, e, detail);
    belong(draft_end_spoken(&c->draft, SEGMENT_SETUP), window);
}

static void
add_ready(struct compiler *c, const struct window *window)
{
    const struct exercise *e = window->exercise;
    if (!e->ready && !e->ready_waits) return;

    draft_begin(&c->draft, 300);
    if (e->ready_waits && c->options->attended) {
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_READY_WAITS), 0);
    } else {
        enum phrase phrase =
            c->options->listening ? PHRASE_READY_SAY : PHRASE_READY_SOON;
        draft_line(&c->draft,
                   draft_expand_duration(&c->draft, phrase, e->ready), 0);
    }
    int64_t length = draft_frames(&c->draft, e->ready);
    int64_t least =
        c->draft.cursor + draft_frames(&c->draft, DRAFT_AFTER_WORDS_MS);
    struct segment *segment =
        draft_end(&c->draft, SEGMENT_READY, length > least ? length : least);
    segment->open = e->ready_waits && c->options->attended;
    belong(segment, window);
}

// "Set 2 of 3", "last set, left side"; of a single one only its side.
static const char *
expand_set(struct compiler *c, const struct window *window)
{
    bool                last     = window->set == window->sets;
    bool                side     = window->side != SIDE_NONE;
    struct phrase_value values[] = {
        {.name = "set", .number = window->set},
        {.name = "sets", .number = window->sets},
        {.name = "side", .text = side ? side_word(c, window->side) : ""},
    };
    enum phrase phrase = last ? (side ? PHRASE_LAST_SET_SIDE : PHRASE_LAST_SET)
                              : (side ? PHRASE_SET_SIDE : PHRASE_SET);

    if (window->sets == 1) return side ? expand_side(c, window->exercise) : "";
    return draft_expand(&c->draft, phrase, values, 3);
}

// What is said before a set: which one it is, and what differs in it.
static void
add_announcement(struct compiler *c, const struct window *window)
{
    const struct exercise *e = window->exercise;

    draft_line(&c->draft, expand_set(c, window), COMPILER_BETWEEN_LINES);
    for (size_t i = 0; compiler_says(c, TALK_BRIEF) && i < e->varies; i++) {
        const struct vary *vary = &e->vary[i];
        if (vary->last_set
                ? window->set == window->sets
                : window->set >= vary->first && window->set <= vary->last)
            draft_line(&c->draft, vary->say, COMPILER_BETWEEN_LINES);
    }
    if (e->kind == WORK_FREE && window->set == 1)
        draft_line(&c->draft, phrase_text(c->draft.voice->book, PHRASE_FREE),
                   COMPILER_BETWEEN_LINES);
}

// A stretch that ends in "three, two, one, go", at least MS long.
static struct segment *
end_counted(struct compiler *c, enum segment_kind kind, int ms,
            const struct window *window)
{
    int64_t least =
        c->draft.cursor + draft_frames(&c->draft, BEFORE_COUNT + 3000);
    int64_t asked = draft_frames(&c->draft, ms);
    draft_count(&c->draft);
    struct segment *segment =
        draft_end(&c->draft, kind, asked > least ? asked : least);
    segment->end = END_GO;
    belong(segment, window);
    return segment;
}

static void
add_lead_in(struct compiler *c, const struct window *window)
{
    const struct exercise *e = window->exercise;
    draft_begin(&c->draft, COMPILER_AFTER_TONE);
    add_announcement(c, window);
    end_counted(c, SEGMENT_LEAD_IN, e->lead_in ? e->lead_in : LEAD_IN, window);
}

static void
add_change(struct compiler *c, const struct window *window)
{
    struct phrase_value side = {.name = "side",
                                .text = side_word(c, window->side)};
    draft_begin(&c->draft, COMPILER_AFTER_TONE);
    draft_line(&c->draft, draft_expand(&c->draft, PHRASE_CHANGE, &side, 1),
               COMPILER_BETWEEN_LINES);
    end_counted(c, SEGMENT_CHANGE, window->exercise->change, window);
}

static int
most_tips(const struct compiler *c, size_t place)
{
    int met = compiler_met(c, place);

    if (!compiler_says(c, TALK_BRIEF)) return 0;
    if (!compiler_says(c, TALK_USUAL) || met >= COMPILER_WELL_KNOWN) return 1;
    return met > 0 ? BRIEF_TIPS : INT_MAX;
}

// Short lines spread over the window, another one first in every set.
static void
add_tips(struct compiler *c, const struct window *window, int ms)
{
    const struct lines *lines = &window->exercise->cues;
    int                 leave = ms >= 2 * TIP_LEAVE ? TIP_LEAVE : ms / 2;
    int                 most  = most_tips(c, window->place);
    int                 at    = TIP_START;

    for (size_t i = 0; i < lines->count && (int)i < most; i++) {
        size_t which = (i + (size_t)window->set - 1) % lines->count;
        if (at >= ms - leave) return;
        struct cue *cue =
            draft_cue(&c->draft, lines->text[which], IMPORTANCE_TIP);
        if (!cue) continue;
        cue->offset      = draft_frames(&c->draft, at);
        cue->leave       = draft_frames(&c->draft, leave);
        cue->instruction = true;
        at += TIP_EVERY;
    }
}

static enum segment_end
work_end(const struct compiler *c, const struct window *window)
{
    bool each = window->exercise->sides == SIDES_EACH;
    if (each && window->side == first_side(c, window->exercise))
        return END_SIDE;
    if (window->set < window->sets) return END_SET;
    return is_last_exercise(c, window) ? END_SESSION : END_EXERCISE;
}

static void
add_work(struct compiler *c, const struct window *window)
{
    const struct exercise *e    = window->exercise;
    bool                   open = e->kind == WORK_FREE;
    int                    ms   = pick(c->options->level, e->time);
    if (open && !ms) ms = FREE_IN_RENDER;

    draft_begin(&c->draft, 0);
    if (!open) {
        draft_count(&c->draft);
        if (ms >= LEAST_TEN)
            draft_exact(&c->draft, PHRASE_TEN_SECONDS, ANCHOR_END, 10000,
                        IMPORTANCE_TEN);
        if (ms >= LEAST_HALFWAY && compiler_says(c, TALK_BRIEF))
            draft_exact(&c->draft, PHRASE_HALFWAY, ANCHOR_MIDDLE, 0,
                        IMPORTANCE_HALFWAY);
    }
    add_tips(c, window, ms);
    struct segment *segment =
        draft_end(&c->draft, SEGMENT_WORK, draft_frames(&c->draft, ms));
    segment->open = open && c->options->attended;
    segment->end  = work_end(c, window);
    segment->pace = c->options->pace && e->kind == WORK_ROLL ? e->pace : 0;
    belong(segment, window);
}

// In the last rest of an exercise: what follows, and what it needs.
static void
add_outlook(struct compiler *c, const struct window *window)
{
    bool over = window->set == window->sets;
    bool before =
        window->set + 1 == window->sets && !rests_after_last(window->exercise);
    size_t next = window->place + 1;

    if (is_last_exercise(c, window) || (!over && !before)) return;
    const struct exercise    *e       = exercise_at(c, next);
    const struct phrase_value names[] = {
        {.name = "title", .text = e->title},
        {.name = "tool", .text = e->tool},
    };
    bool        fetch = is_fetched(c, next);
    enum phrase phrase =
        over ? (fetch ? PHRASE_REST_FETCH : PHRASE_REST_NEXT)
             : (fetch ? PHRASE_REST_MORE_FETCH : PHRASE_REST_MORE);
    draft_line(&c->draft, draft_expand(&c->draft, phrase, names, 2),
               COMPILER_BETWEEN_LINES);
}

static void
add_rest(struct compiler *c, const struct window *window)
{
    const struct exercise *e     = window->exercise;
    size_t                 lines = e->stretch.count;
    bool known = compiler_met(c, window->place) >= COMPILER_WELL_KNOWN;
    if (e->rest <= 0) return;

    draft_begin(&c->draft, COMPILER_AFTER_TONE + 300);
    draft_line(&c->draft,
               phrase_text(c->draft.voice->book,
                           lines ? PHRASE_REST_STRETCH : PHRASE_REST),
               COMPILER_BETWEEN_LINES);
    if (known && lines > 1) lines = 1;
    for (size_t i = 0; compiler_says(c, TALK_BRIEF) && i < lines; i++) {
        draft_line(&c->draft, e->stretch.text[i], BETWEEN_STEPS);
    }
    if (compiler_says(c, TALK_BRIEF)) add_outlook(c, window);
    if (e->rest >= LEAST_TEN)
        draft_exact(&c->draft, PHRASE_TEN_SECONDS, ANCHOR_END, 10000,
                    IMPORTANCE_TEN);
    belong(draft_end(&c->draft, SEGMENT_REST, draft_frames(&c->draft, e->rest)),
           window);
}

static void
add_set(struct compiler *c, struct window *window)
{
    bool each    = window->exercise->sides == SIDES_EACH;
    window->side = first_side(c, window->exercise);
    add_lead_in(c, window);
    add_work(c, window);
    if (each) {
        window->side = window->side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
        add_change(c, window);
        add_work(c, window);
    }
    window->side = SIDE_NONE;
    if (window->set < window->sets || window->exercise->rest_after_last)
        add_rest(c, window);
}

void
compiler_add_exercise(struct compiler *c, size_t place)
{
    const struct exercise *e      = exercise_at(c, place);
    struct window          window = {
                 .exercise = e,
                 .index    = compiler_index(c, place),
                 .place    = place,
                 .sets     = pick_sets(c, e),
    };

    if (e->sides == SIDES_EACH && e->first == FIRST_ASK && c->options->attended)
        questions_add_side(c, e, window.index);
    add_setup(c, &window);
    add_ready(c, &window);
    for (window.set = 1; window.set <= window.sets; window.set++) {
        add_set(c, &window);
    }
}
