// SPDX-License-Identifier: GPL-3.0-or-later
// The cheapest way through the frames of an utterance: some filler, a phrase,
// some filler again (Viterbi, nothing cut off).  All costs are sums of those in
// struct senones, so that any two routes through the same frames can be
// compared.
#ifndef LISTEN_ROUTE_H
#define LISTEN_ROUTE_H
#include "listen/chain.h"
#include "listen/senones.h"
#include <stdbool.h>
#include <stddef.h>

#define ROUTE_NONE   100000000 // more than any route costs
#define ROUTE_PIECES 128

// What silence and noises cost: in frame T, and in all frames before it.
struct filler {
    int cost[SENONES_FRAMES];
    int before[SENONES_FRAMES + 1];
};

struct route {
    int cost;     // of all frames; ROUTE_NONE: they are too few
    int from, to; // frames of the phrase
};

// A phone of a route, or a pause (SENONE -1) between words.
struct route_piece {
    int state; // of the chain, where it starts
    int from, to;
    int cost;
};

struct route_pieces {
    struct route_piece items[ROUTE_PIECES];
    int                count;
};

// Silence costs what its best state does; a noise NOISE more.
void
filler_make(struct filler *filler, const struct senones *senones,
            const struct phones *phones, int noise);

struct route
route_find(const struct chain *chain, const struct senones *senones,
           const struct filler *filler);

// The same with the phones of the phrase; false: no memory or no route.
bool
route_trace(const struct chain *chain, const struct senones *senones,
            const struct filler *filler, struct route_pieces *pieces);

// What the frames FROM..TO-1 cost as PHONE without context.
int
route_phone(const struct phones *phones, int phone,
            const struct senones *senones, int from, int to);
#endif
