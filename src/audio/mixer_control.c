// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/mixer_control.h"

#include <string.h>

// ---- taking them ----

// Where a layer's own time stands at frame NOW.
static int64_t
layer_now(const struct mixer_layer *layer, int64_t now)
{
    return layer->held ? layer->since : now;
}

// AT, or NOW where AT has gone by.
static int64_t
not_before(struct mixer *mixer, int64_t at, int64_t now)
{
    if (at >= now) return at;
    if (at != ENGINE_NOW)
        atomic_fetch_add_explicit(&mixer->late, 1, memory_order_relaxed);
    return now;
}

static void
take_play(struct mixer *mixer, const struct mixer_command *command, int64_t now)
{
    const struct mixer_layer *layer = &mixer->layers[command->layer];

    mixer->voices[mixer->voice_count++] = (struct mixer_voice){
        .pcm   = command->pcm,
        .at    = not_before(mixer, command->at, layer_now(layer, now)),
        .order = command->order,
        .level = mixer->fade,
        .state = VOICE_WAITING,
        .layer = command->layer,
    };
}

static void
take_control(struct mixer *mixer, struct mixer_command command, int64_t now)
{
    int place = mixer->control_count++;

    command.at = not_before(mixer, command.at, now);
    while (place > 0 && mixer->controls[place - 1].at > command.at) {
        mixer->controls[place] = mixer->controls[place - 1];
        place--;
    }
    mixer->controls[place] = command;
}

void
mixer_take_commands(struct mixer *mixer, int64_t now)
{
    struct mixer_command command;

    while (mixer->voice_count < MIXER_VOICES &&
           mixer->control_count < MIXER_CONTROLS &&
           ring_pop(&mixer->commands, &command, 1) == 1) {
        command.order = mixer->arrivals++;
        if (command.kind == MIXER_PLAY)
            take_play(mixer, &command, now);
        else
            take_control(mixer, command, now);
    }
}

// ---- what they do, at their frame ----

// The sound stays where it is; a copy of it fades away.
static void
leave_tail(struct mixer *mixer, const struct mixer_voice *voice)
{
    if (mixer->voice_count == MIXER_VOICES) return; // a click is all
    struct mixer_voice *tail = &mixer->voices[mixer->voice_count++];

    *tail       = *voice;
    tail->pcm   = pcm_hold(voice->pcm);
    tail->state = VOICE_FADING;
    tail->tail  = true;
}

static void
do_hold(struct mixer *mixer, enum engine_layer layer, int64_t now)
{
    int count = mixer->voice_count;

    if (mixer->layers[layer].held) return;
    mixer->layers[layer] = (struct mixer_layer){.held = true, .since = now};
    for (int i = 0; i < count; i++) {
        const struct mixer_voice *voice = &mixer->voices[i];
        if (voice->layer == layer && voice->state == VOICE_SOUNDING)
            leave_tail(mixer, voice);
    }
}

// What was asked for after ORDER knew of this and is not moved.
static void
do_go_on(struct mixer *mixer, enum engine_layer layer, uint64_t order,
         int64_t now)
{
    if (!mixer->layers[layer].held) return;
    int64_t held              = now - mixer->layers[layer].since;
    mixer->layers[layer].held = false;
    for (int i = 0; i < mixer->voice_count; i++) {
        struct mixer_voice *voice = &mixer->voices[i];
        if (voice->layer != layer) continue;
        if (voice->state == VOICE_WAITING && voice->order < order)
            voice->at += held;
        if (voice->state == VOICE_WAITING && voice->at < now) voice->at = now;
        if (voice->state == VOICE_SOUNDING) voice->level = 0;
    }
}

static void
do_cut(struct mixer *mixer, enum engine_layer layer, uint64_t order)
{
    bool held = mixer->layers[layer].held;

    for (int i = 0; i < mixer->voice_count; i++) {
        struct mixer_voice *voice = &mixer->voices[i];
        if (voice->layer != layer || voice->order > order) continue;
        if (voice->state == VOICE_WAITING) voice->state = VOICE_DONE;
        if (voice->state == VOICE_SOUNDING)
            voice->state = held ? VOICE_DONE : VOICE_FADING;
    }
}

float
mixer_gain_now(const struct mixer *mixer)
{
    const struct mixer_gain *gain = &mixer->gain;
    if (gain->done >= mixer->ramp) return gain->to;
    return gain->now +
           (gain->to - gain->now) * (float)gain->done / (float)mixer->ramp;
}

static void
do_gain(struct mixer *mixer, float to)
{
    mixer->gain = (struct mixer_gain){.now = mixer_gain_now(mixer), .to = to};
}

static void
do_control(struct mixer *mixer, const struct mixer_command *command,
           int64_t now)
{
    switch (command->kind) {
    case MIXER_HOLD: do_hold(mixer, command->layer, now); break;
    case MIXER_GO_ON:
        do_go_on(mixer, command->layer, command->order, now);
        break;
    case MIXER_CUT: do_cut(mixer, command->layer, command->order); break;
    case MIXER_GAIN: do_gain(mixer, command->gain); break;
    case MIXER_MUSIC: mixer->music.to = command->gain; break;
    case MIXER_PLAY: break;
    }
}

void
mixer_do_controls(struct mixer *mixer, int64_t now)
{
    int due = 0;

    while (due < mixer->control_count && mixer->controls[due].at <= now)
        do_control(mixer, &mixer->controls[due++], now);
    if (!due) return;
    mixer->control_count -= due;
    memmove(mixer->controls, mixer->controls + due,
            (size_t)mixer->control_count * sizeof mixer->controls[0]);
}
