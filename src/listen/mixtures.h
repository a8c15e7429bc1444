// SPDX-License-Identifier: GPL-3.0-or-later
// The Gaussian mixtures of a phonetically tied acoustic model of PocketSphinx
// (its files means, variances and sendump): each phone has a codebook, each
// senone of it weights of its own.  Scores the senones that are asked for, by
// the best of all.
#ifndef LISTEN_MIXTURES_H
#define LISTEN_MIXTURES_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/phones.h"
#include <stdbool.h>
#include <stdint.h>

#define MIXTURES_VALUES 39 // of a frame: cepstra, their slopes and bends

struct mixtures;

// FOLDER is that of the model, PHONES its phones, NEEDED says of each senone
// whether it is asked for; NULL: all are.
enum status
mixtures_read(struct mixtures **out, const char *folder,
              const struct phones *phones, const bool *needed,
              struct diag *diag);

void
mixtures_free(struct mixtures *mixtures); // NULL is fine

// What each senone costs in each of COUNT frames: see struct senones.  Those
// not needed stay as they are.
void
mixtures_score(struct mixtures *mixtures,
               const float (*frames)[MIXTURES_VALUES], int count,
               int16_t *costs);
#endif
