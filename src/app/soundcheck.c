// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/soundcheck.h"

#include "app/deck.h"
#include "app/interrupt.h"
#include "app/prepare.h"
#include "audio/sounding.h"
#include <stdlib.h>
#include <string.h>

#define BLOCK     480
#define SETTLE_MS 600 // until the room is silent again
#define QUIET_MS  1500
#define SWEEP_MS  1800 // with the longest delay
#define SPEAK_MS  5000
#define SPAN_MS   300 // of speech that is measured together
#define BEGIN_MS  60
#define SPOKEN    8.0 // dB over the room: somebody spoke

struct soundcheck {
    const struct soundcheck_options *options;
    struct deck                      deck;
    struct prepared                  voice;
    float                           *microphone; // what was taken last
    float                           *reference;
    size_t                           count, room;
};

static int64_t
frames_of(const struct soundcheck *c, int ms)
{
    return (int64_t)ms * c->deck.host->rate / 1000;
}

static enum status
open_deck(struct soundcheck *c, struct diag *diag)
{
    struct host_config config = {.input  = c->options->input,
                                 .output = c->options->output,
                                 .listen = true};
    enum status st = deck_open(&c->deck, c->options->host, &config, diag);

    return st ? st : deck_hears(&c->deck, diag);
}

static enum status
open_all(struct soundcheck *c, struct diag *diag)
{
    struct report report = {0};
    enum status   st     = open_deck(c, diag);

    if (st) return st;
    st =
        prepare_voice(&c->voice, NULL, c->deck.host->rate, true, &report, diag);
    if (st && report.errors) report_tell(&report, NULL, diag);
    report_release(&report);
    c->room       = (size_t)frames_of(c, SPEAK_MS);
    c->microphone = calloc(c->room, sizeof(float));
    c->reference  = calloc(c->room, sizeof(float));
    return !st && (!c->microphone || !c->reference) ? STATUS_NO_MEMORY : st;
}

static void
close_all(struct soundcheck *c)
{
    deck_close(&c->deck);
    prepared_release(&c->voice);
    free(c->microphone);
    free(c->reference);
}

static void
keep(struct soundcheck *c, const struct heard_frame *pairs, size_t count)
{
    for (size_t i = 0; i < count && c->count < c->room; i++, c->count++) {
        c->microphone[c->count] = pairs[i].microphone;
        c->reference[c->count]  = pairs[i].reference;
    }
}

static void
show_level(const struct soundcheck *c, size_t *shown)
{
    size_t some = (size_t)frames_of(c, 100);

    if (!c->options->level || c->count < *shown + some) return;
    *shown = c->count;
    c->options->level(c->options->ctx,
                      sounding_decibels(sounding_power(
                          c->microphone + c->count - some, some)));
}

// Plays on until frame END; what was heard meanwhile is in C, where TAKE.
static enum status
run_until(struct soundcheck *c, int64_t end, bool take, struct diag *diag)
{
    struct heard_frame pairs[BLOCK];
    enum status        st    = STATUS_OK;
    size_t             shown = 0, count;
    int64_t            first;

    c->count = 0;
    while (!st && engine_frames(c->deck.engine) < end) {
        if (interrupted()) {
            diag_set(diag, NULL, "stopped; nothing was kept");
            return STATUS_FAILED;
        }
        st = c->deck.host->ops->run(c->deck.host, BLOCK, diag);
        while ((count = engine_heard(c->deck.engine, pairs, BLOCK, &first)) > 0)
            if (take) keep(c, pairs, count);
        if (take) show_level(c, &shown);
        engine_collect(c->deck.engine);
    }
    return st;
}

static enum status
run_for(struct soundcheck *c, int ms, bool take, struct diag *diag)
{
    return run_until(c, engine_frames(c->deck.engine) + frames_of(c, ms), take,
                     diag);
}

static enum status
say(struct soundcheck *c, enum phrase phrase, struct diag *diag)
{
    const char *text = phrase_text(c->voice.book, phrase);
    int64_t     end  = engine_frames(c->deck.engine) + frames_of(c, SETTLE_MS);

    c->options->say(c->options->ctx, text);
    if (!c->options->silent) {
        struct pcm *clip = speech_clip(c->voice.speech, text);
        if (clip) engine_play(c->deck.engine, LAYER_SPEECH, clip, ENGINE_NOW);
        end += c->deck.host->latency + (clip ? clip->frames : 0);
    }
    return run_until(c, end, false, diag);
}

static enum status
measure_room(struct soundcheck *c, struct surroundings *found, double *noise,
             struct diag *diag)
{
    enum status st = say(c, PHRASE_CHECK_QUIET, diag);

    if (!st) st = run_for(c, QUIET_MS, true, diag);
    *noise       = sounding_power(c->microphone, c->count);
    found->noise = sounding_decibels(*noise);
    return st;
}

static enum status
measure_echo(struct soundcheck *c, struct surroundings *found, double noise,
             struct diag *diag)
{
    struct pcm     *sweep = sounding_sweep(c->deck.host->rate);
    struct sounding sounding;
    int64_t begin = engine_frames(c->deck.engine) + frames_of(c, BEGIN_MS);

    if (!sweep) return STATUS_NO_MEMORY;
    engine_play(c->deck.engine, LAYER_TONE, sweep, begin);
    pcm_drop(sweep);
    enum status st = run_for(c, SWEEP_MS, true, diag);
    if (st) return st;
    if (!sounding_measure(&sounding, c->microphone, c->reference, c->count,
                          c->deck.host->rate, noise))
        return STATUS_NO_MEMORY;
    found->echoes   = sounding.heard;
    found->delay_ms = 1000 * sounding.delay;
    found->echo     = sounding.echo;
    return STATUS_OK;
}

static enum status
measure_speech(struct soundcheck *c, struct surroundings *found, double noise,
               struct diag *diag)
{
    enum status st = say(c, PHRASE_CHECK_SPEAK, diag);

    if (!st) st = run_for(c, SPEAK_MS, true, diag);
    if (st) return st;
    found->speech = sounding_decibels(sounding_loudest(
        c->microphone, c->count, (size_t)frames_of(c, SPAN_MS)));
    found->speaks = found->speech > sounding_decibels(noise) + SPOKEN;
    return STATUS_OK;
}

static enum status
tell(struct soundcheck *c, const struct surroundings *found, struct diag *diag)
{
    enum phrase advice[SURROUNDINGS_MOST_ADVICE];
    size_t      count = surroundings_judge(found, advice);
    enum status st    = STATUS_OK;

    if (!count) st = say(c, PHRASE_CHECK_GOOD, diag);
    for (size_t i = 0; i < count && !st; i++) st = say(c, advice[i], diag);
    return st;
}

enum status
soundcheck_run(const struct soundcheck_options *options,
               struct surroundings *found, struct diag *diag)
{
    struct soundcheck c     = {.options = options};
    double            noise = 0;
    enum status       st    = open_all(&c, diag);

    *found = (struct surroundings){0};
    if (!st) st = measure_room(&c, found, &noise, diag);
    if (!st) st = measure_echo(&c, found, noise, diag);
    if (!st) st = measure_speech(&c, found, noise, diag);
    if (!st) st = tell(&c, found, diag);
    close_all(&c);
    return st;
}
