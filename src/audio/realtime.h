// SPDX-License-Identifier: GPL-3.0-or-later
// Real-time priority, where the system grants it (limits.conf's "rtprio").
#ifndef AUDIO_REALTIME_H
#define AUDIO_REALTIME_H
#include <pthread.h>
#include <stdbool.h>

// Asks for it for THREAD, which runs; from another thread.  False where it is
// not granted, and THREAD is as it was: nothing depends on it.  What THREAD
// starts does not inherit it.
bool
realtime_ask(pthread_t thread);
#endif
