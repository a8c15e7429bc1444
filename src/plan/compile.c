// SPDX-License-Identifier: GPL-3.0-or-later
// routine + spoken lengths -> segments and cues.
#include "plan/compiler.h"
#include "plan/questions.h"

#include "base/arena.h"
#include "base/text.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_LIMIT (16 << 20)
#define INTRO_START 500   // ms: a sleeping speaker wakes
#define INTRO_ABOUT 20000 // ms that the words before a session take

bool
compiler_says(const struct compiler *c, enum talk most)
{
    return c->options->talk <= most;
}

size_t
compiler_exercises(const struct compiler *c)
{
    if (c->options->nothing) return 0;
    return c->options->choices ? c->options->choices : c->routine->count;
}

int
compiler_index(const struct compiler *c, size_t place)
{
    return c->options->choices ? c->options->choice[place] : (int)place;
}

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

    if (c->options->nothing) return chosen;
    if (!c->options->choices) return c->routine->needs;
    for (size_t i = 0; i < c->options->choices; i++) {
        const char *tool = c->routine->exercises[c->options->choice[i]].tool;
        if (*tool && !holds(&chosen, tool)) tools[chosen.count++] = tool;
    }
    return chosen;
}

// "foam roller, a massage ball": all things but the last.
static void
join(struct compiler *c, char to[PHRASE_SIZE], const struct lines *lines)
{
    char before[PHRASE_SIZE];

    to[0] = '\0';
    for (size_t i = 0; i + 1 < lines->count; i++) {
        text_copy(before, sizeof before, to);
        struct phrase_value values[] = {
            {.name = "first", .text = before},
            {.name = "last", .text = lines->text[i]},
        };
        if (i == 0)
            text_copy(to, PHRASE_SIZE, lines->text[i]);
        else
            phrase_expand(to, c->draft.voice->book, PHRASE_NEEDS_JOIN, values,
                          2);
    }
}

static void
add_needs(struct compiler *c)
{
    const char  *tools[ROUTINE_MOST_EXERCISES];
    struct lines things = needs(c, tools);
    char         first[PHRASE_SIZE];

    if (things.count == 0) return;
    join(c, first, &things);
    const char         *last     = things.text[things.count - 1];
    struct phrase_value values[] = {
        {.name = "first", .text = first},
        {.name = "last", .text = last},
        {.name = "things", .text = last},
    };
    enum phrase phrase = things.count == 1 ? PHRASE_NEEDS : PHRASE_NEEDS_AND;
    draft_line(&c->draft, draft_expand(&c->draft, phrase, values, 3),
               COMPILER_BETWEEN_LINES);
}

// Whole minutes; the next one up where the session, with the words before it,
// would take over a twentieth more.
static int64_t
stated(int64_t rest)
{
    int64_t ms      = rest + INTRO_ABOUT;
    int64_t minutes = (ms + 30000) / 60000;

    if (ms <= 90000) return ms;
    if (ms * 100 > minutes * 60000 * 104) minutes++;
    return minutes * 60000;
}

// A session is as well known as the least known of its exercises.
static int
least_met(const struct compiler *c)
{
    int least = INT_MAX;

    for (size_t i = 0; i < compiler_exercises(c); i++) {
        int met = compiler_met(c, i);
        if (met < least) least = met;
    }
    return least == INT_MAX ? 0 : least;
}

static void
add_intro(struct compiler *c, int64_t rest)
{
    struct phrase_value title = {.name = "title", .text = c->routine->title};
    int64_t             ms    = rest * 1000 / c->draft.voice->rate;
    int                 met   = least_met(c);

    draft_begin(&c->draft, INTRO_START);
    draft_line(&c->draft, draft_expand(&c->draft, PHRASE_WELCOME, &title, 1),
               COMPILER_BETWEEN_LINES);
    if (compiler_says(c, TALK_USUAL) && met == 0)
        draft_line(&c->draft, c->routine->about, COMPILER_BETWEEN_LINES);
    if (!c->options->nothing)
        draft_line(&c->draft,
                   draft_expand_duration(&c->draft, PHRASE_TAKES, stated(ms)),
                   COMPILER_BETWEEN_LINES);
    if (met < COMPILER_WELL_KNOWN) add_needs(c);
    for (size_t i = 0; i < c->options->notes; i++)
        draft_line(&c->draft, draft_keep(&c->draft, c->options->note[i]),
                   COMPILER_BETWEEN_LINES);
    if (c->options->listening && compiler_says(c, TALK_BRIEF) && met == 0 &&
        !c->options->nothing)
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_SPEAK_UP),
                   COMPILER_BETWEEN_LINES);
    if (c->options->deaf)
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_NO_MICROPHONE),
                   COMPILER_BETWEEN_LINES);
    if (c->options->nothing)
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_GATE_NOTHING),
                   COMPILER_BETWEEN_LINES);
    draft_end_spoken(&c->draft, SEGMENT_INTRO);
}

static void
add_outro(struct compiler *c)
{
    draft_begin(&c->draft, COMPILER_AFTER_TONE + 600);
    draft_line(&c->draft, phrase_text(c->draft.voice->book, PHRASE_OUTRO),
               COMPILER_BETWEEN_LINES);
    if (compiler_says(c, TALK_BRIEF))
        draft_line(&c->draft,
                   phrase_text(c->draft.voice->book, PHRASE_AFTERCARE), 0);
    draft_end_spoken(&c->draft, SEGMENT_OUTRO);
}

static int64_t
length_from(const struct compiler *c, size_t first)
{
    int64_t length = 0;
    for (size_t i = first; i < c->draft.count; i++)
        length += c->draft.segments[i].length;
    return length;
}

// The intro is built last, since it tells the length of the rest, and put
// before it.
static void
compile_session(struct compiler *c)
{
    size_t intro = c->draft.count++;

    for (size_t i = 0; i < compiler_exercises(c); i++)
        compiler_add_exercise(c, i);
    if (c->options->discomfort && !c->options->nothing)
        questions_add_discomfort(c, 1);
    if (!c->options->nothing) add_outro(c);

    int64_t rest  = length_from(c, intro + 1);
    size_t  count = c->draft.count;
    add_intro(c, rest);
    c->draft.segments[intro] = c->draft.segments[count];
    c->draft.count           = count;
}

static void
compile(struct compiler *c)
{
    if (c->options->screening) questions_add_screening(c);
    if (c->options->only_questions) {
        questions_add_thanks(c);
        return;
    }
    if (c->options->discomfort && !c->options->nothing)
        questions_add_discomfort(c, 0);
    compile_session(c);
}

// The segments in no more room than they need: many plans are kept at once.
static struct segment *
take_segments(struct draft *draft)
{
    size_t          count    = draft->count ? draft->count : 1;
    struct segment *segments = calloc(count, sizeof *segments);
    if (segments)
        memcpy(segments, draft->segments, draft->count * sizeof *segments);
    return segments;
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
    if (c->draft.failed) goto done;
    if (c->draft.full) {
        diag_set(diag, routine->id,
                 "this routine makes more than %d segments; use fewer sets",
                 PLAN_MOST_SEGMENTS);
        st = STATUS_BAD_INPUT;
        goto done;
    }
    plan->segments = take_segments(&c->draft);
    if (!plan->segments) goto done;
    plan->rate     = voice->rate;
    plan->routine  = routine;
    plan->count    = c->draft.count;
    plan->length   = length_from(c, 0);
    plan->arena    = c->draft.arena;
    *out           = plan; // with the segments and the arena
    plan           = NULL;
    c->draft.arena = NULL;
    st             = STATUS_OK;
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
