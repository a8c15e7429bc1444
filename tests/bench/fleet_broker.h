// SPDX-License-Identifier: GPL-3.0-or-later
// A mosquitto of our own, and clients of it that watch, tell and dawdle.
#ifndef BENCH_FLEET_BROKER_H
#define BENCH_FLEET_BROKER_H
#include "base/diag.h"
#include "base/status.h"

// On a free port of loopback, at *port where that is not 0.
enum status
broker_start(int *port, struct diag *diag);
void
broker_stop(void);

// What it used so far: seconds of processor, bytes of memory.
void
broker_usage(double *cpu, double *memory);

// Counts rooms that say online, messages of all kinds, and notes when each
// room's status last came.
enum status
watcher_open(int port, struct diag *diag);
void
watcher_close(void);
int
watcher_online(void);
long
watcher_messages(void);
// Seconds, as bench_now() has them; 0: none since watcher_forget().
double
watcher_status(int room);
void
watcher_forget(void);

// Tells the class COMMAND.
void
watcher_tell(const char *command);

// A client that subscribes to everything and then reads nothing.
enum status
dawdler_open(int port);
void
dawdler_close(void);

double
bench_now(void);
#endif
