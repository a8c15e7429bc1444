// SPDX-License-Identifier: GPL-3.0-or-later
// An engine and the host that plays it, opened and closed together.
#ifndef APP_DECK_H
#define APP_DECK_H
#include "audio/engine.h"
#include "audio/host.h"

struct deck {
    struct engine *engine;
    struct host   *host;
};

// Both at one rate, 48 kHz or the device's own where it insists; CONFIG's rate
// is not looked at.  DECK is all NULL before and after a failure.
enum status
deck_open(struct deck *deck, const struct host_ops *ops,
          const struct host_config *config, struct diag *diag);

// STATUS_NO_DEVICE, and why, where nobody can be heard by it.
enum status
deck_hears(const struct deck *deck, struct diag *diag);

// Plays on to the end of what was rendered.  Already closed is fine.
void
deck_close(struct deck *deck);
#endif
