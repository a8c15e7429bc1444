// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/spin.h"

enum { SPAN = 1000 }; // ms between two measurements

// Milliseconds on a processor; -1: the thread is gone.
static long long
used(const struct spin *spin)
{
    struct timespec time;

    if (clock_gettime(spin->clock, &time)) return -1;
    return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void
spin_begin(struct spin *spin, pthread_t thread)
{
    *spin       = (struct spin){0};
    spin->known = pthread_getcpuclockid(thread, &spin->clock) == 0;
}

bool
spin_look(struct spin *spin, long long now)
{
    if (!spin->known || (spin->at && now - spin->at < SPAN)) return false;

    long long all  = used(spin);
    long long some = all - spin->used, span = now - spin->at;
    bool      first = spin->at == 0;

    spin->at   = now;
    spin->used = all;
    return !first && all >= 0 && some * 2 > span;
}
