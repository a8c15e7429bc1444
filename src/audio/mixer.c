// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/mixer.h"

#include "audio/mixer_control.h"

#include <string.h>

enum { LANES = 16 }; // frames added together, so that the compiler can

static const float ducked_gain = 0.25F; // of music under speech, -12 dB

static int
level_gone(const struct mixer *mixer, int level, int64_t frames)
{
    int64_t rest = mixer->fade - level;
    return frames < rest ? level + (int)frames : mixer->fade;
}

// ---- what sounds ----

static void
start_voices(struct mixer *mixer, int64_t now)
{
    for (int i = 0; i < mixer->voice_count; i++) {
        struct mixer_voice *voice = &mixer->voices[i];
        if (voice->state == VOICE_WAITING && voice->at <= now &&
            !mixer->layers[voice->layer].held)
            voice->state = VOICE_SOUNDING;
    }
}

static bool
is_speech(const struct mixer_voice *voice)
{
    return voice->layer != LAYER_TONE;
}

// Whether something is said or about to be.
static bool
speech_is_near(const struct mixer *mixer, int64_t now)
{
    for (int i = 0; i < mixer->voice_count; i++) {
        const struct mixer_voice *voice = &mixer->voices[i];
        if (!is_speech(voice) || mixer->layers[voice->layer].held) continue;
        if (voice->state == VOICE_SOUNDING) return true;
        if (voice->state == VOICE_WAITING && voice->at - mixer->ahead <= now)
            return true;
    }
    return false;
}

// The first frame before END at which music is to go down or up.
static int64_t
next_duck(const struct mixer *mixer, int64_t now, int64_t end)
{
    for (int i = 0; mixer->music.ring && i < mixer->voice_count; i++) {
        const struct mixer_voice *voice = &mixer->voices[i];
        int64_t                   at    = voice->at - mixer->ahead;
        if (!is_speech(voice) || mixer->layers[voice->layer].held) continue;
        if (voice->state == VOICE_SOUNDING)
            at = now + voice->pcm->frames - voice->next;
        else if (voice->state != VOICE_WAITING)
            continue;
        if (at > now && at < end) end = at;
    }
    return end;
}

// The first frame before END at which something begins, ends or changes.
static int64_t
next_change(const struct mixer *mixer, int64_t now, int64_t end)
{
    end = next_duck(mixer, now, end);
    if (mixer->control_count > 0 && mixer->controls[0].at < end)
        end = mixer->controls[0].at;
    for (int i = 0; i < mixer->voice_count; i++) {
        const struct mixer_voice *voice = &mixer->voices[i];
        if (voice->state == VOICE_WAITING && voice->at < end &&
            !mixer->layers[voice->layer].held)
            end = voice->at;
    }
    return end;
}

// ---- sound ----

static void
add_steady(float *restrict out, const float *restrict samples, int64_t count)
{
    int64_t i = 0;

    for (; i + LANES <= count; i += LANES)
        for (int64_t k = i; k < i + LANES; k++) out[k] += samples[k];
    for (; i < count; i++) out[i] += samples[i];
}

// The same on nothing.  Adding 0 leaves no 0 with a sign.
static void
lay_steady(float *restrict out, const float *restrict samples, int64_t count)
{
    int64_t i = 0;

    for (; i + LANES <= count; i += LANES)
        for (int64_t k = i; k < i + LANES; k++) out[k] = samples[k] + 0.0F;
    for (; i < count; i++) out[i] = samples[i] + 0.0F;
}

static void
add_shaped(float *out, const float *samples, const float *shape, int step,
           int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        out[i] += samples[i] * *shape;
        shape += step;
    }
}

static void
add_rising(struct mixer *mixer, struct mixer_voice *voice, float *out,
           int64_t count)
{
    const float *samples = voice->pcm->samples + voice->next;
    int64_t      rise    = mixer->fade - voice->level;

    if (rise > count) rise = count;
    add_shaped(out, samples, mixer->shape + voice->level, 1, rise);
    add_steady(out + rise, samples + rise, count - rise);
    voice->level = level_gone(mixer, voice->level, count);
}

static void
add_falling(struct mixer *mixer, struct mixer_voice *voice, float *out,
            int64_t count)
{
    if (count > voice->level) count = voice->level;
    add_shaped(out, voice->pcm->samples + voice->next,
               mixer->shape + voice->level, -1, count);
    voice->level -= (int)count;
    voice->next += count;
    if (voice->level == 0) voice->state = VOICE_DONE;
}

static void
add_voice_to(struct mixer *mixer, struct mixer_voice *voice, float *out,
             int64_t count)
{
    int64_t left = voice->pcm->frames - voice->next;

    if (count > left) count = left;
    if (voice->state == VOICE_FADING) {
        add_falling(mixer, voice, out, count);
    } else {
        add_rising(mixer, voice, out, count);
        voice->next += count;
    }
    if (voice->next == voice->pcm->frames) voice->state = VOICE_DONE;
}

static bool
is_heard(const struct mixer *mixer, const struct mixer_voice *voice)
{
    return voice->state == VOICE_FADING || (voice->state == VOICE_SOUNDING &&
                                            !mixer->layers[voice->layer].held);
}

// The first that sounds, with nothing there yet.
static void
lay_voice(struct mixer *mixer, struct mixer_voice *voice, float *out,
          int64_t count)
{
    int64_t left = voice->pcm->frames - voice->next;

    if (voice->state == VOICE_FADING || voice->level < mixer->fade) {
        memset(out, 0, (size_t)count * sizeof *out);
        add_voice_to(mixer, voice, out, count);
        return;
    }
    if (left > count) left = count;
    lay_steady(out, voice->pcm->samples + voice->next, left);
    memset(out + left, 0, (size_t)(count - left) * sizeof *out);
    voice->next += left;
    if (voice->next == voice->pcm->frames) voice->state = VOICE_DONE;
}

// Returns whether anything sounded.
static bool
add_voices(struct mixer *mixer, float *out, size_t count)
{
    bool any = false;

    for (int i = 0; i < mixer->voice_count; i++) {
        struct mixer_voice *voice = &mixer->voices[i];
        if (!is_heard(mixer, voice)) continue;
        if (any)
            add_voice_to(mixer, voice, out, (int64_t)count);
        else
            lay_voice(mixer, voice, out, (int64_t)count);
        any = true;
    }
    if (!any) memset(out, 0, count * sizeof *out);
    return any;
}

static void
skip_gain(struct mixer *mixer, size_t count)
{
    size_t left = (size_t)(mixer->ramp - mixer->gain.done);
    mixer->gain.done += (int)(count < left ? count : left);
}

static void
apply_gain(struct mixer *mixer, float *out, size_t count)
{
    const float to = mixer->gain.to;
    size_t      i  = 0;

    for (; i < count && mixer->gain.done < mixer->ramp; i++) {
        out[i] *= mixer_gain_now(mixer);
        mixer->gain.done++;
    }
    for (; to != 1 && i < count; i++) out[i] *= to;
}

static float
toward(float now, float to, float step)
{
    if (now < to) return now + step < to ? now + step : to;
    return now - step > to ? now - step : to;
}

// What the decoder has not got ready is silence.
static void
add_music(struct mixer *mixer, float *out, size_t count, bool near)
{
    struct mixer_music *music = &mixer->music;
    float down = 1.0F / (float)mixer->ahead, up = down / 6, // a frame's
        turn = down / 10;

    for (size_t done = 0; done < count;) {
        size_t some = count - done < MIXER_CHUNK ? count - done : MIXER_CHUNK;
        size_t got  = ring_pop(music->ring, music->block, some);
        for (size_t i = 0; i < some; i++) {
            music->now = toward(music->now, music->to, turn);
            music->ducked =
                toward(music->ducked, near ? 1 : 0, near ? down : up);
            if (i < got)
                out[done + i] += music->block[i] * music->now *
                                 (1 - music->ducked * (1 - ducked_gain));
        }
        done += some;
    }
}

// From NOW on nothing changes for COUNT frames but what fades or ends.  False
// where nothing sounds.
static bool
render_run(struct mixer *mixer, float *out, size_t count, int64_t now)
{
    bool near = mixer->music.ring && speech_is_near(mixer, now);
    bool any  = add_voices(mixer, out, count);

    if (mixer->music.ring) add_music(mixer, out, count, near);
    any = any || mixer->music.ring;
    if (any)
        apply_gain(mixer, out, count);
    else
        skip_gain(mixer, count);
    return any;
}

// ---- what goes back ----

// What finds no room stays a silent voice for a later block.
static void
return_voices(struct mixer *mixer)
{
    int kept = 0;

    for (int i = 0; i < mixer->voice_count; i++) {
        const struct mixer_voice *voice = &mixer->voices[i];
        struct mixer_return       back  = {voice->pcm, !voice->tail};
        if (voice->state == VOICE_DONE &&
            ring_push(&mixer->returns, &back, 1) == 1)
            continue;
        if (kept != i) mixer->voices[kept] = *voice;
        kept++;
    }
    mixer->voice_count = kept;
}

static void
publish_heard(struct mixer *mixer, const float *in, const float *out,
              size_t frames, int64_t now)
{
    struct mixer_chunk *chunk = &mixer->chunk;
    bool muted = atomic_load_explicit(&mixer->muted, memory_order_relaxed);

    if (chunk->first + mixer->chunk_fill != now) mixer->chunk_fill = 0;
    for (size_t i = 0; i < frames; i++) {
        if (mixer->chunk_fill == 0) chunk->first = now + (int64_t)i;
        chunk->pairs[mixer->chunk_fill++] =
            (struct heard_frame){muted ? 0 : in[i], out[i]};
        if (mixer->chunk_fill < MIXER_CHUNK) continue;
        ring_push(&mixer->heard, chunk, 1); // no room: these are lost
        mixer->chunk_fill = 0;
    }
}

// Mixes FRAMES more frames, which come out of the limiter when they may.
static void
mix(struct mixer *mixer, float *out, size_t frames)
{
    int64_t start = mixer->mixed, end = start + (int64_t)frames;
    bool    any = false;

    for (int64_t now = start; now < end;) {
        mixer_do_controls(mixer, now);
        start_voices(mixer, now);
        int64_t next = next_change(mixer, now, end);
        any |=
            render_run(mixer, out + (now - start), (size_t)(next - now), now);
        now = next;
    }
    mixer->mixed = end;
    if (any || !limiter_is_still(&mixer->limiter))
        limiter_run(&mixer->limiter, out, frames);
}

// Nothing comes out later than its frame: mixing is ahead of what is rendered
// by what the limiter holds back.
static void
get_ahead(struct mixer *mixer, int64_t start)
{
    int64_t missing = mixer->delay - (mixer->mixed - start);

    while (missing > 0) {
        int64_t some = missing < LIMITER_BLOCK ? missing : LIMITER_BLOCK;
        mix(mixer, mixer->block, (size_t)some);
        missing -= some;
    }
}

void
mixer_render(struct mixer *mixer, const float *in, float *out, size_t frames)
{
    int64_t start = atomic_load_explicit(&mixer->frames, memory_order_relaxed);

    mixer_take_commands(mixer, mixer->mixed);
    get_ahead(mixer, start);
    for (size_t done = 0; done < frames;) {
        size_t some = frames - done;
        if (some > LIMITER_BLOCK) some = LIMITER_BLOCK;
        mix(mixer, out + done, some);
        done += some;
    }
    return_voices(mixer);
    if (mixer->listen && in) publish_heard(mixer, in, out, frames, start);
    atomic_store_explicit(&mixer->frames, start + (int64_t)frames,
                          memory_order_release);
}
