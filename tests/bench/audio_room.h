// SPDX-License-Identifier: GPL-3.0-or-later
// Playing in the virtual room: first sound, CPU, memory.
#ifndef AUDIO_ROOM_H
#define AUDIO_ROOM_H
#include "audio_figure.h"

// Starts a room and this very program, SELF, in it.
void
measure_room(struct figures *figures, const char *self);

// In the room: plays, and prints "key value" lines.
int
measure_play(const char *program);
#endif
