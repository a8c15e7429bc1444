// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player.h"

#include "app/console.h"
#include "app/ears.h"
#include "app/hooks.h"
#include "app/interrupt.h"
#include "app/opening.h"
#include "app/orders.h"
#include "app/person.h"
#include "app/playing.h"
#include "app/recover.h"
#include "app/return.h"
#include "app/script.h"
#include "app/stage.h"
#include "app/steering.h"
#include "audio/music.h"
#include "base/log.h"
#include "base/notify.h"
#include <stdio.h>
#include <string.h>

// A live session is decided this far ahead of what is being rendered, so that
// every sound starts on its frame although the main thread sleeps.
#define LEAD_MS 100
#define LOOK_MS 20 // how often it looks at ears and terminal meanwhile
#define STEP_MS 10 // a render's, where it has ears or music

int64_t
player_frames(const struct player *p, int64_t ms)
{
    return ms * p->prepared.voice.rate / 1000;
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

// Session frames rendered.
int64_t
player_rendered(const struct player *p)
{
    return engine_frames(p->engine) - p->stage.base;
}

static int64_t
script_due(const struct player *p)
{
    if (p->script_next >= p->script.count) return INT64_MAX;
    int64_t us = p->script.lines[p->script_next].at;
    return us * p->host->rate / 1000000;
}

// What was answered may call for other plans, and is kept.
static void
follow_answers(struct player *p)
{
    const struct given *given = &p->session.given;
    struct diag         diag  = {""};

    if (p->prepared.options.screening) person_keep(given, &p->kept);
    if (given_is_same(given, &p->prepared.options.given)) return;
    if (prepare_given(&p->prepared, given, &diag) != STATUS_OK)
        log_print(LOG_WARNING, "the session stays as it was: %s", diag.text);
    p->prepared.options.given = *given;
    session_adopt(&p->session, &p->prepared.plans);
    if (session_segment(&p->session)->asks == ASKS_GATE)
        p->session.level = p->prepared.level; // that of a fit
}

static bool
asks_to_go_on(const struct player *p)
{
    return p->session.question == QUESTION_GO_ON;
}

bool
player_command(struct player *p, int64_t frame, enum command command,
               const struct command_source *source)
{
    struct effects fx;
    bool           asked = asks_to_go_on(p);

    diary_look(p->diary, frame);
    bool taken = session_command(&p->session, frame, command, &fx);
    bool over  = taken && asked && command == COMMAND_NO;
    bool back  = taken && command == COMMAND_UNDO && asks_to_go_on(p);

    p->returning = false;
    events_command(p->events, frame, command, source, taken);
    if (back) diary_take_up(p->diary, frame);
    diary_command(p->diary, frame, command, source, taken);
    if (over) diary_start_over(p->diary, frame);
    stage_perform(&p->stage, &fx);
    follow_answers(p);
    if (p->options->steering) steering_note(p, command, source, taken);
    return taken;
}

// Everything that people have said or typed by now.
static void
take_commands(struct player *p, int64_t frame)
{
    enum command typed;

    if (p->ears) {
        if (!p->host->live) ears_pump(p->ears);
        orders_take(p, frame);
        orders_duck(p, frame);
    }
    if (p->options->steering) steering_take(p, frame);
    console_look(&p->console);
    while (p->options->typed && !p->stage.ended &&
           console_command(&p->console, &typed)) {
        player_command(p, frame, typed,
                       &(struct command_source){.name = "typed"});
    }
    if (p->options->typed) engine_mute(p->engine, p->console.muted);
}

// All that is due up to and at HORIZON, in order.
static void
reach(struct player *p, int64_t horizon)
{
    while (!p->stage.ended) {
        int64_t due    = session_due(&p->session);
        int64_t script = script_due(p);
        if (earlier(due, script) > horizon) break;
        if (due <= script) {
            struct effects fx;
            diary_look(p->diary, due);
            session_reach(&p->session, due, &fx);
            stage_perform(&p->stage, &fx);
        } else {
            enum command c = p->script.lines[p->script_next++].command;
            player_command(p, script, c,
                           &(struct command_source){.name = "script"});
        }
    }
    if (p->ears) ears_allow(p->ears, session_commands(&p->session));
}

// A render that nobody can bring to its end: paused, and no command to come.
static bool
is_stuck(const struct player *p, int64_t now)
{
    return !p->host->live && session_due(&p->session) == INT64_MAX &&
           script_due(p) == INT64_MAX && now >= p->host->microphone_frames;
}

static void
tell_progress(const struct player *p, int64_t done)
{
    if (p->options->progress)
        p->options->progress(p->options->ctx, done,
                             done + session_left(&p->session));
}

// Five times a second is smooth enough for a bar.
static void
tick(struct player *p, int64_t now)
{
    const struct session *s = &p->session;
    if (!p->options->print || now < p->next_tick) return;
    p->next_tick = now + player_frames(p, 200);
    console_tick(&p->console, p->prepared.plan, session_segment(s),
                 session_elapsed_at(s, now), s->length,
                 s->state == SESSION_PAUSED);
}

// How many frames to render before looking again.
static int64_t
step(const struct player *p, int64_t now, int64_t lead)
{
    int64_t tick = player_frames(p, STEP_MS);
    if (p->host->live) return player_frames(p, LOOK_MS);

    int64_t due = earlier(session_due(&p->session), script_due(p));
    if (due == INT64_MAX || due - lead <= now) return tick;
    if (p->music || p->ears) return earlier(tick, due - lead - now);
    return due - lead - now;
}

// A render decides no further ahead of itself than the engine asks, but where
// music must make room in time.
static int64_t
lead_of(const struct player *p)
{
    return p->host->live || p->music ? player_frames(p, LEAD_MS)
                                     : engine_ahead(p->engine);
}

static enum status
run_host(struct player *p, int64_t frames)
{
    if (p->music && !p->host->live) music_fill(p->music);
    return p->host->ops->run(p->host, frames, &p->run_diag);
}

// To the session's last frame; then music goes, in no more than a second or
// two.
static enum status
run_out(struct player *p)
{
    int64_t tick  = player_frames(p, STEP_MS);
    int64_t end   = p->stage.end;
    float   music = stage_music_volume(&p->stage, &p->session.music);
    int64_t fade  = (int64_t)(music * (float)player_frames(p, 1000));

    if (p->music) engine_music_volume(p->engine, 0, p->stage.base + end);
    end += fade;
    for (enum status st = STATUS_OK;;) {
        int64_t left = end - player_rendered(p);
        if (left <= 0) return st;
        st = run_host(p, p->music ? earlier(tick, left) : left);
        if (st) return st;
    }
}

static bool
is_listening(const struct player *p)
{
    const struct steering *steering = p->options->steering;
    bool muted = steering ? steering->muted : p->console.muted;
    return p->ears && p->host->live && !muted;
}

// A file that lacks a line is not to look whole.
static enum status
check_said(struct player *p)
{
    if (!p->stage.silent || p->host->live) return STATUS_OK;
    diag_set(&p->run_diag, NULL,
             "a line could not be said, so nothing is kept");
    return STATUS_FAILED;
}

static enum status
run(struct player *p)
{
    int64_t     lead = lead_of(p);
    enum status st   = STATUS_OK;

    while (!st) {
        int64_t now = player_rendered(p);
        notify_alive();
        hooks_listening(p->options->hooks, is_listening(p));
        take_commands(p, now + lead);
        reach(p, now + lead);
        if (p->options->steering) steering_show(p, now);
        recover_come_back(p, now + lead);
        engine_collect(p->engine);
        st = check_said(p);
        if (p->stage.ended || st) break;
        diary_look(p->diary, now);
        diary_tell(p->diary);
        if (interrupted()) {
            p->stage.ended = "interrupted";
            p->stage.end   = now + lead;
            engine_cut(p->engine, LAYER_SPEECH, ENGINE_NOW);
            engine_cut(p->engine, LAYER_ASIDE, ENGINE_NOW);
        } else if (is_stuck(p, now)) {
            p->stage.ended = "stopped";
            p->stage.end   = now;
        } else {
            tell_progress(p, now);
            tick(p, now);
            st = run_host(p, step(p, now, lead));
            if (st == STATUS_LOST && p->host->live)
                st = recover_device(p, lead);
            else
                health_look(p, now + lead);
        }
        if (p->stage.ended) break;
    }
    return !st && p->host ? run_out(p) : st;
}

void
player_keep(struct player *p)
{
    if (!p->options->keep) return;
    diary_open(&p->diary, &p->bookmark, &p->session, p->prepared.routine);
    p->stage.diary = p->diary;
}

// One that goes on from another process, with all that it was.
static bool
begin_again(struct player *p)
{
    if (!p->resumed ||
        !again_restore(&p->again, &p->session, &p->prepared.plans,
                       &p->prepared.voice, &p->undo))
        return false;
    p->bookmark.thread = p->again.thread;
    player_keep(p);
    p->stage.base -= p->again.frame;
    events_plain(p->events, p->again.frame, "back");
    diary_device(p->diary, p->again.frame, "back");
    stage_gain(&p->stage, p->session.gain, p->again.frame);
    recover_begin_return(p, p->again.frame);
    return true;
}

// A new session from its start, or from where one broke off.
static void
begin_session(struct player *p)
{
    struct effects fx;

    if (begin_again(p)) return;
    session_init(&p->session, &p->prepared.plans, p->prepared.level,
                 p->prepared.talk, &p->prepared.voice, &p->undo);
    p->session.given       = p->prepared.options.given;
    p->session.music.there = p->music != NULL;
    p->session.gain        = p->stage.gain;
    player_keep(p);
    events_session(p->events, 0, p->prepared.plan);
    if (!p->host->live) stage_tone(&p->stage, TONE_WAKE, 0);
    if (p->comes_back)
        return_begin(p, &fx);
    else
        session_command(&p->session, 0, COMMAND_START, &fx);
    stage_perform(&p->stage, &fx);
}

// What flows already goes on while the first cues are asked for.
static int64_t
first_frame(const struct player *p)
{
    int64_t done = engine_frames(p->engine);
    return done ? done + lead_of(p) : 0;
}

static void
begin(struct player *p)
{
    p->stage.prepared = &p->prepared;
    p->stage.engine   = p->engine;
    p->stage.events   = p->events;
    p->stage.live     = p->host->live;
    p->stage.chapters = p->chapters;
    p->stage.host     = p->host;
    p->stage.console  = p->options->print ? &p->console : NULL;
    p->stage.base     = first_frame(p);
    orders_begin(p);
    health_begin(p);
    p->health.hears = p->host->hears;
    p->health.tell  = PHRASE_COUNT;
    console_open(&p->console);
    p->stage.music = p->options->music_volume;
    if (p->options->steering) steering_begin(p);
    begin_session(p);
    engine_music_volume(p->engine,
                        stage_music_volume(&p->stage, &p->session.music),
                        ENGINE_NOW);
}

// To be gone on with: not what somebody ended.
static bool
is_broken_off(const struct player *p, enum status st)
{
    return st || strcmp(p->stage.ended, "interrupted") == 0;
}

enum status
player_run(const struct player_options *options, struct player_result *result,
           struct report *report, struct diag *diag)
{
    struct player p = {.options = options};
    enum status   st;

    memset(result, 0, sizeof *result);
    p.resumed = options->arguments && again_take(&p.again);
    st        = opening_open(&p, report, diag);
    if (p.resumed && (st == STATUS_LOST || st == STATUS_NO_DEVICE))
        st = recover_later(&p, result, diag);
    if (!st && p.host) {
        if (p.host->note && options->print)
            log_print(LOG_WARNING, "%s", p.host->note);
        begin(&p);
        st = run(&p);
        if (st) {
            *diag         = p.run_diag;
            p.stage.ended = "failed";
            p.stage.end   = player_rendered(&p);
        }
        events_end(p.events, p.stage.end, p.stage.ended);
        hooks_listening(options->hooks, false);
        result->ended   = p.stage.ended;
        result->seconds = (double)p.stage.end / p.prepared.voice.rate;
        result->late    = engine_late(p.engine);
        result->xruns   = p.xruns;
        diary_close(p.diary, p.stage.end, p.stage.ended, is_broken_off(&p, st));
    }
    return opening_close(&p, st, diag);
}
