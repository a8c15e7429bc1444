// SPDX-License-Identifier: GPL-3.0-or-later
// What PortAudio's callbacks touch: a device's frames in and out.
//
// Nothing here allocates, locks, logs or asks the system for anything;
// host_portaudio.c and inlet.c set the struct up and take it down.
#ifndef AUDIO_STREAM_H
#define AUDIO_STREAM_H
#include "audio/host.h"
#include "base/ring.h"
#include <portaudio.h>
#include <pthread.h>
#include <speex/speex_resampler.h>
#include <stdatomic.h>
#include <stdbool.h>

enum {
    STREAM_BLOCK = 1024, // frames rendered at a time, at most
};

enum stream_state {
    STREAM_SETTLING, // silence: the device is not known to play yet
    STREAM_FLOWING,
    STREAM_SHUT, // silence: render and its context are no longer touched
};

struct stream {
    // set up before the streams start, read only then
    host_render *render;
    void        *ctx;
    int          channels; // out, all alike
    bool         hears;
    bool         split; // the microphone comes by a stream of its own,
    struct ring  heard; // through here, mono
    size_t       most;  // frames that may wait in it
    // from the microphone's own rate; NULL: that is the engine's
    SpeexResamplerState *resampler;

    atomic_int   state; // enum stream_state; host's thread writes
    atomic_bool  busy;  // in render, perhaps
    atomic_bool  finished;
    atomic_llong asked;    // frames the device wanted so far
    atomic_llong rendered; // those that RENDER gave
    atomic_llong taken;    // frames that came from the microphone
    atomic_uint  xruns;    // told by the device: not every one does

    _Atomic pthread_t thread; // the output callback's, once ASKED is not 0

    // the output callback's own
    float in[STREAM_BLOCK];
    float out[STREAM_BLOCK];
};

// The next COUNT frames, STREAM_BLOCK at most, of a microphone that has its own
// stream; good until the next call.  For whoever renders.
const float *
stream_heard(struct stream *stream, size_t count);

// For one stream both ways, or the output's where split.  Floats,
// interleaved; the input is mono.  DATA is the struct stream.
PaStreamCallback stream_output;

// For the input's stream where split.
PaStreamCallback stream_input;

PaStreamFinishedCallback stream_finished;
#endif
