// SPDX-License-Identifier: GPL-3.0-or-later
// The callback's side of the engine: everything the audio callback touches.
//
// It neither allocates nor frees, locks, logs or asks the system for anything;
// engine.c sets the struct up and tears it down.  Results depend on frames
// alone: cutting the same time into other blocks changes no sample.
#ifndef AUDIO_MIXER_H
#define AUDIO_MIXER_H
#include "audio/engine.h"
#include "audio/limiter.h"
#include "base/ring.h"
#include "pcm/pcm.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    MIXER_SOUNDS   = 256, // waiting or sounding, as engine.c lets in
    MIXER_TAILS    = 64,  // fading out while their sound is held
    MIXER_VOICES   = MIXER_SOUNDS + MIXER_TAILS,
    MIXER_CONTROLS = 128, // holds, cuts and gains that wait for their frame
    MIXER_COMMANDS = 512, // on their way to the callback
    MIXER_CHUNK    = 64,  // heard frames published together
};

enum mixer_command_kind {
    MIXER_PLAY,
    MIXER_HOLD,
    MIXER_GO_ON,
    MIXER_CUT,
    MIXER_GAIN,
    MIXER_MUSIC,
};

// Main thread to callback.
struct mixer_command {
    enum mixer_command_kind kind;
    enum engine_layer       layer;
    float                   gain;
    struct pcm             *pcm;   // MIXER_PLAY: one hold on it goes along
    int64_t                 at;    // frame, or ENGINE_NOW
    uint64_t                order; // of arrival; the callback numbers them
};

// Callback to main thread: a hold on PCM that is no longer needed.
struct mixer_return {
    struct pcm *pcm;
    bool        sound; // an engine_play() is over; else only a tail of one
};

// Callback to whoever listens.
struct mixer_chunk {
    int64_t            first; // frame of pairs[0]
    struct heard_frame pairs[MIXER_CHUNK];
};

enum mixer_voice_state {
    VOICE_WAITING,
    VOICE_SOUNDING,
    VOICE_FADING, // on its way out
    VOICE_DONE,   // to be handed back
};

struct mixer_voice {
    struct pcm            *pcm;
    int64_t                at;    // waiting: the frame it starts at
    int64_t                next;  // sample of PCM that sounds next
    uint64_t               order; // of arrival
    int                    level; // 0 .. mixer.fade, an index into mixer.shape
    enum mixer_voice_state state;
    enum engine_layer      layer;
    bool                   tail; // a held sound's fade out
};

struct mixer_layer {
    bool    held;
    int64_t since; // held: from this frame on
};

struct mixer_gain {
    float now; // before the first frame of the ramp
    float to;
    int   done; // frames of the ramp; mixer.ramp when it is over
};

// Music's own volume, and how far it has gone down for speech; both move by
// the frame.
struct mixer_music {
    struct ring *ring; // mono frames; NULL: none
    float        now;
    float        to;
    float        ducked; // 0..1
    float        block[MIXER_CHUNK];
};

struct mixer {
    // set up by engine.c, read only here
    int    ahead; // frames before speech at which music begins to go down
    int    fade;  // frames of a fade
    int    ramp;  // frames of a gain ramp
    float *shape; // fade + 1 gains, 0 to 1
    int    delay; // frames that the limiter holds back
    bool   listen;

    struct ring commands; // in
    struct ring returns;  // out
    struct ring heard;    // out

    atomic_llong frames; // rendered
    atomic_uint  late;
    atomic_bool  muted; // the microphone

    // the callback's own
    int64_t              mixed; // frames, ahead of those rendered by DELAY
    struct limiter       limiter;
    float                block[LIMITER_BLOCK];
    struct mixer_layer   layers[LAYERS];
    struct mixer_gain    gain;
    struct mixer_music   music;
    struct mixer_voice   voices[MIXER_VOICES]; // in order of arrival
    int                  voice_count;
    struct mixer_command controls[MIXER_CONTROLS]; // by frame, then arrival
    int                  control_count;
    uint64_t             arrivals;
    struct mixer_chunk   chunk; // being filled
    int                  chunk_fill;
};

// IN may be NULL.  A host's callback thread.
void
mixer_render(struct mixer *mixer, const float *in, float *out, size_t frames);
#endif
