// SPDX-License-Identifier: GPL-3.0-or-later
// The main thread's side of the mixer: what is to sound, and from which frame.
//
// Every call but engine_render() and engine_frames() is the main thread's.
// Times are frames rendered since the engine was made.  The last thing a sound
// passes is a limiter that looks ahead, so that a command is to come
// engine_ahead() before its frame; one that comes later takes effect at once
// and is counted as late.
#ifndef AUDIO_ENGINE_H
#define AUDIO_ENGINE_H
#include "base/ring.h"
#include "base/status.h"
#include "pcm/pcm.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct engine;

// A time: as soon as the host renders.  Never late.
#define ENGINE_NOW INT64_MIN

enum engine_layer {
    LAYER_SPEECH, // the plan's own narration
    LAYER_ASIDE,  // answers, said while the narration may be held
    LAYER_TONE,
    LAYERS
};

// LISTEN: keep what the microphone gave, with what was played at that frame,
// for engine_heard().
enum status
engine_new(struct engine **out, unsigned rate, bool listen);

void
engine_free(struct engine *engine); // only when no host renders any more

// How many frames before its own a command is to come; 1.6 ms.  Any thread.
int64_t
engine_ahead(const struct engine *engine);

// The bare sum of all that sounds, without limiter or delay, for measuring.
// Before a host renders.
void
engine_plain(struct engine *engine);

// Sounds PCM (at the engine's rate; held until it has been played) from frame
// AT.  False where too many sounds wait already.
bool
engine_play(struct engine *engine, enum engine_layer layer, struct pcm *pcm,
            int64_t at);

// Freezes a layer at frame AT, faded within 20 ms, and lets it go on from the
// same sample.  What was to start while frozen keeps its distance, unless it
// was asked for after the engine_go_on(): then AT is meant as it stands.
bool
engine_hold(struct engine *engine, enum engine_layer layer, int64_t at);
bool
engine_go_on(struct engine *engine, enum engine_layer layer, int64_t at);

// Ends all that sounds or waits on a layer, faded within 20 ms.  What is asked
// for afterwards is not touched, whatever its frame; a hold stays.
bool
engine_cut(struct engine *engine, enum engine_layer layer, int64_t at);

// Master gain, linear 0..4, ramped over 50 ms.
bool
engine_gain(struct engine *engine, float gain, int64_t at);

// Mono frames at the engine's rate to sound under all else, softer under
// speech from 100 ms before its first word.  Before a host renders; the ring
// must outlive the engine's use.  Silent until engine_music_volume().
void
engine_music(struct engine *engine, struct ring *music);

// Linear 0..4, reached at a rate of 1 a second.
bool
engine_music_volume(struct engine *engine, float volume, int64_t at);

// Gives back sounds that were played.  Call it often.
void
engine_collect(struct engine *engine);

// Frames rendered so far.  Any thread.
int64_t
engine_frames(const struct engine *engine);

// Commands that came after their frame.
unsigned
engine_late(const struct engine *engine);

// The host's thread: a host_render, CTX the engine.  Allocates nothing, locks
// nothing, logs nothing.
void
engine_render(void *engine, const float *in, float *out, size_t frames);

// The microphone gives silence from now on, whatever it hears, or is itself
// again.  Done where its sound arrives, so that nothing behind it hears any.
// Any thread.
void
engine_mute(struct engine *engine, bool muted);

// What the microphone heard and what was played at the same frame: up to COUNT
// pairs, oldest first.  One thread, any.  *first is the frame of the first
// pair.  There is room for a second or two; what finds none is lost, and a call
// stops short of such a gap, so that the next one shows it as a jump of *first.
// Up to 1.3 ms at the end wait for more.
struct heard_frame {
    float microphone;
    float reference;
};
size_t
engine_heard(struct engine *engine, struct heard_frame *pairs, size_t count,
             int64_t *first);
#endif
