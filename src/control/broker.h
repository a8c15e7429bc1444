// SPDX-License-Identifier: GPL-3.0-or-later
// Where an MQTT broker is, as people write it: "HOST", "HOST:PORT", "::1",
// "[::1]", "[::1]:PORT".
#ifndef CONTROL_BROKER_H
#define CONTROL_BROKER_H
#include "base/diag.h"
#include <stdbool.h>

struct broker {
    char host[256]; // without brackets
    int  port;      // 0: none was given
};

// False: *diag says what is wrong.
bool
broker_read(struct broker *broker, const char *text, struct diag *diag);
#endif
