// SPDX-License-Identifier: GPL-3.0-or-later
// PocketSphinx, 5prealpha or 5.x: the one door to it.
//
// Whole utterances only, so that the cepstral mean is that of the utterance.
#ifndef LISTEN_SPHINX_H
#define LISTEN_SPHINX_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/senones.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPHINX_RATE 16000 // Hz, mono, the rate of its models

struct sphinx;

// Loads the acoustic model in the folder MODEL.  Makes a folder of its own in
// memory (/dev/shm, else $TMPDIR or /tmp), gone with sphinx_close().
enum status
sphinx_open(struct sphinx **out, const char *model, struct diag *diag);

void
sphinx_close(struct sphinx *sphinx); // NULL is fine

// The scores of all senones, which SENONES was made for, for every 10 ms of
// SAMPLES; what is longer than SENONES_FRAMES is left out.
bool
sphinx_score(struct sphinx *sphinx, const int16_t *samples, size_t count,
             struct senones *senones);
#endif
