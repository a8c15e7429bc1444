// SPDX-License-Identifier: GPL-3.0-or-later
// Many chains side by side, for searching them all at once: the same routes
// as route.h finds one by one, in a fraction of the time.  States that are come
// to in the same way are there once.
#ifndef LISTEN_PACK_H
#define LISTEN_PACK_H
#include "listen/chain.h"
#include "listen/route.h"
#include "listen/senones.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A chain of a loop and where it lies.
struct loop_piece {
    int chain; // number within the loop
    int from, to;
};

struct loop_path {
    int               cost;                       // of all frames
    int               before[SENONES_FRAMES + 1]; // of all before a frame
    struct loop_piece items[ROUTE_PIECES];
    int               count; // those that do not fit are left out
};

struct pack_entry; // a state that is come to from other words
struct pack_end;   // a state that ends a chain

// What routes to the states cost, and where they began.
struct pack_routes {
    int32_t *cost, *since;
};

struct pack {
    size_t             chains;
    int                states;  // of all chains, padded
    uint16_t          *senone;  // of each; a pause has 0
    struct pack_entry *entries; // in their order, as all that follows
    int                entry_count;
    int               *joined; // states that lead to entries
    struct pack_end   *ends;
    int                end_count;
    struct pack_routes alone, loop;
    int32_t           *add; // what the states cost in a frame
};

// False: no memory; released nonetheless.
bool
pack_make(struct pack *pack, const struct chain *chains, size_t count);

void
pack_release(struct pack *pack); // all zero is fine

// COSTS gets that of route_find() of each chain, PATH the cheapest sequence of
// any of the chains, ENTER paid for each.  What is NULL is not looked for.
void
pack_search(struct pack *pack, const struct senones *senones,
            const struct filler *filler, int *costs, int enter,
            struct loop_path *path);
#endif
