// SPDX-License-Identifier: GPL-3.0-or-later
// A thread that can be waited for, and given up where it hangs.
#ifndef CONTROL_WORKER_H
#define CONTROL_WORKER_H
#include "base/status.h"
#include <stdbool.h>

struct worker;

// WORK gets CTX on a thread of its own, on which no signal is delivered: those
// are the main thread's.  STATUS_FAILED where there can be no more threads.
enum status
worker_start(struct worker **out, void (*work)(void *ctx), void *ctx);

// Waits for the end of WORK, at most MS milliseconds; -1: however long it
// takes. False where it has not come: the thread goes on, and all that it uses
// must stay for ever.  NULL is at its end.
bool
worker_end(struct worker *worker, int ms);
#endif
