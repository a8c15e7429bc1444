// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health.h"

#include "app/playing.h"
#include "app/recover.h"
#include "base/log.h"

#define XRUN_EVERY_MS 1000
#define DEAF_WAIT_MS  30000 // for "ready", where nobody can be heard
#define LONG_SLEEP    300   // s; after that nobody is on the roller any more

static const struct command_source device = {.name = "device"};

void
health_begin(struct player *p)
{
    struct health *h = &p->health;

    h->stalls   = 0;
    h->stalled  = 0;
    h->restarts = 0;
    h->xruns    = 0;
    h->stumbles = 0;
    h->slept    = p->host->slept;
}

static void
look_at_stalls(struct player *p, int64_t frame)
{
    struct health *h    = &p->health;
    int64_t        some = p->host->stalled - h->stalled;

    if (p->host->stalls == h->stalls) return;
    h->stalls  = p->host->stalls;
    h->stalled = p->host->stalled;
    if (p->options->print) console_clear(&p->console);
    log_print(LOG_WARNING, "the sound stood still for %.1f s",
              (double)some / p->host->rate);
    events_stall(p->events, frame, some);
    diary_device(p->diary, frame, "stood still");
}

static void
look_at_xruns(struct player *p, int64_t frame)
{
    struct health *h    = &p->health;
    unsigned       more = p->host->xruns - h->xruns;

    if (!more || frame < h->next_xrun) return;
    h->xruns     = p->host->xruns;
    h->next_xrun = frame + player_frames(p, XRUN_EVERY_MS);
    p->xruns += more;
    if (p->options->print) console_clear(&p->console);
    log_print(LOG_WARNING,
              "the sound device stuttered %u time%s: the machine is busy", more,
              more == 1 ? "" : "s");
    events_xrun(p->events, frame, more);
}

// The session was frozen with the machine: where we were, and on; after long
// it waits to be told.
static void
look_at_sleep(struct player *p, int64_t frame)
{
    struct health *h    = &p->health;
    double         some = (double)(p->host->slept - h->slept) / 1000;

    if (p->host->slept == h->slept) return;
    h->slept = p->host->slept;
    if (p->options->print) console_clear(&p->console);
    log_print(LOG_WARNING, "the machine slept for %.0f s", some);
    events_slept(p->events, frame, some);
    if (p->ears) ears_renew(p->ears);
    recover_pause(p, frame);
    recover_begin_return(p, frame);
    if (some > LONG_SLEEP) p->returning = false;
}

static void
look_at_microphone(struct player *p, int64_t frame)
{
    struct health *h = &p->health;

    if (p->host->hears == h->hears) return;
    h->hears = p->host->hears;
    if (h->hears) ears_renew(p->ears); // opened again
    h->deaf_since = frame;
    h->tell       = h->hears ? PHRASE_HEAR_AGAIN : PHRASE_HEAR_NO_MORE;
    if (p->options->print) console_clear(&p->console);
    log_print(LOG_WARNING,
              h->hears ? "the microphone is there again"
                       : "the microphone is gone; the session goes on, and "
                         "commands can be typed");
    events_microphone(p->events, frame, h->hears);
}

// A segment that waits for a word would wait for ever.
static void
go_on_unheard(struct player *p, int64_t frame)
{
    if (p->health.hears || !session_segment(&p->session)->open ||
        p->session.state != SESSION_READYING ||
        frame - p->health.deaf_since < player_frames(p, DEAF_WAIT_MS))
        return;
    p->health.deaf_since = frame;
    player_command(p, frame, COMMAND_START, &device);
}

static void
say_what_is_new(struct player *p, int64_t frame)
{
    struct effects fx;

    if (p->health.tell == PHRASE_COUNT ||
        !session_tell(&p->session, frame, p->health.tell, &fx))
        return;
    p->health.tell = PHRASE_COUNT;
    stage_perform(&p->stage, &fx);
}

// After a standstill sound has waited on its way.
static void
warn_ears(struct player *p, bool stalled)
{
    struct health *h = &p->health;

    if (stalled || p->host->restarts != h->restarts)
        ears_renew(p->ears);
    else if (p->host->xruns != h->stumbles)
        ears_stumble(p->ears);
    h->restarts = p->host->restarts;
    h->stumbles = p->host->xruns;
}

void
health_look(struct player *p, int64_t frame)
{
    bool stalled = p->host->stalls != p->health.stalls;

    look_at_stalls(p, frame);
    look_at_xruns(p, frame);
    look_at_sleep(p, frame);
    if (!p->ears) return;
    warn_ears(p, stalled);
    look_at_microphone(p, frame);
    go_on_unheard(p, frame);
    say_what_is_new(p, frame);
}
