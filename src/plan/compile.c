// SPDX-License-Identifier: GPL-3.0-or-later
// routine + spoken lengths -> segments and cues.
#include "plan/draft.h"

#include "base/arena.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_LIMIT (16 << 20)

// Milliseconds.
#define AFTER_TONE     900  // a tone is heard before words begin
#define INTRO_START    500  // a sleeping speaker wakes
#define BETWEEN_LINES  600  // sentences that belong together
#define BETWEEN_STEPS  1500 // instructions that are done one after another
#define LEAD_IN        5000
#define BEFORE_COUNT   300
#define TIP_START      3000
#define TIP_EVERY      9000
#define TIP_LEAVE      10500 // nothing long in the last ten seconds
#define LEAST_HALFWAY  20000
#define LEAST_TEN      14000
#define FREE_IN_RENDER 30000

struct compiler {
    struct draft               draft;
    const struct routine      *routine;
    const struct plan_options *options;
};

static bool
says(const struct compiler *c, enum talk most)
{
    return c->options->talk <= most;
}

// ---- an exercise -------------------------------------------------------

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

static size_t
exercises(const struct compiler *c)
{
    return c->options->choices ? c->options->choices : c->routine->count;
}

static bool
is_last_exercise(const struct compiler *c, const struct window *window)
{
    return window->place + 1 == exercises(c);
}

static void
add_setup(struct compiler *c, const struct window *window)
{
    const struct exercise    *e       = window->exercise;
    const struct phrase_value names[] = {
        {.name = "title", .text = e->title},
        {.name = "tool", .text = *e->tool ? e->tool : "body"},
    };
    enum phrase phrase = window->place == 0            ? PHRASE_FIRST_EXERCISE
                         : is_last_exercise(c, window) ? PHRASE_LAST_EXERCISE
                                                       : PHRASE_NEXT_EXERCISE;

    draft_begin(&c->draft, AFTER_TONE);
    draft_line(&c->draft, draft_expand(&c->draft, phrase, names, 2),
               BETWEEN_LINES);
    if (says(c, TALK_FULL)) draft_line(&c->draft, e->why, BETWEEN_LINES);
    for (size_t i = 0; i < e->cautions; i++) {
        struct phrase_value what = {.name = "what",
                                    .text = e->caution[i].stop_if};
        draft_line(&c->draft, e->caution[i].say, BETWEEN_LINES);
        if (*e->caution[i].stop_if)
            draft_line(&c->draft,
                       draft_expand(&c->draft, PHRASE_STOP_IF, &what, 1),
                       BETWEEN_LINES);
    }
    for (size_t i = 0; says(c, TALK_BRIEF) && i < e->setup.count; i++) {
        draft_line(&c->draft, e->setup.text[i], BETWEEN_STEPS);
    }
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

// What is said before a set: which one it is, and what differs in it.
static void
add_announcement(struct compiler *c, const struct window *window)
{
    const struct exercise *e        = window->exercise;
    bool                   last     = window->set == window->sets;
    bool                   side     = window->side != SIDE_NONE;
    struct phrase_value    values[] = {
           {.name = "set", .number = window->set},
           {.name = "sets", .number = window->sets},
           {.name = "side", .text = side ? side_word(c, window->side) : ""},
    };
    enum phrase phrase = last && window->sets > 1
                             ? (side ? PHRASE_LAST_SET_SIDE : PHRASE_LAST_SET)
                             : (side ? PHRASE_SET_SIDE : PHRASE_SET);

    draft_line(&c->draft, draft_expand(&c->draft, phrase, values, 3),
               BETWEEN_LINES);
    for (size_t i = 0; says(c, TALK_BRIEF) && i < e->varies; i++) {
        const struct vary *vary = &e->vary[i];
        if (vary->last_set
                ? last
                : window->set >= vary->first && window->set <= vary->last)
            draft_line(&c->draft, vary->say, BETWEEN_LINES);
    }
    if (e->kind == WORK_FREE && window->set == 1)
        draft_line(&c->draft, phrase_text(c->draft.voice->book, PHRASE_FREE),
                   BETWEEN_LINES);
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
    draft_begin(&c->draft, AFTER_TONE);
    add_announcement(c, window);
    end_counted(c, SEGMENT_LEAD_IN, e->lead_in ? e->lead_in : LEAD_IN, window);
}

static void
add_change(struct compiler *c, const struct window *window)
{
    struct phrase_value side = {.name = "side",
                                .text = side_word(c, window->side)};
    draft_begin(&c->draft, AFTER_TONE);
    draft_line(&c->draft, draft_expand(&c->draft, PHRASE_CHANGE, &side, 1),
               BETWEEN_LINES);
    end_counted(c, SEGMENT_CHANGE, window->exercise->change, window);
}

// Short lines spread over the window, another one first in every set.
static void
add_tips(struct compiler *c, const struct window *window, int ms)
{
    const struct lines *lines = &window->exercise->cues;
    int                 leave = ms >= 2 * TIP_LEAVE ? TIP_LEAVE : ms / 2;
    int most = says(c, TALK_FULL) ? INT_MAX : says(c, TALK_BRIEF) ? 1 : 0;
    int at   = TIP_START;

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

static enum side
first_side(const struct exercise *exercise)
{
    switch (exercise->sides) {
    case SIDES_EACH:
        return exercise->first == FIRST_RIGHT ? SIDE_RIGHT : SIDE_LEFT;
    case SIDES_LEFT: return SIDE_LEFT;
    case SIDES_RIGHT: return SIDE_RIGHT;
    default: return SIDE_NONE;
    }
}

static enum segment_end
work_end(const struct compiler *c, const struct window *window)
{
    bool each = window->exercise->sides == SIDES_EACH;
    if (each && window->side == first_side(window->exercise)) return END_SIDE;
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
        if (ms >= LEAST_HALFWAY && says(c, TALK_BRIEF))
            draft_exact(&c->draft, PHRASE_HALFWAY, ANCHOR_MIDDLE, 0,
                        IMPORTANCE_HALFWAY);
    }
    add_tips(c, window, ms);
    struct segment *segment =
        draft_end(&c->draft, SEGMENT_WORK, draft_frames(&c->draft, ms));
    segment->open = open && c->options->attended;
    segment->end  = work_end(c, window);
    belong(segment, window);
}

static void
add_rest(struct compiler *c, const struct window *window)
{
    const struct exercise *e       = window->exercise;
    bool                   stretch = e->stretch.count > 0;
    if (e->rest <= 0) return;

    draft_begin(&c->draft, AFTER_TONE + 300);
    draft_line(&c->draft,
               phrase_text(c->draft.voice->book,
                           stretch ? PHRASE_REST_STRETCH : PHRASE_REST),
               BETWEEN_LINES);
    for (size_t i = 0; says(c, TALK_BRIEF) && i < e->stretch.count; i++) {
        draft_line(&c->draft, e->stretch.text[i], BETWEEN_STEPS);
    }
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
    window->side = first_side(window->exercise);
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

static void
add_exercise(struct compiler *c, size_t place)
{
    int index = c->options->choices ? c->options->choice[place] : (int)place;
    const struct exercise *e      = &c->routine->exercises[index];
    struct window          window = {
                 .exercise = e,
                 .index    = index,
                 .place    = place,
                 .sets     = pick_sets(c, e),
    };

    add_setup(c, &window);
    add_ready(c, &window);
    for (window.set = 1; window.set <= window.sets; window.set++) {
        add_set(c, &window);
    }
}

// ---- the whole ---------------------------------------------------------

static bool
holds(const struct lines *lines, const char *text)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (strcmp(lines->text[i], text) == 0) return true;
    }
    return false;
}

// The things needed: those of the routine, or of the exercises chosen.
static struct lines
needs(const struct compiler *c, const char *tools[ROUTINE_MOST_EXERCISES])
{
    struct lines chosen = {.text = tools};

    if (!c->options->choices) return c->routine->needs;
    for (size_t i = 0; i < c->options->choices; i++) {
        const char *tool = c->routine->exercises[c->options->choice[i]].tool;
        if (*tool && !holds(&chosen, tool)) tools[chosen.count++] = tool;
    }
    return chosen;
}

// "a foam roller, a massage ball and a mat": all but the last with commas.
static void
join(char to[PHRASE_SIZE], const struct lines *lines)
{
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i + 1 < lines->count && used < PHRASE_SIZE; i++) {
        int length = snprintf(to + used, PHRASE_SIZE - used, "%s%s",
                              i ? ", a " : "", lines->text[i]);
        used += length > 0 ? (size_t)length : 0;
    }
}

static void
add_needs(struct compiler *c)
{
    const char  *tools[ROUTINE_MOST_EXERCISES];
    struct lines things = needs(c, tools);
    char         first[PHRASE_SIZE];

    if (things.count == 0) return;
    join(first, &things);
    const char         *last     = things.text[things.count - 1];
    struct phrase_value values[] = {
        {.name = "first", .text = first},
        {.name = "last", .text = last},
        {.name = "things", .text = last},
    };
    enum phrase phrase = things.count == 1 ? PHRASE_NEEDS : PHRASE_NEEDS_AND;
    draft_line(&c->draft, draft_expand(&c->draft, phrase, values, 3),
               BETWEEN_LINES);
}

static void
add_intro(struct compiler *c, int64_t rest)
{
    struct phrase_value title = {.name = "title", .text = c->routine->title};
    int64_t             ms    = rest * 1000 / c->draft.voice->rate;

    draft_begin(&c->draft, INTRO_START);
    draft_line(&c->draft, draft_expand(&c->draft, PHRASE_WELCOME, &title, 1),
               BETWEEN_LINES);
    if (says(c, TALK_FULL))
        draft_line(&c->draft, c->routine->about, BETWEEN_LINES);
    if (ms > 90000) ms = (ms + 30000) / 60000 * 60000; // whole minutes
    draft_line(&c->draft, draft_expand_duration(&c->draft, PHRASE_TAKES, ms),
               BETWEEN_LINES);
    add_needs(c);
    for (size_t i = 0; i < c->options->notes; i++)
        draft_line(&c->draft, draft_keep(&c->draft, c->options->note[i]),
                   BETWEEN_LINES);
    if (c->options->listening && says(c, TALK_BRIEF))
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_SPEAK_UP),
                   BETWEEN_LINES);
    if (c->options->deaf)
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_NO_MICROPHONE),
                   BETWEEN_LINES);
    draft_end_spoken(&c->draft, SEGMENT_INTRO);
}

static void
add_outro(struct compiler *c)
{
    draft_begin(&c->draft, AFTER_TONE + 600);
    draft_line(&c->draft, phrase_text(c->draft.voice->book, PHRASE_OUTRO),
               BETWEEN_LINES);
    if (says(c, TALK_BRIEF))
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_AFTERCARE), 0);
    draft_end_spoken(&c->draft, SEGMENT_OUTRO);
}

static int64_t
length_of(const struct compiler *c)
{
    int64_t length = 0;
    for (size_t i = 0; i < c->draft.count; i++)
        length += c->draft.segments[i].length;
    return length;
}

// The intro is built last, since it tells the length of the rest, and put
// first.
static void
compile(struct compiler *c)
{
    c->draft.count = 1;
    for (size_t i = 0; i < exercises(c); i++) add_exercise(c, i);
    add_outro(c);

    int64_t rest  = length_of(c);
    size_t  count = c->draft.count;
    add_intro(c, rest);
    c->draft.segments[0] = c->draft.segments[count];
    c->draft.count       = count;
}

enum status
plan_compile(struct plan **out, const struct routine *routine,
             const struct plan_options *options, const struct plan_voice *voice,
             struct diag *diag)
{
    struct compiler *c    = calloc(1, sizeof *c);
    struct plan     *plan = calloc(1, sizeof *plan);
    enum status      st   = STATUS_NO_MEMORY;

    if (!c || !plan) goto done;
    c->draft.arena = arena_new(ARENA_LIMIT);
    c->routine     = routine;
    c->options     = options;
    c->draft.voice = voice;
    c->draft.segments =
        calloc(PLAN_MOST_SEGMENTS + 1, sizeof *c->draft.segments);
    if (!c->draft.arena || !c->draft.segments) goto done;

    compile(c);
    if (c->draft.failed) {
        diag_set(diag, routine->id,
                 "this routine makes more than %d segments; use fewer sets",
                 PLAN_MOST_SEGMENTS);
        st = STATUS_BAD_INPUT;
        goto done;
    }
    plan->rate        = voice->rate;
    plan->routine     = routine;
    plan->count       = c->draft.count;
    plan->segments    = c->draft.segments;
    plan->length      = length_of(c);
    plan->arena       = c->draft.arena;
    *out              = plan; // with the segments and the arena
    plan              = NULL;
    c->draft.segments = NULL;
    c->draft.arena    = NULL;
    st                = STATUS_OK;
done:
    if (c) {
        free(c->draft.segments);
        arena_free(c->draft.arena);
    }
    free(c);
    free(plan);
    return st;
}

void
plan_free(struct plan *plan)
{
    if (!plan) return;
    arena_free(plan->arena);
    free((void *)plan->segments);
    free(plan);
}
