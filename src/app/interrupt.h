// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl-C and a polite kill: the program ends in good order.
#ifndef APP_INTERRUPT_H
#define APP_INTERRUPT_H
#include <stdbool.h>

// From now on SIGINT and SIGTERM only raise a flag; a second one kills.
void
interrupt_watch(void);

bool
interrupted(void);
#endif
