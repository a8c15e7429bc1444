// SPDX-License-Identifier: GPL-3.0-or-later
// What the ears of a session heard, and what it does about it.
#ifndef APP_ORDERS_H
#define APP_ORDERS_H
#include "app/playing.h"

// Before the first frame: nobody has spoken yet.
void
orders_begin(struct player *p);

// Everything that was said by now: obeyed, asked back, or answered with a soft
// tone, at FRAME.
void
orders_take(struct player *p, int64_t frame);

// The session speaks softer while somebody does, and a moment longer.
void
orders_duck(struct player *p, int64_t frame);
#endif
