// SPDX-License-Identifier: GPL-3.0-or-later
// PortAudio started and stopped, with its habits tamed: it prints, it aborts
// on some ALSA configurations, and the sound server under it may hang.
#ifndef AUDIO_BACKEND_H
#define AUDIO_BACKEND_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>

// Reads the device list afresh unless PortAudio runs already.  Each success
// wants a backend_stop().  May take a second; may hang: under deadline_run().
enum status
backend_start(struct diag *diag);

void
backend_stop(void);

// Stderr goes nowhere from a hush to its unhush (-1: could not be moved).
// ALSA and PortAudio write there from deep inside.
int
backend_hush(void);
void
backend_unhush(int saved);

// A call into the sound system was given up: nothing of it can be used in
// this process any more, and backend_start() refuses.
void
backend_give_up(void);

// Says that no device is there, and what to do.
enum status
backend_none(struct diag *diag);
#endif
