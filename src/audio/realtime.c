// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE // SCHED_RESET_ON_FORK
#include "audio/realtime.h"

#include <sched.h>

enum { PRIORITY = 10 }; // below what sound servers and kernel threads have

#ifndef SCHED_RESET_ON_FORK
#define SCHED_RESET_ON_FORK 0
#endif

bool
realtime_ask(pthread_t thread)
{
    struct sched_param param = {.sched_priority = PRIORITY};

    return pthread_setschedparam(thread, SCHED_RR | SCHED_RESET_ON_FORK,
                                 &param) == 0;
}
