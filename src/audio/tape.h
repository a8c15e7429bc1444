// SPDX-License-Identifier: GPL-3.0-or-later
// What a session heard and played, side by side, to find faults by later: a
// sound file of two channels, the microphone left, the loudspeaker right.
#ifndef AUDIO_TAPE_H
#define AUDIO_TAPE_H
#include "base/diag.h"
#include "base/status.h"
#include "pcm/pcm.h"
#include <stddef.h>

struct tape;

// .wav or .flac, 16 bits, readable by nobody else; what was there is written
// over.
enum status
tape_open(struct tape **out, const char *path, unsigned rate,
          struct diag *diag);

// COUNT frames from frame FIRST on; what lies between is silence.  One thread.
void
tape_write(struct tape *tape, int64_t first, const float *microphone,
           const float *reference, size_t count);

// Fails where not all could be written.  NULL is fine.
enum status
tape_close(struct tape *tape, struct diag *diag);

// Both are the caller's to pcm_drop().
enum status
tape_read(struct pcm **microphone, struct pcm **reference, const char *path,
          struct diag *diag);
#endif
