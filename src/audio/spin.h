// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a thread of somebody else's turns in circles: most of its time spent
// on a processor, where it should be asleep.
//
// PortAudio's does after a standstill: where the microphone's backlog is more
// than ALSA's buffer, a stream both ways takes its turn for the loudspeaker as
// lost, drops nothing, and looks again at once (PaAlsaStream_WaitForFrames in
// 19.6 and 19.7).
#ifndef AUDIO_SPIN_H
#define AUDIO_SPIN_H
#include <pthread.h>
#include <stdbool.h>
#include <time.h>

struct spin {
    bool      known; // false: such clocks are not to be had here
    clockid_t clock;
    long long at; // ms, of the look before
    long long used;
};

// THREAD runs at this moment.
void
spin_begin(struct spin *spin, pthread_t thread);

// True when it was busy for more than half of a second gone by.  Call it
// often; NOW in ms.  The thread may have ended.
bool
spin_look(struct spin *spin, long long now);
#endif
