// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl-C, a polite kill, a closed terminal: the program ends in good order.
#ifndef APP_INTERRUPT_H
#define APP_INTERRUPT_H
#include <stdbool.h>

// From now on SIGINT, SIGTERM and SIGHUP only raise a flag; a second one kills.
// A SIGHUP that is ignored, as by nohup, stays so.
void
interrupt_watch(void);

bool
interrupted(void);
#endif
