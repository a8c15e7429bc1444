// SPDX-License-Identifier: GPL-3.0-or-later
// The scores of all senones by PocketSphinx itself, which writes them to a file
// ("-compallsen", "-senlogdir"): for models that are not phonetically tied, and
// for PocketSphinx 5.x, which keeps its front end to itself.
#ifndef LISTEN_SENLOG_H
#define LISTEN_SENLOG_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/senones.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SENLOG_RATE 16000 // Hz, mono, the rate of its models

struct senlog;

// Loads the acoustic model in the folder MODEL.  Makes a folder of its own in
// memory (/dev/shm, else $TMPDIR or /tmp), gone with senlog_close().
enum status
senlog_open(struct senlog **out, const char *model, struct diag *diag);

void
senlog_close(struct senlog *senlog); // NULL is fine

// As sphinx_score().
bool
senlog_score(struct senlog *senlog, const int16_t *samples, size_t count,
             struct senones *senones);
#endif
