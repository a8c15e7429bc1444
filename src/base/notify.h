// SPDX-License-Identifier: GPL-3.0-or-later
// What a service manager is told, as sd_notify(3) has it: datagrams to
// $NOTIFY_SOCKET.  Where nobody asked to be told, nothing happens.  Main
// thread; never waits.
#ifndef BASE_NOTIFY_H
#define BASE_NOTIFY_H

// It can be used now.  TEXT: what it does, for people.
void
notify_ready(const char *text);

void
notify_status(const char *text);

// It ends, and in good order.
void
notify_stopping(void);

// It is alive: to be called at least ten times a minute, told no more often
// than the manager wants to hear it.
void
notify_alive(void);
#endif
