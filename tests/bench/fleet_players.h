// SPDX-License-Identifier: GPL-3.0-or-later
// Many players: each with its own board, control thread and
// MQTT connection, the program's own, and a session that only counts.
#ifndef BENCH_FLEET_PLAYERS_H
#define BENCH_FLEET_PLAYERS_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>

#define FLEET_MOST  2000
#define FLEET_CLASS "all"

// COUNT players, "room-0000" on, at a broker on loopback; a hundred a process,
// since libmosquitto waits with select(), for descriptors below 1024.
enum status
fleet_open(int count, int port, struct diag *diag);

void
fleet_close(void);

// How often each looks at what it is told and shows what has changed.
void
fleet_step(int ms);

// From now on: when each player was next told something, in seconds of the
// monotonic clock; 0: not yet.
void
fleet_expect(void);
const volatile double *
fleet_told(int *missing);

// Of all players together: seconds of processor so far, KiB of memory.
double
fleet_cpu(void);
double
fleet_memory(void);
#endif
