// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stage.h"

#include "app/diary.h"

#include <math.h>

#define DUCK_BY 12 // dB

static bool
make_tone(struct stage *stage, enum tone tone, unsigned rate)
{
    if (!stage->tones[tone]) stage->tones[tone] = tone_make(tone, rate);
    return stage->tones[tone] != NULL;
}

enum status
stage_wake(struct stage *stage, struct engine *engine, unsigned rate)
{
    if (!make_tone(stage, TONE_WAKE, rate)) return STATUS_NO_MEMORY;
    engine_play(engine, LAYER_TONE, stage->tones[TONE_WAKE], ENGINE_NOW);
    return STATUS_OK;
}

enum status
stage_open(struct stage *stage, unsigned rate)
{
    for (int i = 0; i < TONES; i++)
        if (!make_tone(stage, (enum tone)i, rate)) return STATUS_NO_MEMORY;
    return STATUS_OK;
}

void
stage_release(struct stage *stage)
{
    for (int i = 0; i < TONES; i++) pcm_drop(stage->tones[i]);
}

void
stage_tone(struct stage *stage, enum tone tone, int64_t frame)
{
    engine_play(stage->engine, LAYER_TONE, stage->tones[tone],
                stage->base + frame);
}

static void
perform_signal(struct stage *stage, const struct effect *effect)
{
    static const enum tone tones[SIGNALS] = {
        [SIGNAL_GO]            = TONE_GO,
        [SIGNAL_ZERO_SIDE]     = TONE_ZERO_SIDE,
        [SIGNAL_ZERO_SET]      = TONE_ZERO_SET,
        [SIGNAL_ZERO_EXERCISE] = TONE_ZERO_EXERCISE,
        [SIGNAL_ZERO_SESSION]  = TONE_ZERO_SESSION,
        [SIGNAL_ACCEPTED]      = TONE_ACCEPTED,
        [SIGNAL_DECLINED]      = TONE_DECLINED,
        [SIGNAL_PACE_UP]       = TONE_PACE_UP,
        [SIGNAL_PACE_DOWN]     = TONE_PACE_DOWN,
    };
    enum tone tone = tones[effect->signal];

    stage_tone(stage, tone, effect->frame);
    events_tone(stage->events, effect->frame, tone_name(tone), tone_ends(tone));
}

static void
perform_say(struct stage *stage, const struct effect *effect,
            enum engine_layer layer)
{
    struct pcm *clip = speech_clip(stage->prepared->speech, effect->say.text);
    if (clip)
        engine_play(stage->engine, layer, clip, stage->base + effect->frame);
    else
        stage->silent = true;
    events_say(stage->events, effect->frame, effect->say.text,
               effect->say.length);
}

// Silence does not wait for the lead that a live session has.
static void
perform_cut(struct stage *stage, const struct effect *effect, bool narration)
{
    int64_t at = stage->live ? ENGINE_NOW : stage->base + effect->frame;

    if (narration) engine_cut(stage->engine, LAYER_SPEECH, at);
    engine_cut(stage->engine, LAYER_ASIDE, at);
    events_plain(stage->events, effect->frame, "cut");
}

static void
apply_gain(struct stage *stage, int64_t at)
{
    int gain = stage->gain - (stage->ducked ? DUCK_BY : 0);
    engine_gain(stage->engine, powf(10, (float)gain / 20), at);
}

void
stage_gain(struct stage *stage, int decibels, int64_t frame)
{
    stage->gain = decibels;
    apply_gain(stage, stage->base + frame);
}

void
stage_duck(struct stage *stage, bool ducked, int64_t frame)
{
    if (stage->ducked == ducked) return;
    stage->ducked = ducked;
    apply_gain(stage, stage->base + frame);
}

// Linear.
float
stage_music_volume(const struct stage *stage, const struct session_music *music)
{
    int decibels = stage->music + music->gain;
    return !music->there || music->off ? 0 : powf(10, (float)decibels / 20);
}

void
stage_music(struct stage *stage, const struct session_music *music,
            int64_t frame)
{
    engine_music_volume(stage->engine, stage_music_volume(stage, music),
                        stage->base + frame);
}

static void
perform(struct stage *stage, const struct effect *effect)
{
    const struct plan *plan  = stage->prepared->plan;
    int64_t            frame = effect->frame;
    int64_t            at    = stage->base + frame;

    diary_effect(stage->diary, effect);
    switch (effect->kind) {
    case EFFECT_SEGMENT:
        stage->begun++;
        events_segment(stage->events, frame, plan, effect->segment,
                       effect->length, effect->elapsed);
        if (stage->chapters)
            chapters_segment(stage->chapters, stage->host, at, plan,
                             effect->segment);
        if (stage->console)
            console_segment(stage->console, (double)frame / plan->rate, plan,
                            effect->segment, effect->length);
        break;
    case EFFECT_SAY: perform_say(stage, effect, LAYER_SPEECH); break;
    case EFFECT_ASIDE: perform_say(stage, effect, LAYER_ASIDE); break;
    case EFFECT_SIGNAL: perform_signal(stage, effect); break;
    case EFFECT_HOLD:
        engine_hold(stage->engine, LAYER_SPEECH, at);
        events_plain(stage->events, frame, "hold");
        break;
    case EFFECT_GO_ON:
        engine_go_on(stage->engine, LAYER_SPEECH, at);
        events_plain(stage->events, frame, "go_on");
        break;
    case EFFECT_CUT: perform_cut(stage, effect, true); break;
    case EFFECT_CUT_ASIDE: perform_cut(stage, effect, false); break;
    case EFFECT_GAIN:
        stage->gain = effect->gain;
        apply_gain(stage, at);
        events_gain(stage->events, frame, effect->gain);
        break;
    case EFFECT_MUSIC:
        stage_music(stage, &effect->music, frame);
        events_music(stage->events, frame, !effect->music.off,
                     effect->music.gain);
        break;
    case EFFECT_LENGTH:
        events_length(stage->events, frame, effect->length);
        break;
    case EFFECT_PAIN:
        events_pain(stage->events, frame, effect->pain.what,
                    effect->pain.exercise);
        break;
    case EFFECT_ANSWER:
        events_answer(stage->events, frame, effect->answer.to,
                      effect->answer.value);
        break;
    case EFFECT_END:
        stage->ended = effect->reason;
        stage->end   = frame;
        break;
    }
}

void
stage_perform(struct stage *stage, const struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        perform(stage, &effects->list[i]);
}
