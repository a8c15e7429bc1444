// SPDX-License-Identifier: GPL-3.0-or-later
// The object that MPRIS 2 puts on a bus: its methods and properties.
#ifndef CONTROL_MPRIS_OBJECT_H
#define CONTROL_MPRIS_OBJECT_H
#ifdef ROLLCALL_SD_BUS
#include "control/board.h"
#include <systemd/sd-bus.h>

// Both interfaces on BUS, for what is at BOARD, which must outlive it.  Below 0
// is an errno.
int
mpris_object_add(sd_bus *bus, struct board *board);

// Tells those who watch of another state; ANOTHER segment, too.
void
mpris_object_changed(sd_bus *bus, bool another);
#endif
#endif
