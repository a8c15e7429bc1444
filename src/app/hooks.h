// SPDX-License-Identifier: GPL-3.0-or-later
// Programs run on what happens in a session.  A thread of its own starts and
// buries them: nothing they do, or fail to do, makes a session wait.
#ifndef APP_HOOKS_H
#define APP_HOOKS_H
#include "app/hook_list.h"
#include "base/status.h"
#include <stdbool.h>

struct hooks;

#define HOOKS_WAITING 64   // events that wait for their turn
#define HOOKS_RUNNING 8    // programs at a time
#define HOOKS_SECONDS 10   // that one may run, then it is ended
#define HOOKS_LINE    4096 // bytes of an event: what a pipe takes at once

// LIST must outlive it.
enum status
hooks_open(struct hooks **out, const struct hook_list *list);

// What still waits has ten seconds to be begun, and every program its own ten
// to run and two to end: 22 s at most.  NULL is fine.
void
hooks_close(struct hooks *hooks);

// EVENT, a bit of hook_event(), happened: LINE is its JSON.  Too many that
// wait: left out, and told once.  Any thread; NULL is fine.
void
hooks_run(struct hooks *hooks, uint64_t event, const char *line);

// Whether the microphone is in use and not muted: the event "listening" where
// that has changed.  Main thread; NULL is fine.
void
hooks_listening(struct hooks *hooks, bool on);
#endif
