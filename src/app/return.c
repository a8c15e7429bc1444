// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/return.h"

#include "base/log.h"
#include "base/text.h"
#include <string.h>
#include <time.h>

#define OLDEST_S (3 * 24 * 3600) // nobody goes on with a session of last week

// A clock that was set back meanwhile makes no session old.
bool
return_is_recent(const struct bookmark *bookmark)
{
    return (int64_t)time(NULL) - bookmark->thread.started < OLDEST_S;
}

static bool
is_wished(const struct bookmark *b, const struct prepare_options *o)
{
    return b->wished_level == o->plan.level && b->wished_talk == o->plan.talk &&
           b->sets == o->plan.sets && b->minutes == o->minutes &&
           (o->plan.given.gates & ~b->given.gates) == 0;
}

static int64_t
to_frames(const struct player *p, int64_t ms)
{
    return ms * p->prepared.voice.rate / 1000;
}

// The plan that it was, and the segment in it.
static bool
prepare_same(struct player *p, const char *path,
             const struct prepare_options *options, const struct bookmark *b)
{
    struct plan_options plan   = options->plan;
    struct report       report = {0};
    struct diag         diag   = {""};

    plan.level      = b->wished_level;
    plan.sets_level = b->wished_level;
    plan.talk       = b->wished_talk;
    plan.sets       = b->sets;
    plan.screening  = b->screening;
    plan.given      = b->given;
    enum status st =
        prepare_routine(&p->prepared, path, &plan, b->minutes, &report, &diag);
    report_release(&report);
    if (st) return false;
    const struct plan *here = p->prepared.plans.plan[b->level][b->talk];
    p->place                = bookmark_find(b, here);
    return p->place < here->count &&
           bookmark_digest(p->prepared.plans.plan[LEVEL_STANDARD][TALK_FULL]) ==
               b->plan;
}

bool
return_open(struct player *p, const char *path,
            const struct prepare_options *options, bool can_answer)
{
    const struct player_options *o = p->options;
    struct bookmark              b;

    if (!o->keep || o->resume == RESUME_NO || options->plan.only_questions ||
        options->screening == SCREENING_NOW)
        return false;
    if (o->resume == RESUME_ASK && !can_answer) return false;
    if (!bookmark_recall(&b) || strcmp(b.path, path) != 0 ||
        !return_is_recent(&b))
        return false;
    if (o->resume == RESUME_ASK && !is_wished(&b, options)) return false;
    if (!prepare_same(p, path, options, &b)) {
        log_print(LOG_WARNING, "the session that broke off cannot be gone on "
                               "with: its routine has changed");
        return false;
    }
    p->bookmark        = b;
    p->comes_back      = true;
    p->asks_back       = o->resume == RESUME_ASK;
    p->again.screening = b.screening;
    return true;
}

void
return_describe(struct player *p, const char *path,
                const struct prepare_options *options)
{
    struct bookmark *b = &p->bookmark;

    *b = (struct bookmark){
        .wished_level = options->plan.level,
        .wished_talk  = options->plan.talk,
        .sets         = options->plan.sets,
        .minutes      = options->minutes,
        .screening    = options->plan.screening,
        .level        = p->prepared.level,
        .talk         = p->prepared.talk,
    };
    b->plan =
        bookmark_digest(p->prepared.plans.plan[LEVEL_STANDARD][TALK_FULL]);
    text_copy(b->routine, sizeof b->routine, p->prepared.routine->id);
    text_copy(b->path, sizeof b->path, path);
}

void
return_begin(struct player *p, struct effects *fx)
{
    const struct bookmark *b  = &p->bookmark;
    int64_t                ms = b->elapsed_ms;

    // on the average half of the time between two bookmarks has gone by
    if (b->moving) ms += BOOKMARK_EVERY_MS / 2;
    if (ms > b->length_ms) ms = b->length_ms;
    struct session_place place = {.segment = p->place,
                                  .elapsed = to_frames(p, ms),
                                  .length  = to_frames(p, b->length_ms),
                                  .gain    = b->gain,
                                  .ask     = p->asks_back};

    p->session.level = b->level;
    p->session.talk  = b->talk;
    session_come_back(&p->session, 0, &place, fx);
}
