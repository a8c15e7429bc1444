// SPDX-License-Identifier: GPL-3.0-or-later
// The player on the session bus, as MPRIS 2 has it: media keys, headset
// buttons, phone remotes, playerctl.  docs/mpris.md.  On the loop's thread.
#ifndef CONTROL_MPRIS_H
#define CONTROL_MPRIS_H
#include "base/diag.h"
#include "base/status.h"
#include "control/board.h"
#include <uv.h>

struct mpris;

// Where there is no bus, or it goes away, it is looked for again and again.
// STATUS_NOT_FOUND: rollcall was built without it.
enum status
mpris_open(struct mpris **out, uv_loop_t *loop, struct board *board,
           struct diag *diag);

// There may be another state.  NULL is fine.
void
mpris_look(struct mpris *mpris);

// The loop must run until nothing is left in it, then mpris_free().  NULL is
// fine for both.
void
mpris_close(struct mpris *mpris);
void
mpris_free(struct mpris *mpris);
#endif
