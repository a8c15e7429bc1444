// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/inlet.h"

#include "audio/backend.h"
#include "audio/choice.h"
#include "audio/deadline.h"
#include "audio/microphone.h"
#include "audio/stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPENING = 10000, // ms, patience with the sound system
    CLOSING = 3000,
    STEP    = 10,
};

static const double latency = 0.07; // s, wished for

struct inlet {
    struct stream     stream; // only what is HEARD of it
    struct microphone microphone;

    // of the thread that opens
    char *name;
    bool  open;
    char  note[256];
};

static void
release(struct inlet *inlet)
{
    ring_release(&inlet->stream.heard);
    free(inlet->name);
    free(inlet);
}

static PaError
start(struct microphone *microphone)
{
    PaError error = microphone_open(microphone);
    if (error != paNoError) return error;
    error = Pa_StartStream(microphone->stream);
    if (error != paNoError) microphone_close(microphone);
    return error;
}

static void
open_device(struct inlet *inlet)
{
    struct microphone *m = &inlet->microphone;

    m->device = choice_input(inlet->name, inlet->note, sizeof inlet->note);
    if (m->device == paNoDevice) return;
    PaError error = start(m);
    inlet->open   = error == paNoError;
    if (!inlet->open)
        snprintf(inlet->note, sizeof inlet->note,
                 "no microphone: \"%.100s\" cannot be opened (%s)",
                 Pa_GetDeviceInfo(m->device)->name, Pa_GetErrorText(error));
}

static void
open_thread(void *ctx)
{
    struct inlet *inlet = ctx;
    struct diag   diag  = {""};
    enum status   st    = backend_start(&diag);

    if (!st) st = choice_look_again(NULL, inlet->name, true, &diag);
    if (st) {
        snprintf(inlet->note, sizeof inlet->note, "no microphone: %.200s",
                 diag.text);
        return;
    }
    open_device(inlet);
    if (!inlet->open) backend_stop();
}

static struct inlet *
inlet_new(const char *name, unsigned rate)
{
    struct inlet *inlet = calloc(1, sizeof *inlet);

    if (!inlet) return NULL;
    inlet->name         = strdup(name);
    inlet->stream.hears = inlet->stream.split = true;
    inlet->stream.most                        = rate / 5;
    inlet->microphone = (struct microphone){.device  = paNoDevice,
                                            .rate    = rate,
                                            .latency = latency,
                                            .to      = &inlet->stream,
                                            .there   = true};
    if (inlet->name && ring_init(&inlet->stream.heard, sizeof(float), rate))
        return inlet;
    release(inlet);
    return NULL;
}

struct inlet *
inlet_open(const char *name, unsigned rate, char *note, size_t size)
{
    struct inlet *inlet = inlet_new(name, rate);

    if (!inlet) {
        snprintf(note, size, "no microphone: there is no memory left for it");
        return NULL;
    }
    int  saved = backend_hush();
    bool done  = deadline_run(open_thread, inlet, OPENING);
    backend_unhush(saved);
    if (!done) { // INLET is the lost thread's
        backend_give_up();
        snprintf(note, size, "no microphone: the sound system does not answer");
        return NULL;
    }
    if (inlet->open) return inlet;
    snprintf(note, size, "%s", inlet->note);
    release(inlet);
    return NULL;
}

static void
close_thread(void *ctx)
{
    struct inlet *inlet = ctx;

    microphone_close(&inlet->microphone);
    backend_stop();
}

void
inlet_close(struct inlet *inlet)
{
    if (!inlet) return;
    for (int ms = 0; microphone_is_busy(&inlet->microphone); ms += STEP) {
        if (ms > CLOSING) {
            backend_give_up(); // its thread may still look at it
            return;
        }
        deadline_sleep(STEP);
    }
    int  saved = backend_hush();
    bool done  = deadline_run(close_thread, inlet, CLOSING);
    backend_unhush(saved);
    if (done)
        release(inlet);
    else
        backend_give_up();
}

const float *
inlet_take(struct inlet *inlet, size_t frames)
{
    return stream_heard(&inlet->stream, frames);
}

bool
inlet_look(struct inlet *inlet)
{
    microphone_look(&inlet->microphone, deadline_now());
    return inlet->microphone.there;
}
