// SPDX-License-Identifier: GPL-3.0-or-later
// The acoustic model: PocketSphinx's, scored by ourselves where that is
// quicker.
//
// Whole utterances only, so that the cepstral mean is that of the utterance.
#ifndef LISTEN_SPHINX_H
#define LISTEN_SPHINX_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/phones.h"
#include "listen/senones.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPHINX_RATE 16000 // Hz, mono, the rate of its models

struct sphinx;

// Loads the acoustic model in the folder MODEL, which PHONES was read from.
// NEEDED says of each senone whether its scores are; NULL: all are.
enum status
sphinx_open(struct sphinx **out, const char *model, const struct phones *phones,
            const bool *needed, struct diag *diag);

void
sphinx_close(struct sphinx *sphinx); // NULL is fine

// The scores of the senones, which SENONES was made for, for every 10 ms of
// SAMPLES; what is longer than SENONES_FRAMES is left out.  Those of senones
// that are not needed mean nothing.
bool
sphinx_score(struct sphinx *sphinx, const int16_t *samples, size_t count,
             struct senones *senones);
#endif
