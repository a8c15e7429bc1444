// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/backoff.h"

void
backoff_init(struct backoff *backoff)
{
    *backoff = (struct backoff){.wait = BACKOFF_FIRST};
}

void
backoff_connected(struct backoff *backoff, int64_t now)
{
    backoff->connected = true;
    backoff->since     = now;
}

void
backoff_look(struct backoff *backoff, int64_t now)
{
    if (!backoff->connected || backoff->good ||
        now - backoff->since < BACKOFF_GOOD)
        return;
    backoff_init(backoff);
    backoff->connected = true;
    backoff->good      = true;
}

enum loss
backoff_lost(struct backoff *backoff, int *wait)
{
    bool soon = backoff->connected && !backoff->good;

    *wait              = backoff->wait;
    backoff->wait      = 2 * *wait > BACKOFF_MOST ? BACKOFF_MOST : 2 * *wait;
    backoff->connected = false;
    backoff->good      = false;
    return soon ? LOSS_SOON : LOSS_UNREACHED;
}

bool
backoff_tells(struct backoff *backoff, enum loss loss)
{
    bool told = backoff->told[loss];

    backoff->told[loss] = true;
    return !told;
}
