// SPDX-License-Identifier: GPL-3.0-or-later
// The phrases that are commands, as a plain list.
#ifndef CLI_SAID_H
#define CLI_SAID_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/phrases.h"
#include <stddef.h>

// Zero it to begin.
struct said {
    size_t          count;
    const char    **texts;
    struct phrases *phrases; // whose the texts are
};

enum status
said_read(struct said *said, struct diag *diag);

void
said_release(struct said *said);
#endif
