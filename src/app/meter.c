// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/meter.h"

#include "app/deck.h"
#include "app/interrupt.h"
#include "app/lesson.h"
#include "app/prepare.h"
#include <math.h>
#include <string.h>

#define BLOCK 480

struct meter {
    const struct meter_options *options;
    struct deck                 deck;
    struct listener            *listener;
    double                      square; // sum since the last level
    int64_t                     count;
};

static enum status
open_deck(struct meter *m, struct diag *diag)
{
    struct host_config config = {.input = m->options->input, .listen = true};
    enum status        st = deck_open(&m->deck, &host_portaudio, &config, diag);

    return st ? st : deck_hears(&m->deck, diag);
}

static enum status
open_all(struct meter *m, struct diag *diag)
{
    char        voices[PATH_SIZE];
    enum status st = open_deck(m, diag);
    if (st) return st;

    if (!prepare_voices(voices)) {
        diag_set(diag, NULL, "cannot tell where rollcall's own files are");
        return STATUS_NOT_FOUND;
    }
    struct listener_config config = {
        .voices = voices, .rate = m->deck.host->rate, .cancel_echo = true};
    uint64_t commands = UINT64_MAX;
    st                = listener_open(&m->listener, &config, diag);
    if (st) return st;
    lesson_know(m->listener);
    if (m->options->state &&
        !listener_state(m->listener, m->options->state, &commands)) {
        diag_set(diag, NULL, "there is no state \"%s\": see commands.yaml",
                 m->options->state);
        return STATUS_BAD_INPUT;
    }
    listener_allow(m->listener, commands);
    return STATUS_OK;
}

static void
hear(struct meter *m)
{
    struct heard_frame pairs[BLOCK];
    float              microphone[BLOCK], reference[BLOCK];
    struct heard       heard;
    int64_t            first;
    size_t             count;

    while ((count = engine_heard(m->deck.engine, pairs, BLOCK, &first)) > 0) {
        for (size_t i = 0; i < count; i++) {
            microphone[i] = pairs[i].microphone;
            reference[i]  = pairs[i].reference;
            m->square += (double)microphone[i] * microphone[i];
        }
        m->count += (int64_t)count;
        listener_feed(m->listener, microphone, reference, count);
    }
    while (listener_next(m->listener, &heard))
        m->options->heard(m->options->ctx, &heard, m->deck.host->rate);
}

static void
show_level(struct meter *m)
{
    double mean = m->count ? m->square / (double)m->count : 0;
    m->options->level(m->options->ctx, 10 * log10(mean + 1e-12),
                      (double)listener_speaking(m->listener) /
                          m->deck.host->rate);
    m->square = 0;
    m->count  = 0;
}

static enum status
watch(struct meter *m, struct diag *diag)
{
    enum status st = STATUS_OK;

    while (!st && !interrupted()) {
        st = m->deck.host->ops->run(m->deck.host, m->deck.host->rate / 100,
                                    diag);
        hear(m);
        engine_collect(m->deck.engine);
        if (m->count >= m->deck.host->rate / 10) show_level(m);
    }
    return st;
}

enum status
meter_run(const struct meter_options *options, struct diag *diag)
{
    struct meter m  = {.options = options};
    enum status  st = open_all(&m, diag);

    if (!st) st = watch(&m, diag);
    deck_close(&m.deck);
    listener_close(m.listener);
    return st;
}
