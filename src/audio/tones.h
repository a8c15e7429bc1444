// SPDX-License-Identifier: GPL-3.0-or-later
// The short sounds that are no words.
#ifndef AUDIO_TONES_H
#define AUDIO_TONES_H
#include "pcm/pcm.h"

enum tone {
    TONE_GO,            // a lead-in or change is over: begin
    TONE_ZERO_SIDE,     // first side done
    TONE_ZERO_SET,      // set done
    TONE_ZERO_EXERCISE, // exercise done
    TONE_ZERO_SESSION,  // last exercise done
    TONE_ACCEPTED,      // a command was understood
    TONE_DECLINED,      // understood, but it means nothing now
    TONE_UNSURE,        // somebody spoke, but it was not understood
    TONE_PACE_UP,       // of a stroke: quiet, to roll by
    TONE_PACE_DOWN,
    TONE_WAKE, // near-silence that wakes a sleeping speaker
    TONES
};

// "go", "zero", "accepted", ... as in the events file.
const char *
tone_name(enum tone tone);

// What a zero tone ends: "side", "set", "exercise", "session"; else NULL.
const char *
tone_ends(enum tone tone);

// A new clip, held once.  NULL: no memory.
struct pcm *
tone_make(enum tone tone, unsigned rate);
#endif
