// SPDX-License-Identifier: GPL-3.0-or-later
// Plays through a sound device, by PortAudio.
//
// Calls that reach the sound server may hang when it dies, so opening and
// closing happen on a thread that is left behind when it takes too long.  The
// frames counted in the callback are the heartbeat.
#include "audio/backend.h"
#include "audio/choice.h"
#include "audio/deadline.h"
#include "audio/devices.h"
#include "audio/host.h"
#include "audio/layout.h"
#include "audio/microphone.h"
#include "audio/pace.h"
#include "audio/priority.h"
#include "audio/settle.h"
#include "audio/spin.h"
#include "audio/stream.h"
#include "base/log.h"

#include <portaudio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPENING  = 10000, // ms, patience with the sound system
    CLOSING  = 3000,
    STARTING = 3000,  // the same streams once more
    AGAIN    = 10000, // the least between two such starts
    SILENCE  = 2000,  // without a frame: lost
    TAIL     = 150,   // on top of the latency, until all has been heard
    STEP     = 20,    // the longest host_ops.run()
};

struct device_host {
    struct host   host;
    struct layout layout;

    // for the thread that opens
    char       *output_name; // NULL: the default one
    char       *input_name;
    bool        listen;
    bool        realtime;
    enum status st;
    struct diag diag;

    bool      flowing, still; // run() was called; no frames come
    bool      watched;        // how they come is looked at
    long long seen;           // frames at the last look
    long long seen_at;        // ms
    long long taken;          // the same of the microphone, where one stream
    long long taken_at;       // goes both ways

    struct pace pace;
    struct spin spin;
    PaError     error;      // of the thread that starts again
    bool        hung;       // which was left behind
    long long   started_at; // ms, again
};

// ---- opening, on a thread that may be left behind ----

static void
fill_host(struct device_host *own)
{
    const PaStreamInfo *info = Pa_GetStreamInfo(own->layout.output);

    own->host.ops   = &host_portaudio;
    own->host.live  = true;
    own->host.flows = true;
    own->host.hears = own->layout.stream.split ? own->layout.microphone.there
                                               : own->layout.stream.hears;
    own->host.slept = DEADLINE_NOT_KNOWN;
    deadline_woke(&own->host.slept);
    own->host.rate = (unsigned)(own->layout.rate + 0.5);
    own->host.note = own->layout.note[0] ? own->layout.note : NULL;
    if (info) {
        own->host.rate    = (unsigned)(info->sampleRate + 0.5);
        own->host.latency = (int64_t)(info->outputLatency * info->sampleRate);
    }
}

static void
open_devices(struct device_host *own)
{
    PaDeviceIndex output, input = paNoDevice;

    own->st = choice_output(own->output_name, &output, &own->diag);
    if (own->st) return;
    if (own->listen)
        input = choice_input(own->input_name, own->layout.note,
                             sizeof own->layout.note);
    own->layout.stream.channels = choice_channels(output);
    PaError error               = layout_open(&own->layout, output, input);
    if (error != paNoError) {
        own->st = STATUS_NO_DEVICE;
        diag_set(&own->diag, NULL,
                 "The sound device \"%s\" cannot be opened: %s.  Another "
                 "program may hold it; `rollcall devices` lists others.",
                 Pa_GetDeviceInfo(output)->name, Pa_GetErrorText(error));
        return;
    }
    fill_host(own);
}

static void
open_thread(void *ctx)
{
    struct device_host *own = ctx;

    own->st = backend_start(&own->diag);
    if (!own->st)
        own->st = choice_look_again(own->output_name, own->input_name,
                                    own->listen, &own->diag);
    if (own->st) return;
    open_devices(own);
    if (own->st) backend_stop();
}

// ---- closing ----

static void
shut(struct stream *stream)
{
    atomic_store(&stream->state, STREAM_SHUT);
    for (int i = 0; i < 500 && atomic_load(&stream->busy); i++)
        deadline_sleep(1);
}

// Pa_StopStream() waits for one more frame, which may never come.
static void
close_thread(void *ctx)
{
    struct device_host *own = ctx;

    if (own->layout.output && !own->still) Pa_StopStream(own->layout.output);
    layout_close(&own->layout);
    backend_stop();
}

static void
release(struct device_host *own)
{
    ring_release(&own->layout.stream.heard);
    free(own->output_name);
    free(own->input_name);
    free(own);
}

// Pa_StopStream() drops what ALSA still holds, so the tail is waited for.
static void
wait_for_tail(const struct device_host *own)
{
    long long ms = own->host.latency * 1000 / own->host.rate + TAIL;
    long long to = deadline_now() + (ms < 2000 ? ms : 2000);
    while (deadline_now() < to && !atomic_load(&own->layout.stream.finished))
        deadline_sleep(STEP);
}

// What it holds stays: its threads may still look at it.
static enum status
left_alone(struct diag *diag)
{
    backend_give_up();
    diag_set(diag, NULL, "The sound system hangs and was left alone.");
    return STATUS_LOST;
}

static bool
can_close(struct device_host *own)
{
    for (int ms = 0; microphone_is_busy(&own->layout.microphone); ms += STEP) {
        if (ms > CLOSING) return false;
        deadline_sleep(STEP);
    }
    return true;
}

static enum status
portaudio_close(struct host *host, struct diag *diag)
{
    struct device_host *own = (struct device_host *)host;

    if (!own) return STATUS_OK;
    shut(&own->layout.stream);
    if (own->hung || !can_close(own)) return left_alone(diag);
    own->still = !own->flowing || deadline_now() - own->seen_at >= SILENCE;
    if (!own->still) wait_for_tail(own);
    int  saved = backend_hush();
    bool done  = deadline_run(close_thread, own, CLOSING);
    backend_unhush(saved);
    if (done) {
        release(own);
        return STATUS_OK;
    }
    return left_alone(diag);
}

// ---- host ----

static bool
is_both_ways(const struct device_host *own)
{
    return own->layout.stream.hears && !own->layout.stream.split;
}

static enum status
open_within_deadline(struct device_host *own, struct diag *diag)
{
    int  saved = backend_hush();
    bool done  = deadline_run(open_thread, own, OPENING);
    backend_unhush(saved);
    if (!done) {
        backend_give_up();
        diag_set(diag, NULL, "The sound system does not answer.");
        return STATUS_LOST; // OWN is the lost thread's
    }
    enum status st = own->st;
    if (st) {
        diag_set(diag, NULL, "%s", own->diag.text);
        release(own);
    }
    return st;
}

static bool
copy_name(char **to, const char *from)
{
    if (from) *to = strdup(from);
    return !from || *to;
}

static struct device_host *
device_host_new(const struct host_config *config, host_render *render,
                void *ctx)
{
    struct device_host *own = calloc(1, sizeof *own);

    if (!own) return NULL;
    own->host.rate            = config->rate;
    own->layout.rate          = config->rate;
    own->listen               = config->listen;
    own->realtime             = config->realtime;
    own->layout.stream.render = render;
    own->layout.stream.ctx    = ctx;
    own->layout.stream.most   = config->rate / 5;
    if (copy_name(&own->output_name, config->output) &&
        copy_name(&own->input_name, config->input) &&
        ring_init(&own->layout.stream.heard, sizeof(float), config->rate))
        return own;
    release(own);
    return NULL;
}

// Where it does not play it is closed again, and *BOTH is set to whether that
// was one stream both ways.
static enum status
open_and_settle(struct device_host *own, struct host **out, bool *both,
                struct diag *diag)
{
    if (!own) {
        diag_set(diag, NULL, "No memory left for the sound device.");
        return STATUS_NO_MEMORY;
    }
    enum status st = open_within_deadline(own, diag);
    if (st) return st;
    st = settle(&own->layout.stream, own->host.rate, diag);
    if (!st) {
        *out = &own->host;
        return STATUS_OK;
    }
    *both = is_both_ways(own);
    if (portaudio_close(&own->host, NULL)) *both = false; // no use
    return st;
}

// A microphone that gives nothing must not take the loudspeaker along.
static enum status
portaudio_open(struct host **out, const struct host_config *config,
               host_render *render, void *ctx, struct diag *diag)
{
    struct device_host *own  = device_host_new(config, render, ctx);
    bool                both = false;
    enum status         st   = open_and_settle(own, out, &both, diag);

    if (!both) return st;
    own = device_host_new(config, render, ctx);
    if (own) own->layout.apart = true;
    return open_and_settle(own, out, &both, diag);
}

static enum status
lost(struct diag *diag, const char *why)
{
    diag_set(diag, NULL, "The sound device was lost: %s.", why);
    return STATUS_LOST;
}

// ---- keeping well ----

// The thread is another one after each start.
static void
begin_watch(struct device_host *own)
{
    pthread_t   thread = atomic_load(&own->layout.stream.thread);
    struct diag diag;

    pace_begin(&own->pace, own->host.rate);
    spin_begin(&own->spin, thread);
    if (!own->realtime || priority_raise(thread, &diag)) return;
    own->realtime = false;
    log_print(LOG_WARNING, "the sound goes on without real-time priority: %s",
              diag.text);
}

static void
start_again_thread(void *ctx)
{
    struct device_host *own = ctx;

    Pa_AbortStream(own->layout.output);
    atomic_store(&own->layout.stream.finished, false);
    own->error = Pa_StartStream(own->layout.output);
}

static enum status
restart(struct device_host *own, struct diag *diag)
{
    int  saved = backend_hush();
    bool done  = deadline_run(start_again_thread, own, STARTING);

    backend_unhush(saved);
    own->hung = !done;
    if (own->hung) return lost(diag, "the sound system hangs");
    if (own->error != paNoError) return lost(diag, Pa_GetErrorText(own->error));
    return settle(&own->layout.stream, own->host.rate, diag) ? STATUS_LOST
                                                             : STATUS_OK;
}

// What waits in the sound server is let go: after a standstill the microphone
// is late by that much for good, and PortAudio's thread turns in circles.  One
// with a stream of its own has its backlog in stream->heard.  Where a server
// hangs just then, that takes until it goes on.
static enum status
start_again(struct device_host *own, struct diag *diag)
{
    long long since = own->seen_at;

    shut(&own->layout.stream); // frames stand meanwhile
    enum status st = restart(own, diag);

    own->started_at = deadline_now();
    own->seen_at    = own->started_at;
    if (st) return st;
    if (own->started_at - since > SILENCE)
        return lost(diag, "it stood still for too long");
    own->host.restarts++;
    begin_watch(own);
    atomic_store(&own->layout.stream.state, STREAM_FLOWING);
    return STATUS_OK;
}

// The loudspeaker goes on in a stream both ways whose microphone stands still.
static void
look_at_input(struct device_host *own, long long now)
{
    long long taken = atomic_load(&own->layout.stream.taken);

    if (taken != own->taken || !own->taken_at) {
        own->host.hears = own->host.hears || taken != own->taken;
        own->taken      = taken;
        own->taken_at   = now;
    } else if (now - own->taken_at > SILENCE) {
        own->host.hears = false;
    }
}

static enum status
keep_well(struct device_host *own, long long now, struct diag *diag)
{
    int64_t missed = pace_look(&own->pace, now, own->seen);
    bool    spins  = spin_look(&own->spin, now);

    own->host.xruns = atomic_load(&own->layout.stream.xruns);
    if (missed) {
        own->host.stalls++;
        own->host.stalled += missed;
    }
    deadline_woke(&own->host.slept);
    if (microphone_look(&own->layout.microphone, now))
        own->host.hears = own->layout.microphone.there;
    if (is_both_ways(own)) look_at_input(own, now);
    if (microphone_is_busy(&own->layout.microphone)) return STATUS_OK;
    if ((missed && is_both_ways(own)) ||
        (spins && now - own->started_at > AGAIN))
        return start_again(own, diag);
    return STATUS_OK;
}

static enum status
portaudio_run(struct host *host, int64_t frames, struct diag *diag)
{
    struct device_host *own  = (struct device_host *)host;
    int64_t             ms   = frames * 1000 / host->rate;
    long long           now  = deadline_now();
    long long           done = atomic_load(&own->layout.stream.rendered);

    if (done != own->seen || !own->flowing) {
        own->seen    = done;
        own->seen_at = now;
    }
    if (!own->flowing) {
        own->flowing = true;
        atomic_store(&own->layout.stream.state, STREAM_FLOWING);
    }
    if (!own->watched && frames > 0) { // the session begins
        own->watched = true;
        begin_watch(own);
    }
    if (atomic_load(&own->layout.stream.finished))
        return lost(diag, "the sound server or the device went away");
    if (now - own->seen_at > SILENCE)
        return lost(diag, "it stopped asking for sound");
    enum status st = own->watched ? keep_well(own, now, diag) : STATUS_OK;
    if (st) return st;
    deadline_sleep(ms < STEP ? (int)ms : STEP);
    return STATUS_OK;
}

const struct host_ops host_portaudio = {"portaudio", portaudio_open,
                                        portaudio_run, portaudio_close};
