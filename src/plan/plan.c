// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/plan.h"

#include <string.h>

const struct exercise *
plan_exercise(const struct plan *plan, const struct segment *segment)
{
    if (segment->exercise < 0) return NULL;
    return &plan->routine->exercises[segment->exercise];
}

const char *
segment_kind_name(enum segment_kind kind)
{
    static const char *const names[SEGMENT_KINDS] = {
        [SEGMENT_INTRO] = "intro", [SEGMENT_SETUP] = "setup",
        [SEGMENT_READY] = "ready", [SEGMENT_LEAD_IN] = "lead_in",
        [SEGMENT_WORK] = "work",   [SEGMENT_CHANGE] = "change",
        [SEGMENT_REST] = "rest",   [SEGMENT_QUESTION] = "question",
        [SEGMENT_OUTRO] = "outro",
    };
    return names[kind];
}

const char *
side_name(enum side side)
{
    static const char *const names[] = {NULL, "left", "right"};
    return names[side];
}

bool
given_is_same(const struct given *a, const struct given *b)
{
    return a->gates == b->gates &&
           memcmp(a->first, b->first, sizeof a->first) == 0;
}

static bool
find_name(const char *const *names, int count, const char *text, int *found)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], text) != 0) continue;
        *found = i;
        return true;
    }
    return false;
}

bool
level_parse(enum level *level, const char *text)
{
    static const char *const names[] = {"gentle", "standard", "deep"};
    int                      found;
    if (!find_name(names, 3, text, &found)) return false;
    *level = (enum level)found;
    return true;
}

bool
talk_parse(enum talk *talk, const char *text)
{
    static const char *const names[] = {"full", "usual", "brief", "quiet"};
    int                      found;
    if (!find_name(names, TALKS, text, &found)) return false;
    *talk = (enum talk)found;
    return true;
}

enum status
plan_set_compile(struct plan_set *set, const struct routine *routine,
                 const struct plan_options *options,
                 const struct plan_voice *voice, struct diag *diag)
{
    memset(set, 0, sizeof *set);
    for (int level = 0; level < LEVELS; level++) {
        for (int talk = 0; talk < TALKS; talk++) {
            struct plan_options own = *options;
            own.level               = (enum level)level;
            own.talk                = (enum talk)talk;
            enum status st = plan_compile(&set->plan[level][talk], routine,
                                          &own, voice, diag);
            if (st) {
                plan_set_release(set);
                return st;
            }
        }
    }
    return STATUS_OK;
}

void
plan_set_release(struct plan_set *set)
{
    for (int level = 0; level < LEVELS; level++) {
        for (int talk = 0; talk < TALKS; talk++)
            plan_free(set->plan[level][talk]);
    }
    memset(set, 0, sizeof *set);
}
