// SPDX-License-Identifier: GPL-3.0-or-later
// What a session being played needs open: voice, sound, music, ears, plan,
// events.
#ifndef APP_OPENING_H
#define APP_OPENING_H
#include "app/playing.h"

// Everything that a person may have got wrong is looked at before any sound.
// What was opened when it fails is for opening_close() all the same.
enum status
opening_open(struct player *p, struct report *report, struct diag *diag);

// For the engine that is there, at RATE frames a second.
enum status
opening_open_device(struct player *p, unsigned rate, struct diag *diag);

// Closes it all.  ST: how playing went; a failed render keeps no file.  Gives
// ST, or what failed in closing.
enum status
opening_close(struct player *p, enum status st, struct diag *diag);
#endif
