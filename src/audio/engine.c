// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/engine.h"

#include "audio/mixer.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi           = 3.14159265358979323846;
static const double fade_seconds = 0.020;
static const double ramp_seconds = 0.050;
static const double duck_seconds = 0.100;

struct engine {
    struct mixer mixer;
    unsigned     rate;
    unsigned     sounds; // given to the mixer and not back yet

    // whoever calls engine_heard()
    struct mixer_chunk chunk;
    size_t             chunk_read; // pairs of it given out
};

// A raised cosine from 0 to 1.
static float *
new_shape(int fade)
{
    float *shape = malloc(((size_t)fade + 1) * sizeof *shape);
    if (!shape) return NULL;
    for (int i = 0; i <= fade; i++)
        shape[i] = (float)(0.5 - 0.5 * cos(pi * i / fade));
    return shape;
}

static bool
set_up(struct engine *engine, bool listen)
{
    struct mixer *mixer  = &engine->mixer;
    size_t        chunks = listen ? engine->rate / MIXER_CHUNK + 1 : 1;

    mixer->fade   = (int)lround(fade_seconds * engine->rate);
    mixer->ramp   = (int)lround(ramp_seconds * engine->rate);
    mixer->ahead  = (int)lround(duck_seconds * engine->rate);
    mixer->shape  = new_shape(mixer->fade);
    mixer->listen = listen;
    mixer->gain   = (struct mixer_gain){1, 1, mixer->ramp};
    limiter_set_up(&mixer->limiter, engine->rate);
    mixer->delay = limiter_delay(&mixer->limiter);
    atomic_init(&mixer->frames, 0);
    atomic_init(&mixer->late, 0);
    atomic_init(&mixer->muted, false);
    engine->chunk_read = MIXER_CHUNK;
    return mixer->shape &&
           ring_init(&mixer->commands, sizeof(struct mixer_command),
                     MIXER_COMMANDS) &&
           ring_init(&mixer->returns, sizeof(struct mixer_return),
                     MIXER_VOICES) &&
           ring_init(&mixer->heard, sizeof(struct mixer_chunk), chunks);
}

enum status
engine_new(struct engine **out, unsigned rate, bool listen)
{
    assert(rate >= 1000);
    struct engine *engine = calloc(1, sizeof *engine);
    if (!engine) return STATUS_NO_MEMORY;
    engine->rate = rate;
    if (!set_up(engine, listen)) {
        engine_free(engine);
        return STATUS_NO_MEMORY;
    }
    *out = engine;
    return STATUS_OK;
}

void
engine_plain(struct engine *engine)
{
    limiter_set_plain(&engine->mixer.limiter);
    engine->mixer.delay = 0;
}

int64_t
engine_ahead(const struct engine *engine)
{
    return engine->mixer.delay;
}

static void
drop_commands(struct ring *ring)
{
    struct mixer_command command;
    if (!ring->data) return;
    while (ring_pop(ring, &command, 1) == 1)
        if (command.kind == MIXER_PLAY) pcm_drop(command.pcm);
}

void
engine_free(struct engine *engine)
{
    if (!engine) return;
    struct mixer *mixer = &engine->mixer;
    drop_commands(&mixer->commands);
    if (mixer->returns.data) engine_collect(engine);
    for (int i = 0; i < mixer->voice_count; i++) pcm_drop(mixer->voices[i].pcm);
    ring_release(&mixer->commands);
    ring_release(&mixer->returns);
    ring_release(&mixer->heard);
    free(mixer->shape);
    free(engine);
}

static bool
post(struct engine *engine, struct mixer_command command)
{
    return ring_push(&engine->mixer.commands, &command, 1) == 1;
}

bool
engine_play(struct engine *engine, enum engine_layer layer, struct pcm *pcm,
            int64_t at)
{
    assert(pcm->rate == engine->rate);
    if (engine->sounds == MIXER_SOUNDS) engine_collect(engine);
    if (engine->sounds == MIXER_SOUNDS) return false;
    pcm_hold(pcm);
    if (!post(engine,
              (struct mixer_command){
                  .kind = MIXER_PLAY, .layer = layer, .pcm = pcm, .at = at})) {
        pcm_drop(pcm);
        return false;
    }
    engine->sounds++;
    return true;
}

bool
engine_hold(struct engine *engine, enum engine_layer layer, int64_t at)
{
    return post(engine, (struct mixer_command){
                            .kind = MIXER_HOLD, .layer = layer, .at = at});
}

bool
engine_go_on(struct engine *engine, enum engine_layer layer, int64_t at)
{
    return post(engine, (struct mixer_command){
                            .kind = MIXER_GO_ON, .layer = layer, .at = at});
}

bool
engine_cut(struct engine *engine, enum engine_layer layer, int64_t at)
{
    return post(engine, (struct mixer_command){
                            .kind = MIXER_CUT, .layer = layer, .at = at});
}

bool
engine_gain(struct engine *engine, float gain, int64_t at)
{
    if (!(gain >= 0)) gain = 0;
    if (gain > 4) gain = 4;
    return post(engine, (struct mixer_command){
                            .kind = MIXER_GAIN, .gain = gain, .at = at});
}

void
engine_music(struct engine *engine, struct ring *music)
{
    engine->mixer.music.ring = music;
}

bool
engine_music_volume(struct engine *engine, float volume, int64_t at)
{
    if (!(volume >= 0)) volume = 0;
    if (volume > 4) volume = 4;
    return post(engine, (struct mixer_command){
                            .kind = MIXER_MUSIC, .gain = volume, .at = at});
}

void
engine_collect(struct engine *engine)
{
    struct mixer_return back;

    while (ring_pop(&engine->mixer.returns, &back, 1) == 1) {
        if (back.sound) engine->sounds--;
        pcm_drop(back.pcm);
    }
}

int64_t
engine_frames(const struct engine *engine)
{
    return atomic_load_explicit(&engine->mixer.frames, memory_order_acquire);
}

unsigned
engine_late(const struct engine *engine)
{
    return atomic_load_explicit(&engine->mixer.late, memory_order_relaxed);
}

void
engine_mute(struct engine *engine, bool muted)
{
    atomic_store_explicit(&engine->mixer.muted, muted, memory_order_relaxed);
}

void
engine_render(void *engine, const float *in, float *out, size_t frames)
{
    mixer_render(&((struct engine *)engine)->mixer, in, out, frames);
}

// Whether engine->chunk has pairs left that follow on frame AT (-1: any).
static bool
next_chunk(struct engine *engine, int64_t at)
{
    if (engine->chunk_read == MIXER_CHUNK) {
        if (ring_pop(&engine->mixer.heard, &engine->chunk, 1) == 0)
            return false;
        engine->chunk_read = 0;
    }
    return at < 0 || at == engine->chunk.first + (int64_t)engine->chunk_read;
}

size_t
engine_heard(struct engine *engine, struct heard_frame *pairs, size_t count,
             int64_t *first)
{
    size_t  done = 0;
    int64_t at   = -1;

    while (done < count && next_chunk(engine, at)) {
        size_t take = MIXER_CHUNK - engine->chunk_read;
        if (take > count - done) take = count - done;
        if (at < 0) {
            at     = engine->chunk.first + (int64_t)engine->chunk_read;
            *first = at;
        }
        memcpy(pairs + done, engine->chunk.pairs + engine->chunk_read,
               take * sizeof *pairs);
        engine->chunk_read += take;
        done += take;
        at += (int64_t)take;
    }
    return done;
}
