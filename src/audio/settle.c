// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/settle.h"

#include "audio/deadline.h"

enum {
    PATIENCE = 4000, // ms without a frame
    SOON     = 150,  // between two calls of a device that flows
    LONGEST  = 3000, // a slow one, too, flows
    STEPS    = 2,    // in a row: it fills its buffer, and has played some
};

struct settling {
    long long begin; // ms
    long long moved; // ms, when frames were last asked for
    long long asked; // frames
    long long first; // frames at BEGIN
    int       steps; // without a wait
};

static bool
has_settled(struct settling *settling, long long asked)
{
    long long now = deadline_now();

    if (asked == settling->asked) return false;
    settling->steps = now - settling->moved < SOON ? settling->steps + 1 : 0;
    settling->moved = now;
    settling->asked = asked;
    return settling->steps >= STEPS;
}

// Ten times as fast as time is no loudspeaker.
static bool
leads_nowhere(const struct settling *settling, unsigned rate)
{
    long long ms = deadline_now() - settling->begin + 500;
    return settling->asked - settling->first > 10 * ms * rate / 1000;
}

enum status
settle(const struct stream *stream, unsigned rate, struct diag *diag)
{
    struct settling settling = {.begin = deadline_now()};

    settling.moved = settling.begin;
    settling.first = settling.asked = atomic_load(&stream->asked);
    while (!has_settled(&settling, atomic_load(&stream->asked))) {
        if (leads_nowhere(&settling, rate)) {
            diag_set(diag, NULL,
                     "The sound device takes sound faster than it could "
                     "play it: it leads nowhere (ALSA's \"null\"?).");
            return STATUS_NO_DEVICE;
        }
        if (atomic_load(&stream->finished) ||
            deadline_now() - settling.moved > PATIENCE) {
            diag_set(diag, NULL,
                     "The sound device was opened but does not play.");
            return STATUS_LOST;
        }
        if (settling.moved - settling.begin > LONGEST) return STATUS_OK;
        deadline_sleep(2);
    }
    return STATUS_OK;
}
