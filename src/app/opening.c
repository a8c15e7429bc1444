// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/opening.h"

#include "app/deck.h"
#include "app/early.h"
#include "app/interrupt.h"
#include "app/known.h"
#include "app/person.h"
#include "app/prepare.h"
#include "app/return.h"
#include "audio/music.h"
#include "base/language.h"
#include "base/log.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum status
opening_open_device(struct player *p, unsigned rate, struct diag *diag)
{
    const struct player_options *o      = p->options;
    struct host_config           config = o->sound;

    config.rate   = rate;
    config.listen = o->listen;
    config.title  = p->title;
    return o->host->open(&p->host, &config, engine_render, p->engine, diag);
}

static enum status
open_deck(struct player *p, struct diag *diag)
{
    const struct player_options *o      = p->options;
    struct host_config           config = o->sound;
    struct deck                  deck   = {NULL, NULL};

    config.listen = o->listen && (o->host != &host_file || o->sound.microphone);
    config.title  = p->title;
    enum status st = deck_open(&deck, o->host, &config, diag);
    p->engine      = deck.engine;
    p->host        = deck.host;
    return st;
}

// The session that goes on, or may.
static void
find_key(const struct player *p, char key[40])
{
    struct bookmark broken;

    key[0] = '\0';
    if (p->resumed)
        text_copy(key, 40, p->again.thread.key);
    else if (bookmark_recall(&broken))
        text_copy(key, 40, broken.thread.key);
}

// Renders are for anybody.
static void
know_exercises(struct player *p, struct plan_options *plan)
{
    char key[40];

    if (plan->met || !p->options->keep) return;
    find_key(p, key);
    if (!p->looked_back) p->known = known_exercises_read(key);
    p->looked_back = true; // once, as what is wrong is told once
    if (!p->known) return;
    plan->met     = known_exercises_met;
    plan->met_ctx = p->known;
}

// Whether the device will hear is not known yet; most do.
static void
listen_early(struct player *p)
{
    char voices[PATH_SIZE];

    if (!p->options->listen || !prepare_voices(voices) || !ears_know(voices))
        return;
    p->early = early_begin(&(struct listener_config){
        .voices = voices, .rate = PREPARE_RATE, .cancel_echo = true});
}

// What will be said is made while the devices open.
static void
open_ahead(struct player *p, const char *path)
{
    struct plan_options options = p->options->prepare.plan;

    options.listening = p->options->listen;
    options.attended  = true;
    know_exercises(p, &options);
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
    if (!st) speech_high_pass(p->prepared.speech, p->options->high_pass);
    if (!st && live) listen_early(p);
    if (!st && live) open_ahead(p, path);
    if (!st) st = open_deck(p, diag);
    if (st || p->host->rate == rate) return st;

    prepared_release(&p->prepared);
    st = prepare_voice(&p->prepared, voice, p->host->rate, live, report, diag);
    if (!st) speech_high_pass(p->prepared.speech, p->options->high_pass);
    return st;
}

static enum status
open_music(struct player *p, struct diag *diag)
{
    const char *path = p->options->music;

    uint64_t order = 0;

    if (!path) return STATUS_OK;
    if (p->options->shuffle) // a render is equal to the bit each time
        order = p->host->live ? (uint64_t)time(NULL) | 1 : 1;
    enum status st = music_open(&p->music, path, p->host->rate, p->host->live,
                                order, p->options->high_pass, diag);
    if (!st) engine_music(p->engine, music_ring(p->music));
    return st;
}

// A loudspeaker is woken while the rest is made ready.  What is lost meanwhile
// is found by the session; and music does not begin without it.
static enum status
wake(struct player *p)
{
    struct diag unused;

    if (!p->host->live) return STATUS_OK;
    enum status st = stage_wake(&p->stage, p->engine, p->host->rate);
    if (!st && p->host->flows && !p->music)
        (void)p->host->ops->run(p->host, 0, &unused);
    return st;
}

// A session plays without ears as it does without a microphone; what was asked
// for by name (a recording to hear, or to make) has to be done.
static enum status
open_ears(struct player *p, struct diag *diag)
{
    char voices[PATH_SIZE];

    if (!p->options->listen || !p->host->hears || !prepare_voices(voices))
        return STATUS_OK;
    if (!ears_know(voices)) {
        log_print(LOG_WARNING,
                  "no acoustic model is there for %s, so nothing is listened "
                  "for; commands can be typed",
                  language_name());
        return STATUS_OK;
    }
    struct ears_config config = {.voices = voices,
                                 .rate   = p->host->rate,
                                 .live   = p->host->live,
                                 .early  = p->early,
                                 .record =
                                     p->resumed ? NULL : p->options->record};
    enum status        st     = ears_open(&p->ears, p->engine, &config, diag);
    if (!st || !p->host->live || config.record) return st;
    log_print(LOG_WARNING, "nothing is listened for; commands can be typed: %s",
              diag->text[0] ? diag->text : "there is not enough memory");
    diag->text[0] = '\0';
    return STATUS_OK;
}

// By voice, or at a terminal.
static bool
can_answer(const struct player *p)
{
    bool typed = p->options->typed && isatty(STDIN_FILENO) == 1;
    return p->host->live && (p->ears || typed);
}

static enum status
open_plan(struct player *p, const char *path, struct report *report,
          struct diag *diag)
{
    struct prepare_options options = p->options->prepare;

    options.plan.listening = p->ears != NULL;
    options.plan.deaf      = p->options->listen && p->host->live && !p->ears;
    options.plan.attended  = p->host->live;
    know_exercises(p, &options.plan);
    bool ask = can_answer(p) && p->options->host != &host_pipe;
    if (!p->resumed && return_open(p, path, &options, ask)) return STATUS_OK;
    if (p->resumed) {
        options.plan.screening = p->again.screening;
        options.plan.given     = p->again.session.given;
    } else {
        person_know(&options, can_answer(p));
        p->again.screening = options.plan.screening;
    }
    enum status st = prepare_routine(&p->prepared, path, &options.plan,
                                     options.minutes, report, diag);
    if (!st) return_describe(p, path, &options);
    return st;
}

enum status
opening_open(struct player *p, struct report *report, struct diag *diag)
{
    const struct player_options *o = p->options;
    char                         path[PATH_SIZE];
    struct routine              *routine = NULL;

    // Everything a person may have got wrong, before any sound.
    enum status st = routine_find(path, o->prepare.routine, diag);
    if (!st) st = routine_read(&routine, path, report);
    if (!st) snprintf(p->title, sizeof p->title, "%s", routine->title);
    routine_free(routine);
    if (!st && o->host == &host_file)
        st = chapters_open(&p->chapters, o->chapters, o->sound.path, diag);
    if (!st && o->script) st = script_read(&p->script, o->script, report);
    if (!st) st = open_sound(p, path, report, diag);
    if (!st) st = open_music(p, diag);
    if (!st) st = wake(p);
    if (!st) st = open_ears(p, diag);
    early_drop(p->early); // taken, or nothing hears
    p->early = NULL;
    if (!st) st = open_plan(p, path, report, diag);
    if (!st)
        st =
            events_open(&p->events, o->events, p->host->rate, p->resumed, diag);
    if (!st) events_hook(p->events, o->hooks);
    if (!st) st = stage_open(&p->stage, p->host->rate);
    return st;
}

// The host first: it uses the engine.
enum status
opening_close(struct player *p, enum status st, struct diag *diag)
{
    enum status closed;

    console_close(&p->console);
    ears_close(p->ears);
    if (p->host) {
        p->host->discard = st || (!p->host->live && p->stage.ended &&
                                  strcmp(p->stage.ended, "interrupted") == 0);
        closed           = p->host->ops->close(p->host, st ? NULL : diag);
        if (!st) st = closed;
    }
    closed =
        chapters_close(p->chapters, !st && !interrupted(), st ? NULL : diag);
    if (!st) st = closed;
    closed = events_close(p->events, st ? NULL : diag);
    if (!st) st = closed;
    engine_free(p->engine);
    music_close(p->music);
    stage_release(&p->stage);
    script_release(&p->script);
    prepared_release(&p->prepared);
    known_exercises_free(p->known);
    return st;
}
