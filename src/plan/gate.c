// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/gate.h"

#include "base/text.h"
#include <stdio.h>
#include <string.h>

#define LEFT_OUT (-1)

_Static_assert(PHRASE_WHY_IT_BAND - PHRASE_WHY_OPEN_WOUND == GATE_COUNT - 1,
               "a reason for every gate, in their order");

struct sieve {
    const struct routine    *routine;
    const struct phrasebook *book;
    gate_set                 gates;
    size_t                   count;
    int                      from[ROUTINE_MOST_EXERCISES];
    int                      to[ROUTINE_MOST_EXERCISES]; // or LEFT_OUT
};

static int
index_of(const struct routine *routine, const char *id)
{
    size_t all = routine->count + routine->spares;
    for (size_t i = 0; i < all; i++) {
        if (strcmp(routine->exercises[i].id, id) == 0) return (int)i;
    }
    return LEFT_OUT;
}

static bool
is_gated(const struct sieve *sieve, int index)
{
    return (sieve->routine->exercises[index].gated & sieve->gates) != 0;
}

// Whether INDEX is or will be done anyway.
static bool
is_done(const struct sieve *sieve, int index)
{
    for (size_t i = 0; i < sieve->count; i++) {
        if (sieve->to[i] == index) return true;
    }
    return false;
}

// Who may stand in for INDEX: its `instead`, or that one's, and so on.
static int
stand_in(const struct sieve *sieve, int index)
{
    const struct exercise *all = sieve->routine->exercises;
    int                    to  = index;

    for (int hops = 0; hops < ROUTINE_MOST_EXERCISES; hops++) {
        if (!*all[to].instead) return LEFT_OUT;
        to = index_of(sieve->routine, all[to].instead);
        if (to == LEFT_OUT) return LEFT_OUT;
        if (!is_gated(sieve, to) && !is_done(sieve, to)) return to;
    }
    return LEFT_OUT; // they stand in for each other
}

static void
fill(struct sieve *sieve, const struct plan_options *options)
{
    sieve->count = options->choices ? options->choices : sieve->routine->count;
    for (size_t i = 0; i < sieve->count; i++) {
        sieve->from[i] = options->choices ? options->choice[i] : (int)i;
        sieve->to[i] =
            is_gated(sieve, sieve->from[i]) ? LEFT_OUT : sieve->from[i];
    }
    for (size_t i = 0; i < sieve->count; i++) {
        if (sieve->to[i] == LEFT_OUT)
            sieve->to[i] = stand_in(sieve, sieve->from[i]);
    }
}

// The first gate that keeps INDEX out, in words.
static const char *
reason(const struct sieve *sieve, int index)
{
    gate_set gated = sieve->routine->exercises[index].gated & sieve->gates;
    int      gate  = 0;
    while (!(gated >> gate & 1)) gate++;
    return phrase_text(sieve->book,
                       (enum phrase)(PHRASE_WHY_OPEN_WOUND + gate));
}

static void
note(struct gated *gated, const struct sieve *sieve, enum phrase phrase,
     const struct phrase_value *values, size_t count)
{
    if (gated->texts == PLAN_MOST_NOTES - 2) return; // two are for a fit
    phrase_expand(gated->text[gated->texts++], sieve->book, phrase, values,
                  count);
}

// "Trapezius, Rhomboids and Latissimus": what is left out for WHY.
static void
join(char to[PHRASE_SIZE], const struct sieve *sieve, const char *why)
{
    char        first[PHRASE_SIZE] = "";
    const char *last               = NULL;
    size_t      used               = 0;

    for (size_t i = 0; i < sieve->count; i++) {
        int from = sieve->from[i];
        if (sieve->to[i] != LEFT_OUT || reason(sieve, from) != why) continue;
        if (last && used < PHRASE_SIZE) {
            int length = snprintf(first + used, PHRASE_SIZE - used, "%s%s",
                                  used ? ", " : "", last);
            used += length > 0 ? (size_t)length : 0;
        }
        last = sieve->routine->exercises[from].title;
    }
    struct phrase_value values[] = {{.name = "first", .text = first},
                                    {.name = "last", .text = last}};
    if (used)
        phrase_expand(to, sieve->book, PHRASE_AND, values, 2);
    else
        text_copy(to, PHRASE_SIZE, last);
}

static bool
was_told(const struct sieve *sieve, size_t i, const char *why)
{
    for (size_t k = 0; k < i; k++) {
        if (sieve->to[k] == LEFT_OUT && reason(sieve, sieve->from[k]) == why)
            return true;
    }
    return false;
}

static void
tell(struct gated *gated, const struct sieve *sieve, size_t i)
{
    const struct exercise *all = sieve->routine->exercises;
    char                   titles[PHRASE_SIZE];

    if (sieve->to[i] == sieve->from[i]) return;
    const char *why      = reason(sieve, sieve->from[i]);
    bool        left_out = sieve->to[i] == LEFT_OUT;

    if (left_out && was_told(sieve, i, why)) return;
    if (left_out) join(titles, sieve, why);
    struct phrase_value values[] = {
        {.name = "title",
         .text = left_out ? titles : all[sieve->from[i]].title},
        {.name = "instead", .text = left_out ? "" : all[sieve->to[i]].title},
        {.name = "why", .text = why},
    };
    note(gated, sieve, left_out ? PHRASE_GATE_LEAVES_OUT : PHRASE_GATE_REPLACES,
         values, 3);
}

void
plan_gate(struct plan_options *options, struct gated *gated,
          const struct routine *routine, const struct phrasebook *book)
{
    struct sieve sieve = {
        .routine = routine, .book = book, .gates = options->given.gates};
    size_t left = 0;
    bool   all  = true;

    gated->texts     = 0;
    options->nothing = false;
    if (!sieve.gates) return;
    fill(&sieve, options);
    for (size_t i = 0; i < sieve.count; i++) {
        tell(gated, &sieve, i);
        all = all && sieve.to[i] == sieve.from[i];
        if (sieve.to[i] != LEFT_OUT) options->choice[left++] = sieve.to[i];
    }
    if (all) return;
    options->choices = left;
    options->nothing = left == 0;
    for (size_t i = 0; i < gated->texts && options->notes < PLAN_MOST_NOTES;
         i++)
        options->note[options->notes++] = gated->text[i];
}
