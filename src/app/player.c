// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player.h"

#include "app/again.h"
#include "app/console.h"
#include "app/ears.h"
#include "app/interrupt.h"
#include "app/script.h"
#include "app/stage.h"
#include "base/log.h"
#include "routine/library.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

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

struct player {
    const struct player_options *options;
    struct prepared              prepared;
    struct engine               *engine;
    struct host                 *host;
    struct ears                 *ears;
    struct events               *events;
    struct script                script;
    size_t                       script_next;
    struct console               console;
    int64_t                      next_tick;   // of the console
    int64_t                      unduck;      // session frame
    int64_t                      last_heard;  // when somebody spoke last
    int64_t                      next_unsure; // may say so again
    struct stage                 stage;
    struct session               session;
    struct session_undo          undo;
    struct diag                  run_diag;
    struct again                 again; // see recover()
    bool                         resumed;
    bool                         returning; // telling where we were
};

// ---- setting up --------------------------------------------------------

static enum status
open_device(struct player *p, unsigned rate, struct diag *diag)
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
    return st ? st : open_device(p, rate, diag);
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
    if (!st) st = open_ears(p, diag);
    if (!st) st = open_plan(p, path, report, diag);
    if (!st)
        st =
            events_open(&p->events, o->events, p->host->rate, p->resumed, diag);
    if (!st) st = stage_open(&p->stage, p->host->rate);
    return st;
}

// ---- running -----------------------------------------------------------

static int64_t
ms_to_frames(const struct player *p, int64_t ms)
{
    return ms * p->prepared.voice.rate / 1000;
}

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

// Session frames rendered.
static int64_t
rendered(const struct player *p)
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

static void
command(struct player *p, int64_t frame, enum command command,
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
    bool    talk   = heard->from - p->last_heard < ms_to_frames(p, TALK_MS);
    bool    phrase = length > ms_to_frames(p, WORD_MS) &&
                  length < ms_to_frames(p, PHRASE_MS) && *heard->phrase;

    p->last_heard = heard->to;
    if (talk || !phrase || session_is_speaking(&p->session) ||
        frame < p->next_unsure)
        return;
    p->next_unsure = frame + ms_to_frames(p, UNSURE_EVERY_MS);
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
        command(p, frame, heard.command, &source);
    }
}

// The session speaks softer while somebody does, and a moment longer.
static void
duck(struct player *p, int64_t frame)
{
    if (ears_speaking(p->ears) > ms_to_frames(p, DUCK_AFTER_MS))
        p->unduck = frame + ms_to_frames(p, DUCK_HOLD_MS);
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
        command(p, frame, typed, &(struct command_source){.name = "typed"});
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
            command(p, script, c, &(struct command_source){.name = "script"});
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
    p->next_tick = now + ms_to_frames(p, 200);
    console_tick(&p->console, p->prepared.plan, session_segment(s),
                 session_elapsed(s), s->length, s->state == SESSION_PAUSED);
}

// How many frames to render before looking again.
static int64_t
step(const struct player *p, int64_t now)
{
    int64_t tick = ms_to_frames(p, STEP_MS);
    if (p->host->live) return tick;

    int64_t due = earlier(session_due(&p->session), script_due(p));
    if (due == INT64_MAX) return tick;
    return p->ears ? earlier(tick, due - now) : due - now;
}

// ---- when the device is lost ---------------------------------------------

// The engine's frames stand while there is no device, and the session's time
// with them.

static const struct command_source device = {.name = "device"};

static void
pause_for_loss(struct player *p, int64_t frame)
{
    uint64_t allowed = session_commands(&p->session);

    again_save(&p->again, &p->session, &p->prepared.plans, frame);
    bool cut_short  = p->again.session.cut_short;
    p->again.paused = !(allowed >> COMMAND_PAUSE & 1);
    if (!p->again.paused) command(p, frame, COMMAND_PAUSE, &device);
    again_save(&p->again, &p->session, &p->prepared.plans, frame);
    p->again.session.cut_short = cut_short;
}

// Says where we were; then, in come_back(), the session goes on.
static void
begin_return(struct player *p, int64_t frame)
{
    if (session_commands(&p->session) >> COMMAND_WHERE & 1)
        command(p, frame, COMMAND_WHERE, &device);
    p->returning = !p->again.paused;
}

static void
come_back(struct player *p, int64_t frame)
{
    if (!p->returning || p->session.aside.length) return;
    if (session_commands(&p->session) >> COMMAND_RESUME & 1)
        command(p, frame, COMMAND_RESUME, &device);
    p->returning = false;
}

// Where nothing of the sound system can be used any more, in a new process.
static void
start_afresh(struct player *p)
{
    if (!p->options->arguments) return;
    log_print(LOG_WARNING, "the sound system hangs; starting afresh");
    events_close(p->events, NULL);
    p->events = NULL;
    again_start(&p->again, p->options->arguments);
    events_open(&p->events, p->options->events, p->prepared.voice.rate, true,
                NULL);
}

// False where the person does not want to wait any longer.
static bool
wait_ms(int ms)
{
    struct timespec step = {.tv_nsec = 50000000};
    for (; ms > 0 && !interrupted(); ms -= 50) nanosleep(&step, NULL);
    return !interrupted();
}

static enum status
reopen(struct player *p)
{
    unsigned    rate = p->prepared.voice.rate;
    enum status st   = open_device(p, rate, &p->run_diag);

    if (st || p->host->rate == rate) return st;
    p->host->ops->close(p->host, NULL);
    p->host = NULL;
    diag_set(&p->run_diag, NULL, "the sound device came back at another rate");
    return STATUS_NO_DEVICE;
}

static enum status
recover(struct player *p, int64_t lead)
{
    int64_t     frame = rendered(p) + lead;
    enum status st;

    if (p->options->print) console_clear(&p->console);
    log_print(LOG_WARNING, "%s  Waiting for it to come back.",
              p->run_diag.text);
    events_plain(p->events, frame, "lost");
    pause_for_loss(p, frame);
    st      = p->host->ops->close(p->host, &p->run_diag);
    p->host = NULL;
    for (int ms = 100;; ms = ms < 1000 ? 2 * ms : 2000) {
        if (st == STATUS_LOST) start_afresh(p);
        if (!wait_ms(ms)) break;
        st = reopen(p);
        if (!st) break;
    }
    if (!p->host) {
        p->stage.ended = "interrupted";
        p->stage.end   = frame;
        return STATUS_OK;
    }
    if (p->host->note) log_print(LOG_WARNING, "%s", p->host->note);
    events_plain(p->events, frame, "back");
    begin_return(p, frame);
    return STATUS_OK;
}

static enum status
run(struct player *p)
{
    int64_t     lead = p->host->live ? ms_to_frames(p, LEAD_MS) : 0;
    enum status st   = STATUS_OK;

    while (!st) {
        int64_t now = rendered(p);
        take_commands(p, now + lead);
        reach(p, now + lead);
        come_back(p, now + lead);
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
            st = p->host->ops->run(p->host, step(p, now), &p->run_diag);
            if (st == STATUS_LOST && p->host->live) st = recover(p, lead);
        }
        if (p->stage.ended) break;
    }
    while (!st && p->host && rendered(p) < p->stage.end)
        st = p->host->ops->run(p->host, p->stage.end - rendered(p),
                               &p->run_diag);
    return st;
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
        begin_return(p, p->again.frame);
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
    p->last_heard     = -ms_to_frames(p, TALK_MS);
    p->stage.console  = p->options->print ? &p->console : NULL;
    p->stage.base     = engine_frames(p->engine);
    if (p->host->live) p->stage.base += ms_to_frames(p, BEGIN_MS);
    console_open(&p->console);
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
    stage_release(&p->stage);
    script_release(&p->script);
    prepared_release(&p->prepared);
    return st;
}

// The sound was not there for a session that goes on: once more from the
// start, a little later.  Returns only where the person has enough of it.
static enum status
try_later(struct player *p, struct player_result *result, struct diag *diag)
{
    int tries = p->again.tries++;

    if (wait_ms(tries < 5 ? 100 << tries : 3000))
        again_start(&p->again, p->options->arguments);
    events_close(p->events, NULL);
    p->events = NULL;
    enum status st =
        events_open(&p->events, p->options->events, PREPARE_RATE, true, diag);
    if (!st) events_end(p->events, p->again.frame, "interrupted");
    result->ended   = "interrupted";
    result->seconds = (double)p->again.frame / PREPARE_RATE;
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
        st = try_later(&p, result, diag);
    if (!st && p.host) {
        if (p.host->note && options->print)
            log_print(LOG_WARNING, "%s", p.host->note);
        begin(&p);
        st = run(&p);
        if (st) {
            *diag         = p.run_diag;
            p.stage.ended = "failed";
            p.stage.end   = rendered(&p);
        }
        events_end(p.events, p.stage.end, p.stage.ended);
        result->ended   = p.stage.ended;
        result->seconds = (double)p.stage.end / p.prepared.voice.rate;
        result->late    = engine_late(p.engine);
    }
    return close_all(&p, st, diag);
}
