// SPDX-License-Identifier: GPL-3.0-or-later
// Calls that may never return, waited for so long and no longer.
#ifndef AUDIO_DEADLINE_H
#define AUDIO_DEADLINE_H
#include <stdbool.h>
#include <stdint.h>

// Runs WORK(CTX) on a thread of its own, with all signals blocked there, and
// waits for it at most MS milliseconds.  False: it is still at it and is left
// alone; CTX then belongs to it for good.
bool
deadline_run(void (*work)(void *ctx), void *ctx, int ms);

// Milliseconds that never jump.
long long
deadline_now(void);

#define DEADLINE_NOT_KNOWN INT64_MIN

// Whether the machine slept, for a second and more, since *SLEPT was set; sets
// it.  *SLEPT: milliseconds since it started, or DEADLINE_NOT_KNOWN.
bool
deadline_woke(int64_t *slept);

void
deadline_sleep(int ms);
#endif
