// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player.h"

#include "app/console.h"
#include "app/ears.h"
#include "app/interrupt.h"
#include "app/playing.h"
#include "app/recover.h"
#include "app/script.h"
#include "app/stage.h"
#include "audio/music.h"
#include "base/log.h"
#include "routine/library.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// A live session is decided this far ahead of what is being rendered, so that
// every sound starts on its frame although the main thread sleeps.
#define LEAD_MS  100
#define BEGIN_MS 30 // from the decision to begin to its first frame
#define STEP_MS  10 // how often ears and terminal are looked at

#define DUCK_AFTER_MS 80 // of speech: shorter is a knock
#define DUCK_HOLD_MS  500

#define UNSURE_EVERY_MS 10000
#define TALK_MS         4000 // speech so soon after speech is a conversation
#define WORD_MS         250  // shorter is no word
#define PHRASE_MS       2000 // longer is no command

// ---- setting up --------------------------------------------------------

enum status
player_open_device(struct player *p, unsigned rate, struct diag *diag)
{
    const struct player_options *o      = p->options;
    struct host_config           config = o->sound;

    config.rate   = rate;
    config.listen = o->listen;
    return o->host->open(&p->host, &config, engine_render, p->engine, diag);
}

static enum status
open_host(struct player *p, unsigned rate, struct diag *diag)
{
    const struct player_options *o = p->options;
    bool                         listen =
        o->listen && (o->host == &host_portaudio || o->sound.microphone);

    enum status st = engine_new(&p->engine, rate, listen);
    return st ? st : player_open_device(p, rate, diag);
}

static void
close_host(struct player *p)
{
    if (p->host) p->host->ops->close(p->host, NULL);
    engine_free(p->engine);
    p->host   = NULL;
    p->engine = NULL;
}

// What will be said is made while the devices open.
static void
open_ahead(struct player *p, const char *path)
{
    struct plan_options options = p->options->prepare.plan;

    options.listening = p->options->listen;
    options.attended  = true;
    prepare_ahead(&p->prepared, path, &options);
}

// The voice and a host at one rate: the device's own where it insists.
static enum status
open_sound(struct player *p, const char *path, struct report *report,
           struct diag *diag)
{
    const char *voice = p->options->prepare.voice;
    bool        live  = p->options->host != &host_file;
    unsigned    rate  = PREPARE_RATE;
    enum status st =
        prepare_voice(&p->prepared, voice, rate, live, report, diag);
    if (!st && live) open_ahead(p, path);
    if (!st) st = open_host(p, rate, diag);
    if (st || p->host->rate == rate) return st;

    rate = p->host->rate;
    close_host(p);
    prepared_release(&p->prepared);
    st = prepare_voice(&p->prepared, voice, rate, live, report, diag);
    if (!st) st = open_host(p, rate, diag);
    return st;
}

static enum status
open_music(struct player *p, struct diag *diag)
{
    const char *path = p->options->music;

    if (!path) return STATUS_OK;
    enum status st =
        music_open(&p->music, path, p->host->rate, p->host->live, diag);
    if (!st) engine_music(p->engine, music_ring(p->music));
    return st;
}

static enum status
open_ears(struct player *p, struct diag *diag)
{
    char voices[PATH_SIZE];

    if (!p->options->listen || !p->host->hears || !prepare_voices(voices))
        return STATUS_OK;
    struct ears_config config = {
        .voices = voices, .rate = p->host->rate, .live = p->host->live};
    return ears_open(&p->ears, p->engine, &config, diag);
}

static enum status
open_plan(struct player *p, const char *path, struct report *report,
          struct diag *diag)
{
    struct plan_options options = p->options->prepare.plan;

    options.listening = p->ears != NULL;
    options.deaf      = p->options->listen && p->host->live && !p->ears;
    options.attended  = p->host->live;
    return prepare_routine(&p->prepared, path, &options,
                           p->options->prepare.minutes, report, diag);
}

static enum status
open_all(struct player *p, struct report *report, struct diag *diag)
{
    const struct player_options *o = p->options;
    char                         path[PATH_SIZE];
    struct routine              *routine = NULL;

    // Everything a person may have got wrong, before any sound.
    enum status st = library_find(path, o->prepare.routine, diag);
    if (!st) st = routine_read(&routine, path, report);
    routine_free(routine);
    if (!st && o->script) st = script_read(&p->script, o->script, report);
    if (!st) st = open_sound(p, path, report, diag);
    if (!st) st = open_music(p, diag);
    if (!st) st = open_ears(p, diag);
    if (!st) st = open_plan(p, path, report, diag);
    if (!st)
        st =
            events_open(&p->events, o->events, p->host->rate, p->resumed, diag);
    if (!st) st = stage_open(&p->stage, p->host->rate);
    return st;
}

// ---- running -----------------------------------------------------------

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

void
player_command(struct player *p, int64_t frame, enum command command,
               const struct command_source *source)
{
    struct effects fx;
    bool           taken = session_command(&p->session, frame, command, &fx);

    p->returning = false;
    events_command(p->events, frame, command, source, taken);
    stage_perform(&p->stage, &fx);
}

// Somebody said something that may have been meant for us: a soft tone, at
// most once in ten seconds, and not where it is talk that goes on and on.
static void
not_understood(struct player *p, const struct ear_heard *heard, int64_t frame)
{
    int64_t length = heard->to - heard->from;
    bool    talk   = heard->from - p->last_heard < player_frames(p, TALK_MS);
    bool    phrase = length > player_frames(p, WORD_MS) &&
                  length < player_frames(p, PHRASE_MS) && *heard->phrase;

    p->last_heard = heard->to;
    if (talk || !phrase || session_is_speaking(&p->session) ||
        frame < p->next_unsure)
        return;
    p->next_unsure = frame + player_frames(p, UNSURE_EVERY_MS);
    stage_tone(&p->stage, TONE_UNSURE, frame);
    events_tone(p->events, frame, tone_name(TONE_UNSURE), NULL);
    if (p->options->print) console_unsure(&p->console);
}

// "Did you say next set?"
static bool
ask_back(struct player *p, const struct ear_heard *heard, int64_t frame)
{
    struct command_source source = {.name = "voice", .heard = heard};
    struct effects        fx;

    if (!session_ask(&p->session, frame, heard->command, &fx)) return false;
    p->last_heard = heard->to;
    if (p->options->print) console_heard(&p->console, heard);
    events_asked(p->events, frame, heard->command, &source);
    stage_perform(&p->stage, &fx);
    return true;
}

static void
heard(struct player *p, int64_t frame)
{
    struct ear_heard heard;

    while (ears_next(p->ears, &heard)) {
        heard.from -= p->stage.base;
        heard.to -= p->stage.base;
        if (heard.command == COMMANDS) continue;
        if (heard.doubtful && ask_back(p, &heard, frame)) continue;
        if (!heard.accepted) {
            not_understood(p, &heard, frame);
            continue;
        }
        p->last_heard                = heard.to;
        struct command_source source = {.name = "voice", .heard = &heard};
        if (p->options->print) console_heard(&p->console, &heard);
        player_command(p, frame, heard.command, &source);
    }
}

// The session speaks softer while somebody does, and a moment longer.
static void
duck(struct player *p, int64_t frame)
{
    if (ears_speaking(p->ears) > player_frames(p, DUCK_AFTER_MS))
        p->unduck = frame + player_frames(p, DUCK_HOLD_MS);
    stage_duck(&p->stage, frame < p->unduck, frame);
}

// Everything that people have said or typed by now.
static void
take_commands(struct player *p, int64_t frame)
{
    enum command typed;

    if (p->ears) {
        if (!p->host->live) ears_pump(p->ears);
        heard(p, frame);
        duck(p, frame);
    }
    while (p->options->typed && !p->stage.ended &&
           console_command(&p->console, &typed)) {
        player_command(p, frame, typed,
                       &(struct command_source){.name = "typed"});
    }
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
                 session_elapsed(s), s->length, s->state == SESSION_PAUSED);
}

// How many frames to render before looking again.
static int64_t
step(const struct player *p, int64_t now, int64_t lead)
{
    int64_t tick = player_frames(p, STEP_MS);
    if (p->host->live) return tick;

    int64_t due = earlier(session_due(&p->session), script_due(p));
    if (due == INT64_MAX || due - lead <= now) return tick;
    if (p->music) return earlier(tick, due - lead - now);
    return p->ears ? earlier(tick, due - now) : due - now;
}

// A render decides ahead of itself only where music must make room in time.
static int64_t
lead_of(const struct player *p)
{
    return p->host->live || p->music ? player_frames(p, LEAD_MS) : 0;
}

static float
music_volume(const struct player *p)
{
    return p->music ? powf(10, (float)p->options->music_volume / 20) : 0;
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
    int64_t tick = player_frames(p, STEP_MS);
    int64_t end  = p->stage.end;
    int64_t fade = (int64_t)(music_volume(p) * (float)player_frames(p, 1000));

    if (p->music) engine_music_volume(p->engine, 0, p->stage.base + end);
    end += fade;
    for (enum status st = STATUS_OK;;) {
        int64_t left = end - player_rendered(p);
        if (left <= 0) return st;
        st = run_host(p, p->music ? earlier(tick, left) : left);
        if (st) return st;
    }
}

static enum status
run(struct player *p)
{
    int64_t     lead = lead_of(p);
    enum status st   = STATUS_OK;

    while (!st) {
        int64_t now = player_rendered(p);
        take_commands(p, now + lead);
        reach(p, now + lead);
        recover_come_back(p, now + lead);
        engine_collect(p->engine);
        if (p->stage.ended) break;
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
        }
        if (p->stage.ended) break;
    }
    return !st && p->host ? run_out(p) : st;
}

// A new session from its start, or one that goes on from another process.
static void
begin_session(struct player *p)
{
    struct effects fx;

    if (p->resumed && again_restore(&p->again, &p->session, &p->prepared.plans,
                                    &p->prepared.voice, &p->undo)) {
        p->stage.base -= p->again.frame;
        events_plain(p->events, p->again.frame, "back");
        stage_tone(&p->stage, TONE_WAKE, p->again.frame);
        stage_gain(&p->stage, p->session.gain, p->again.frame);
        recover_begin_return(p, p->again.frame);
        return;
    }
    session_init(&p->session, &p->prepared.plans, p->prepared.level,
                 p->prepared.talk, &p->prepared.voice, &p->undo);
    events_session(p->events, 0, p->prepared.plan);
    stage_tone(&p->stage, TONE_WAKE, 0);
    session_command(&p->session, 0, COMMAND_START, &fx);
    stage_perform(&p->stage, &fx);
}

static void
begin(struct player *p)
{
    p->stage.prepared = &p->prepared;
    p->stage.engine   = p->engine;
    p->stage.events   = p->events;
    p->stage.live     = p->host->live;
    p->last_heard     = -player_frames(p, TALK_MS);
    p->stage.console  = p->options->print ? &p->console : NULL;
    p->stage.base     = engine_frames(p->engine);
    if (p->host->live) p->stage.base += player_frames(p, BEGIN_MS);
    console_open(&p->console);
    if (p->music) engine_music_volume(p->engine, music_volume(p), ENGINE_NOW);
    begin_session(p);
}

// ---- ending ------------------------------------------------------------

// The host first: it uses the engine.  A failed render keeps no file.
static enum status
close_all(struct player *p, enum status st, struct diag *diag)
{
    enum status closed;

    console_clear(&p->console);
    ears_close(p->ears);
    if (p->host) {
        p->host->discard = st || (!p->host->live && p->stage.ended &&
                                  strcmp(p->stage.ended, "interrupted") == 0);
        closed           = p->host->ops->close(p->host, st ? NULL : diag);
        if (!st) st = closed;
    }
    closed = events_close(p->events, st ? NULL : diag);
    if (!st) st = closed;
    engine_free(p->engine);
    music_close(p->music);
    stage_release(&p->stage);
    script_release(&p->script);
    prepared_release(&p->prepared);
    return st;
}

enum status
player_run(const struct player_options *options, struct player_result *result,
           struct report *report, struct diag *diag)
{
    struct player p = {.options = options};
    enum status   st;

    memset(result, 0, sizeof *result);
    p.resumed = options->arguments && again_take(&p.again);
    st        = open_all(&p, report, diag);
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
        result->ended   = p.stage.ended;
        result->seconds = (double)p.stage.end / p.prepared.voice.rate;
        result->late    = engine_late(p.engine);
    }
    return close_all(&p, st, diag);
}
