// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/fit.h"

#include <stdio.h>
#include <string.h>

#define MOST_SETS 6

// Within this share of the wish nothing more is changed.
#define NEAR_PERCENT 90
#define OVER_PERCENT 101 // and a sentence about it comes on top

struct search {
    const struct plan_options *asked;
    const struct routine      *routine;
    const struct plan_voice   *voice;
    struct diag               *diag;
    int64_t                    wish; // frames
    int64_t                    best; // the longest that fits, 0: none yet
    struct plan_options        best_options;
    int64_t                    least; // the shortest of all
    struct plan_options        least_options;
};

// The exercises of the asked session without the last LEFT_OUT.
static void
leave_out(struct plan_options *options, const struct routine *routine,
          size_t left_out)
{
    size_t count = options->choices ? options->choices : routine->count;

    if (!options->choices) {
        for (size_t i = 0; i < count; i++) options->choice[i] = (int)i;
    }
    options->choices = count - left_out;
}

static enum status
try(struct search *search, const struct plan_options *options)
{
    struct plan *plan = NULL;
    enum status  st   = plan_compile(&plan, search->routine, options,
                                     search->voice, search->diag);
    if (st) return st;

    int64_t length = plan->length;
    plan_free(plan);
    if (length * 100 <= search->wish * OVER_PERCENT && length > search->best) {
        search->best         = length;
        search->best_options = *options;
    }
    if (!search->least || length < search->least) {
        search->least         = length;
        search->least_options = *options;
    }
    return STATUS_OK;
}

static bool
near_enough(const struct search *search)
{
    return search->best * 100 >= search->wish * NEAR_PERCENT;
}

// Every level, the asked one first, so that it stays where it does as well.
static enum status
try_levels(struct search *search, struct plan_options options)
{
    enum status st = try(search, &options);
    for (int i = 0; i < LEVELS && !st && !near_enough(search); i++) {
        options.level = (enum level)i;
        if (options.level != search->asked->level) st = try(search, &options);
    }
    return st;
}

static enum status
try_sets(struct search *search, struct plan_options options)
{
    enum status st = STATUS_OK;
    for (int sets = MOST_SETS; sets >= 1 && !st; sets--) {
        options.sets = sets;
        st           = try_levels(search, options);
    }
    return st;
}

static enum status
search_all(struct search *search)
{
    struct plan_options options = *search->asked;
    size_t count = options.choices ? options.choices : search->routine->count;

    enum status st = try_levels(search, options);
    for (size_t out = 0; out < count && !st && !near_enough(search); out++) {
        struct plan_options fewer = options;
        leave_out(&fewer, search->routine, out);
        st = try_sets(search, fewer);
    }
    return st;
}

// ---- in words ----------------------------------------------------------

static void
tell(struct fit *fit, const struct plan_voice *voice, enum phrase phrase,
     const struct phrase_value *value)
{
    if (fit->texts == 2) return;
    phrase_expand(fit->text[fit->texts++], voice->book, phrase, value,
                  value != NULL);
}

// "Latissimus", or "Rhomboids and Latissimus": those after the KEPT first.
static void
join_left_out(char to[PHRASE_SIZE], const struct search *search, size_t kept)
{
    const struct plan_options *asked = search->asked;
    size_t count = asked->choices ? asked->choices : search->routine->count;

    to[0] = '\0';
    for (size_t i = kept; i < count; i++) {
        int         index = asked->choices ? asked->choice[i] : (int)i;
        const char *title = search->routine->exercises[index].title;
        char        before[PHRASE_SIZE];
        memcpy(before, to, PHRASE_SIZE);
        struct phrase_value values[] = {{.name = "first", .text = before},
                                        {.name = "last", .text = title}};
        if (i == kept)
            snprintf(to, PHRASE_SIZE, "%s", title);
        else
            phrase_expand(to, search->voice->book, PHRASE_AND, values, 2);
    }
}

static void
tell_difference(struct fit *fit, const struct search *search,
                const struct plan_options *chosen, bool fits)
{
    const struct plan_options *asked = search->asked;
    char                       things[PHRASE_SIZE];
    struct phrase_value        sets = {.name = "sets", .number = chosen->sets};
    struct phrase_value        out  = {.name = "things", .text = things};

    if (!fits) {
        tell(fit, search->voice, PHRASE_FIT_SHORTEST, NULL);
        return;
    }
    size_t count = asked->choices ? asked->choices : search->routine->count;
    if (chosen->choices && chosen->choices < count) {
        join_left_out(things, search, chosen->choices);
        tell(fit, search->voice, PHRASE_FIT_LEAVES_OUT, &out);
    }
    if (chosen->sets != asked->sets)
        tell(fit, search->voice,
             chosen->sets == 1 ? PHRASE_FIT_ONE_SET : PHRASE_FIT_SETS, &sets);
    if (chosen->level == asked->level) return;
    if (chosen->level == LEVEL_GENTLE)
        tell(fit, search->voice, PHRASE_FIT_GENTLE, NULL);
    if (chosen->level == LEVEL_DEEP)
        tell(fit, search->voice, PHRASE_FIT_DEEP, NULL);
}

enum status
plan_fit(struct plan_options *options, struct fit *fit, int minutes,
         const struct routine *routine, const struct plan_voice *voice,
         struct diag *diag)
{
    const struct plan_options asked  = *options;
    struct search             search = {
                    .asked   = &asked,
                    .routine = routine,
                    .voice   = voice,
                    .diag    = diag,
                    .wish    = (int64_t)minutes * 60 * voice->rate,
    };

    memset(fit, 0, sizeof *fit);
    enum status st = search_all(&search);
    if (st) return st;

    bool fits = search.best > 0;
    *options  = fits ? search.best_options : search.least_options;
    tell_difference(fit, &search, options, fits);
    for (int i = 0; i < fit->texts && options->notes < PLAN_MOST_NOTES; i++)
        options->note[options->notes++] = fit->text[i];
    return STATUS_OK;
}
