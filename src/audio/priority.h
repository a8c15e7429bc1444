// SPDX-License-Identifier: GPL-3.0-or-later
// Real-time priority for a thread that must not be late: PortAudio's, which
// calls back.
//
// What turns in circles there would keep a processor to itself: a thread that
// works for a tenth of a second without going to sleep has ordinary priority
// again (RLIMIT_RTTIME, SIGXCPU).
#ifndef AUDIO_PRIORITY_H
#define AUDIO_PRIORITY_H
#include "base/diag.h"
#include <pthread.h>
#include <stdbool.h>

// By the process's own limits (RLIMIT_RTPRIO), or by RealtimeKit over the
// system bus, which is waited for a second at most.  THREAD runs at this
// moment; one a process, the last one asked for.  False: it has ordinary
// priority, and *diag says why.
bool
priority_raise(pthread_t thread, struct diag *diag);
#endif
