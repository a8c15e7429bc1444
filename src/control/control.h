// SPDX-License-Identifier: GPL-3.0-or-later
// All ways to steer a player from outside: an event loop on a thread of its
// own.
#ifndef CONTROL_CONTROL_H
#define CONTROL_CONTROL_H
#include "base/diag.h"
#include "base/status.h"
#include "control/board.h"
#include "control/mqtt.h"

struct control;

struct control_config {
    const char               *socket; // path, NULL: none
    bool                      mpris;  // on the session bus, where there is one
    const struct mqtt_config *mqtt;   // NULL: none
};

// BOARD must outlive it.  Signals are not for its thread.
enum status
control_open(struct control **out, struct board *board,
             const struct control_config *config, struct diag *diag);

void
control_close(struct control *control); // NULL is fine
#endif
