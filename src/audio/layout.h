// SPDX-License-Identifier: GPL-3.0-or-later
// The streams between the devices and the engine: one both ways where the two
// devices have one clock, one for each where not, or the loudspeaker's alone.
//
// Calls here reach the sound server, and may hang when it dies.
#ifndef AUDIO_LAYOUT_H
#define AUDIO_LAYOUT_H
#include "audio/microphone.h"
#include "audio/stream.h"
#include <portaudio.h>
#include <stdbool.h>

struct layout {
    // set before it is opened
    struct stream stream; // its renderer, channels and ring
    double        rate;   // Hz, wished for; then that which it got
    bool          apart;  // the microphone by itself, or not at all

    PaStream         *output;     // or both ways
    struct microphone microphone; // where split
    char              note[256];  // why there is no microphone, or ""
};

// Opens and starts them; INPUT may be paNoDevice.  A microphone that cannot be
// opened is waited for.  On an error nothing is open.
PaError
layout_open(struct layout *layout, PaDeviceIndex output, PaDeviceIndex input);

// Safe to call where nothing is open.
void
layout_close(struct layout *layout);
#endif
