// SPDX-License-Identifier: GPL-3.0-or-later
// How long the audio callback takes of its period.
#ifndef AUDIO_CALLBACK_H
#define AUDIO_CALLBACK_H
#include "audio_figure.h"

// At buffers of 5 ms, alone and with every core busy.
void
measure_callback(struct figures *figures);
#endif
