// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/pack.h"

#include "listen/wide.h"
#include <stdlib.h>
#include <string.h>

#define LANES 8 // states that are looked at together
#define EDGE  8 // places before the first state, that nothing comes from

struct pack_entry {
    int  state;
    int  cost;  // of coming to it
    int  first; // of JOINED
    int  count; // 0: it starts a chain
    bool pause;
};

struct pack_end {
    int state, chain;
    int cost; // the least so far, less that of filler in the same frames
};

// ---- making it ----

struct sizes {
    int states, entries, joined, ends;
};

static struct sizes
measure(const struct chain *chains, size_t count)
{
    struct sizes sizes = {0};
    for (size_t c = 0; c < count; c++) {
        for (int i = 0; i < chains[c].count; i++) {
            const struct chain_state *state = &chains[c].states[i];
            sizes.ends += state->ends;
            if (state->before >= 0) continue;
            sizes.entries++;
            if (state->join >= 0)
                sizes.joined += chains[c].joins[state->join].count;
        }
        sizes.states += chains[c].count;
    }
    sizes.states = (sizes.states + LANES - 1) / LANES * LANES;
    return sizes;
}

static int32_t *
make_row(int states)
{
    int32_t *row = calloc((size_t)(EDGE + states), sizeof *row);
    return row ? row + EDGE : NULL;
}

static bool
make_room(struct pack *pack, const struct sizes *sizes)
{
    pack->states  = sizes->states;
    pack->senone  = calloc((size_t)sizes->states + 1, sizeof *pack->senone);
    pack->entries = calloc((size_t)sizes->entries + 1, sizeof *pack->entries);
    pack->joined  = calloc((size_t)sizes->joined + 1, sizeof *pack->joined);
    pack->ends    = calloc((size_t)sizes->ends + 1, sizeof *pack->ends);
    pack->cost    = make_row(sizes->states);
    pack->next    = make_row(sizes->states);
    pack->since   = make_row(sizes->states);
    pack->then    = make_row(sizes->states);
    pack->add     = make_row(sizes->states);
    return pack->senone && pack->entries && pack->joined && pack->ends &&
           pack->cost && pack->next && pack->since && pack->then && pack->add;
}

// JOINED is how many there are already; returns how many then.
static int
add_entry(struct pack *pack, const struct chain *chain,
          const struct chain_state *state, int first, int joined)
{
    struct pack_entry       *entry = &pack->entries[pack->entry_count++];
    const struct chain_join *join =
        state->join < 0 ? NULL : &chain->joins[state->join];
    *entry = (struct pack_entry){.state = first + (int)(state - chain->states),
                                 .cost  = state->cost,
                                 .first = joined,
                                 .count = join ? join->count : 0,
                                 .pause = state->senone < 0};
    for (int k = 0; k < entry->count; k++)
        pack->joined[joined++] = first + join->states[k];
    return joined;
}

bool
pack_make(struct pack *pack, const struct chain *chains, size_t count)
{
    struct sizes sizes = measure(chains, count);
    int          first = 0, joined = 0;
    *pack = (struct pack){.chains = count};
    if (!make_room(pack, &sizes)) {
        pack_release(pack);
        return false;
    }
    for (size_t c = 0; c < count; c++) {
        for (int i = 0; i < chains[c].count; i++) {
            const struct chain_state *state = &chains[c].states[i];
            if (state->senone >= 0)
                pack->senone[first + i] = (uint16_t)state->senone;
            if (state->before < 0)
                joined = add_entry(pack, &chains[c], state, first, joined);
            if (state->ends)
                pack->ends[pack->end_count++] =
                    (struct pack_end){.state = first + i, .chain = (int)c};
        }
        first += chains[c].count;
    }
    return true;
}

static void
free_row(int32_t *row)
{
    if (row) free(row - EDGE);
}

void
pack_release(struct pack *pack)
{
    free(pack->senone);
    free(pack->entries);
    free(pack->joined);
    free(pack->ends);
    free_row(pack->cost);
    free_row(pack->next);
    free_row(pack->since);
    free_row(pack->then);
    free_row(pack->add);
    *pack = (struct pack){0};
}

// ---- searching it ----

static void
start(struct pack *pack)
{
    for (int i = -EDGE; i < pack->states; i++) {
        pack->cost[i]  = ROUTE_NONE;
        pack->since[i] = 0;
    }
    pack->next[-1] = ROUTE_NONE;
    pack->then[-1] = 0;
    for (int e = 0; e < pack->end_count; e++) pack->ends[e].cost = ROUTE_NONE;
}

// Every state from itself or from the one before it.
WIDE_BODY void
move_body(const struct pack *pack, bool track)
{
    const int32_t *restrict cost  = pack->cost;
    const int32_t *restrict since = pack->since;
    const int32_t *restrict add   = pack->add;
    int32_t *restrict next        = pack->next;
    int32_t *restrict then        = pack->then;
    for (int at = 0; at < pack->states; at += LANES) {
        for (int i = at; i < at + LANES; i++) {
            int32_t stay = cost[i], come = cost[i - 1];
            int32_t best = (come < stay ? come : stay) + add[i];
            next[i]      = best < ROUTE_NONE ? best : ROUTE_NONE;
        }
        for (int i = at; track && i < at + LANES; i++)
            then[i] = cost[i - 1] < cost[i] ? since[i - 1] : since[i];
    }
}

WIDE static void
move_wide(const struct pack *pack)
{
    move_body(pack, false);
}

static void
move_anywhere(const struct pack *pack)
{
    move_body(pack, false);
}

WIDE static void
track_wide(const struct pack *pack)
{
    move_body(pack, true);
}

static void
track_anywhere(const struct pack *pack)
{
    move_body(pack, true);
}

// Entries have no state before them, but words, or what is before the chain.
static void
enter(struct pack *pack, const struct pack_entry *entry, int before, int frame)
{
    int best = pack->cost[entry->state], since = pack->since[entry->state];
    for (int k = entry->first; k < entry->first + entry->count; k++) {
        int from = pack->joined[k];
        if (pack->cost[from] + entry->cost >= best) continue;
        best  = pack->cost[from] + entry->cost;
        since = pack->since[from];
    }
    if (entry->count == 0 && before + entry->cost < best) {
        best  = before + entry->cost;
        since = frame;
    }
    int cost                 = best + pack->add[entry->state];
    pack->next[entry->state] = best < ROUTE_NONE ? cost : ROUTE_NONE;
    pack->then[entry->state] = since;
}

static void
swap(int32_t **a, int32_t **b)
{
    int32_t *c = *a;
    *a         = *b;
    *b         = c;
}

// One frame on, BEFORE being the cost of all before it.
static void
step(struct pack *pack, const int16_t *costs, int pause, int before, int frame,
     bool track)
{
    bool wide = wide_runs();
    for (int i = 0; i < pack->states; i++)
        pack->add[i] = costs[pack->senone[i]];
    for (int e = 0; e < pack->entry_count; e++)
        if (pack->entries[e].pause) pack->add[pack->entries[e].state] = pause;
    if (track)
        (wide ? track_wide : track_anywhere)(pack);
    else
        (wide ? move_wide : move_anywhere)(pack);
    for (int e = 0; e < pack->entry_count; e++)
        enter(pack, &pack->entries[e], before, frame);
    swap(&pack->cost, &pack->next);
    swap(&pack->since, &pack->then);
}

void
pack_find(struct pack *pack, const struct senones *senones,
          const struct filler *filler, int *costs)
{
    int all = filler->before[senones->frames];
    start(pack);
    for (int t = 0; t < senones->frames; t++) {
        step(pack, senones_at(senones, t), filler->cost[t], filler->before[t],
             t, false);
        for (int e = 0; e < pack->end_count; e++) {
            struct pack_end *end  = &pack->ends[e];
            int              cost = pack->cost[end->state];
            if (cost >= ROUTE_NONE) continue;
            cost -= filler->before[t + 1];
            if (cost < end->cost) end->cost = cost;
        }
    }
    for (size_t c = 0; c < pack->chains; c++) costs[c] = ROUTE_NONE;
    for (int e = 0; e < pack->end_count; e++) {
        const struct pack_end *end = &pack->ends[e];
        if (end->cost < ROUTE_NONE && end->cost + all < costs[end->chain])
            costs[end->chain] = end->cost + all;
    }
}

// What is cheapest up to each frame, and what ended there: CHAIN -1 is filler.
struct loop_end {
    int cost, chain, from;
};

static void
loop_collect(const struct loop_end *ends, int frames, struct loop_path *path)
{
    path->cost = ends[frames].cost;
    for (int t = 0; t <= frames; t++) path->before[t] = ends[t].cost;
    path->count = 0;
    for (int t = frames; t > 0; t = ends[t].from) {
        if (ends[t].chain < 0 || path->count == ROUTE_PIECES) continue;
        path->items[path->count++] =
            (struct loop_piece){ends[t].chain, ends[t].from, t};
    }
    for (int i = 0, j = path->count - 1; i < j; i++, j--) {
        struct loop_piece piece = path->items[i];
        path->items[i]          = path->items[j];
        path->items[j]          = piece;
    }
}

void
pack_loop(struct pack *pack, int enter_cost, const struct senones *senones,
          const struct filler *filler, struct loop_path *path)
{
    struct loop_end ends[SENONES_FRAMES + 1] = {{0, -1, 0}};
    start(pack);
    for (int t = 0; t < senones->frames; t++) {
        struct loop_end best = {ends[t].cost + filler->cost[t], -1, t};
        step(pack, senones_at(senones, t), filler->cost[t],
             ends[t].cost + enter_cost, t, true);
        for (int e = 0; e < pack->end_count; e++) {
            int state = pack->ends[e].state;
            if (pack->cost[state] >= best.cost) continue;
            best = (struct loop_end){pack->cost[state], pack->ends[e].chain,
                                     pack->since[state]};
        }
        ends[t + 1] = best;
    }
    loop_collect(ends, senones->frames, path);
}
