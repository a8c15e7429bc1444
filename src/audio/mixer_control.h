// SPDX-License-Identifier: GPL-3.0-or-later
// What the main thread asks of the mixer, each at its frame: to play, hold, go
// on, cut, and be louder or softer.  The callback's thread only.
#ifndef AUDIO_MIXER_CONTROL_H
#define AUDIO_MIXER_CONTROL_H
#include "audio/mixer.h"

// What came in becomes voices and controls, none before frame NOW.  What finds
// no room stays in the ring for a later block.
void
mixer_take_commands(struct mixer *mixer, int64_t now);

// Does those of the controls that are due at frame NOW.
void
mixer_do_controls(struct mixer *mixer, int64_t now);

// Of everything, where its ramp stands.
float
mixer_gain_now(const struct mixer *mixer);
#endif
