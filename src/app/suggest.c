// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/suggest.h"

#include "base/text.h"
#include <string.h>

#define DUE_DAYS    3
#define LONGEST     60 // days: what was given up is not due
#define USUAL_TIMES 3
#define COUNTS      60.0 // seconds of work

static int64_t
days_since(const struct look_back *back, int64_t started, int zone)
{
    return back->today - summary_day(started, zone);
}

// The last day on which any side of the muscle at I was worked.
static int64_t
least_days(const struct look_back *back, size_t i)
{
    const struct past_muscles *m    = &back->muscles;
    int64_t                    days = INT64_MAX;

    for (size_t j = 0; j < m->count; j++) {
        if (strcmp(m->list[j].muscle, m->list[i].muscle) != 0) continue;
        int64_t its = days_since(back, m->list[j].last, m->list[j].zone);
        if (its < days) days = its;
    }
    return days;
}

static void
find_due(struct suggestion *s, const struct look_back *back)
{
    for (size_t i = 0; i < back->muscles.count; i++) {
        const struct past_muscle *m    = &back->muscles.list[i];
        int64_t                   days = least_days(back, i);
        if (days < DUE_DAYS || days > LONGEST || days <= s->days) continue;
        s->days = (int)days;
        text_copy(s->due, sizeof s->due, m->routine);
        text_copy(s->muscle, sizeof s->muscle, m->muscle);
    }
}

static int
times_of(const struct look_back *back, const char *routine)
{
    int times = 0;

    for (size_t i = 0; i < back->sessions.count; i++) {
        const struct past_session *p = &back->sessions.list[i];
        times += p->worked >= COUNTS && strcmp(p->routine, routine) == 0 &&
                 days_since(back, p->started, p->zone) < LOOK_BACK_DAYS;
    }
    return times;
}

static void
find_usual(struct suggestion *s, const struct look_back *back)
{
    for (size_t i = 0; i < back->sessions.count; i++) {
        const char *routine = back->sessions.list[i].routine;
        int         times   = times_of(back, routine);
        if (times < USUAL_TIMES || times <= s->times ||
            strcmp(routine, s->due) == 0)
            continue;
        s->times = times;
        text_copy(s->usual, sizeof s->usual, routine);
    }
}

// The seconds of the other side of the muscle at I; 0: it had none.
static double
other_side(const struct past_muscles *m, size_t i)
{
    for (size_t j = 0; j < m->count; j++) {
        if (strcmp(m->list[j].muscle, m->list[i].muscle) == 0 &&
            *m->list[j].side && strcmp(m->list[j].side, m->list[i].side) != 0)
            return m->list[j].seconds;
    }
    return 0;
}

// By the side that had more, as one that had nothing is not in the list.
static void
find_uneven(struct suggestion *s, const struct look_back *back)
{
    const struct past_muscles *m    = &back->recent;
    double                     most = COUNTS;

    for (size_t i = 0; i < m->count; i++) {
        const struct past_muscle *more = &m->list[i];
        double                    had  = other_side(m, i);
        if (!*more->side || more->seconds - had < most ||
            had > 0.8 * more->seconds)
            continue;
        most     = more->seconds - had;
        s->had   = had;
        s->other = more->seconds;
        text_copy(s->uneven, sizeof s->uneven, more->muscle);
        text_copy(s->less, sizeof s->less,
                  strcmp(more->side, "left") == 0 ? "right" : "left");
        text_copy(s->even_out, sizeof s->even_out, more->routine);
    }
}

void
suggest_make(struct suggestion *suggestion, const struct look_back *back)
{
    memset(suggestion, 0, sizeof *suggestion);
    find_due(suggestion, back);
    find_usual(suggestion, back);
    find_uneven(suggestion, back);
}
