// SPDX-License-Identifier: GPL-3.0-or-later
// What the loudspeaker said during the last seconds, as it would be heard, to
// ask whether it said a command itself: then what seems to be that command is
// what the echo canceller left of it.
#ifndef LISTEN_OWN_VOICE_H
#define LISTEN_OWN_VOICE_H
#include "listen/endpointer.h"
#include <stdbool.h>
#include <stdint.h>

#define OWN_VOICE_FRAME  160                    // samples at 16 kHz: 10 ms
#define OWN_VOICE_FRAMES (ENDPOINTER_MOST + 25) // kept

struct own_voice {
    int16_t samples[OWN_VOICE_FRAMES * OWN_VOICE_FRAME]; // a ring
    bool    audible[OWN_VOICE_FRAMES];
    int64_t frames; // fed
};

void
own_voice_init(struct own_voice *own);

// One frame of what was played, as late as the microphone hears it, within
// -1..1; NULL: nothing was.
void
own_voice_feed(struct own_voice *own, const float *played);

// Copies what was played in the COUNT samples from stream frame FIRST on, 0
// where that is not kept.  False where nothing of it was audible.
bool
own_voice_take(const struct own_voice *own, int64_t first, int16_t *samples,
               size_t count);
#endif
