// SPDX-License-Identifier: GPL-3.0-or-later
// The player that is always there: waits, plays a session, waits again.
#ifndef APP_SERVE_H
#define APP_SERVE_H
#include "app/player.h"
#include "control/control.h"

struct serve_options {
    struct player_options player;  // steering is made here
    const char           *routine; // that "start" plays
    struct control_config control;
};

// Until the program is interrupted.  READY is called once, when it can be
// steered.
enum status
serve_run(const struct serve_options *options, void (*ready)(void),
          struct diag                *diag);
#endif
