// SPDX-License-Identifier: GPL-3.0-or-later
// Sound files read whole into memory: any format and rate libsndfile reads.
#ifndef AUDIO_CLIP_H
#define AUDIO_CLIP_H
#include "base/diag.h"
#include "base/status.h"
#include "pcm/pcm.h"

// Channels are averaged; the rate is changed to RATE (0: kept).  At most an
// hour.  On success *out is the caller's to pcm_drop().
enum status
clip_read(struct pcm **out, const char *path, unsigned rate, struct diag *diag);

// The same at its own rate, and at most MOST seconds: of a longer one no more
// is read, and it is STATUS_BAD_INPUT.
enum status
clip_read_short(struct pcm **out, const char *path, int most,
                struct diag *diag);
#endif
