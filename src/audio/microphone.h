// SPDX-License-Identifier: GPL-3.0-or-later
// A microphone with a stream of its own, which may go and come back while the
// loudspeaker plays on.  One thread, the host's.
#ifndef AUDIO_MICROPHONE_H
#define AUDIO_MICROPHONE_H
#include "audio/stream.h"
#include <portaudio.h>
#include <stdatomic.h>
#include <stdbool.h>

struct microphone {
    // set once
    PaDeviceIndex  device;  // paNoDevice: there is none to come back
    double         rate;    // Hz, of what hears it
    double         latency; // s, wished for
    struct stream *to;      // what hears it

    PaStream  *stream;            // NULL: not open
    bool       there;             // sound comes
    long long  seen;              // frames at the last look
    long long  seen_at, tried_at; // ms
    atomic_int trying;            // a thread is at it, or has done
};

// The stream, not started.  Where the device knows no such rate it is opened at
// its own, and its sound resampled.
PaError
microphone_open(struct microphone *microphone);

// Where it is not open: nothing.
void
microphone_close(struct microphone *microphone);

// Looks whether sound comes; where none did for two seconds, the stream is
// opened again and again, on a thread.  NOW: ms.  True where THERE changed.
bool
microphone_look(struct microphone *microphone, long long now);

// Whether that thread is in PortAudio: nobody else may be meanwhile.
bool
microphone_is_busy(struct microphone *microphone);
#endif
