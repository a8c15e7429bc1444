// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that is freed all at once: what a routine or a plan is made of.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

struct arena;

// NULL when there is no memory.  LIMIT is the most bytes it will ever hand out.
struct arena *
arena_new(size_t limit);

void
arena_free(struct arena *arena); // NULL is fine

// Zeroed, aligned for any type, valid until arena_free().  NULL when there is
// no memory or the limit is reached; COUNT 0 gives a valid address.
void *
arena_alloc(struct arena *arena, size_t count, size_t size);

// A copy of LENGTH bytes with a NUL behind them.  NULL as arena_alloc().
char *
arena_text(struct arena *arena, const char *text, size_t length);
#endif
