// SPDX-License-Identifier: GPL-3.0-or-later
// What can go wrong with a sound device without its being lost: it stutters,
// stands still, the machine sleeps, the microphone goes.
#ifndef APP_HEALTH_H
#define APP_HEALTH_H
#include "plan/phrasebook.h"
#include <stdbool.h>
#include <stdint.h>

struct player;

struct health {
    unsigned    stalls; // of the host, told already, as all that follows
    int64_t     stalled;
    unsigned    restarts;
    unsigned    xruns;
    int64_t     next_xrun; // session frame from which more may be told
    unsigned    stumbles;  // xruns that the ears know of
    int64_t     slept;
    bool        hears;
    int64_t     deaf_since; // session frame
    enum phrase tell;       // to be said when there is room; or PHRASE_COUNT
};

// At the start, and with every new host: nothing of it was told yet.
void
health_begin(struct player *p);

// Tells what is new, once for each time, and does what it asks for.  FRAME: the
// first that is not decided yet.
void
health_look(struct player *p, int64_t frame);
#endif
