// SPDX-License-Identifier: GPL-3.0-or-later
// Where the exercises of a rendered session begin: as a cue sheet or as lines
// of a .lrc file, and as files of their own.
#ifndef APP_CHAPTERS_H
#define APP_CHAPTERS_H
#include "audio/host.h"
#include "plan/plan.h"

struct chapters;

// PATH ends in .cue or .lrc, or is NULL: no such file.  SOUND: what it is
// about.
enum status
chapters_open(struct chapters **out, const char *path, const char *sound,
              struct diag *diag);

// A segment begins at FRAME; HOST splits there where it was told to.
void
chapters_segment(struct chapters *chapters, struct host *host, int64_t frame,
                 const struct plan *plan, const struct segment *segment);

// KEEP: writes the file.  NULL is fine.
enum status
chapters_close(struct chapters *chapters, bool keep, struct diag *diag);
#endif
