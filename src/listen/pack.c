// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/pack.h"

#include "listen/wide.h"
#include <stdlib.h>
#include <string.h>

#define LANES  WIDE_LANES // states that are looked at together
#define EDGE   LANES      // places before the first state
#define NOBODY (-1)

// A state that is not come to from the one at the place before it.
struct pack_entry {
    int  state;
    int  cost;  // of coming to it
    int  first; // of JOINED
    int  count; // 0: it starts a chain
    bool pause;
    int  best, since; // what it is about to be
};

struct pack_end {
    int state, chain;
    int cost; // the least so far, less that of filler in the same frames
};

// ---- making it ----

// A state in the making, hung on the last of those it is come to from.
struct place {
    int16_t senone, cost;
    int     entry;          // NOBODY: it is come to from the place before it
    int     next, children; // lists of places
};

struct making {
    struct pack  *pack;
    struct place *places;
    int           count, joined;
    int           roots;            // places that start chains
    int           at[CHAIN_STATES]; // of the states of the chain
};

static int
count_states(const struct chain *chains, size_t count)
{
    int states = 0;
    for (size_t c = 0; c < count; c++) states += chains[c].count;
    return states;
}

static int
count_joined(const struct chain *chains, size_t count)
{
    int joined = 0;
    for (size_t c = 0; c < count; c++)
        for (int i = 0; i < chains[c].count; i++)
            joined += chains[c].states[i].join >= 0
                          ? chains[c].joins[chains[c].states[i].join].count
                          : 1;
    return joined;
}

static int32_t *
make_row(size_t states)
{
    int32_t *row = calloc(EDGE + states + LANES, sizeof *row);
    return row ? row + EDGE : NULL;
}

static bool
make_room(struct pack *pack, const struct chain *chains, size_t count)
{
    size_t states    = (size_t)count_states(chains, count) + 1;
    size_t joined    = (size_t)count_joined(chains, count) + 1;
    pack->senone     = calloc(states + LANES, sizeof *pack->senone);
    pack->entries    = calloc(states, sizeof *pack->entries);
    pack->joined     = calloc(joined, sizeof *pack->joined);
    pack->ends       = calloc(states, sizeof *pack->ends);
    pack->alone.cost = make_row(states);
    pack->loop.cost  = make_row(states);
    pack->loop.since = make_row(states);
    pack->add        = make_row(states);
    return pack->senone && pack->entries && pack->joined && pack->ends &&
           pack->alone.cost && pack->loop.cost && pack->loop.since && pack->add;
}

// The places that STATE is come to from but its own, each once; how many.
static int
find_joined(const struct making *m, const struct chain *chain,
            const struct chain_state *state, int joined[CHAIN_WAYS + 1])
{
    int count = 0;
    if (state->before >= 0) joined[count++] = m->at[state->before];
    if (state->before >= 0 || state->join < 0) return count;
    const struct chain_join *join = &chain->joins[state->join];
    for (int k = 0; k < join->count; k++) {
        if (&chain->states[join->states[k]] == state) continue;
        int from = m->at[join->states[k]], i = 0;
        while (i < count && joined[i] != from) i++;
        if (i == count) joined[count++] = from;
    }
    return count;
}

static bool
is_same(const struct making *m, const struct place *place,
        const struct chain_state *state, const int *joined, int count)
{
    if (place->senone != state->senone || place->cost != state->cost)
        return false;
    if (place->entry == NOBODY) return count == 1;
    const struct pack_entry *entry = &m->pack->entries[place->entry];
    return entry->count == count &&
           memcmp(m->pack->joined + entry->first, joined,
                  (size_t)count * sizeof *joined) == 0;
}

static int
add_entry(struct making *m, const struct chain_state *state, const int *joined,
          int count)
{
    struct pack *pack = m->pack;
    pack->entries[pack->entry_count] =
        (struct pack_entry){.state = m->count,
                            .cost  = state->cost,
                            .first = m->joined,
                            .count = count,
                            .pause = state->senone < 0};
    for (int k = 0; k < count; k++) pack->joined[m->joined++] = joined[k];
    return pack->entry_count++;
}

// The place of STATE, a new one where there is none.
static int
find_place(struct making *m, const struct chain *chain,
           const struct chain_state *state)
{
    int  joined[CHAIN_WAYS + 1];
    int  count = find_joined(m, chain, state, joined);
    int *list  = count ? &m->places[joined[count - 1]].children : &m->roots;
    for (int p = *list; p != NOBODY; p = m->places[p].next)
        if (is_same(m, &m->places[p], state, joined, count)) return p;
    bool follows = count == 1 && joined[0] == m->count - 1 &&
                   state->cost == 0 && state->senone >= 0;
    m->places[m->count] = (struct place){
        .senone   = state->senone,
        .cost     = state->cost,
        .entry    = follows ? NOBODY : add_entry(m, state, joined, count),
        .next     = *list,
        .children = NOBODY};
    if (state->senone >= 0) m->pack->senone[m->count] = (uint16_t)state->senone;
    *list = m->count;
    return m->count++;
}

static bool
place_chains(struct pack *pack, const struct chain *chains, size_t count)
{
    struct making m = {.pack = pack, .roots = NOBODY};
    m.places =
        calloc((size_t)count_states(chains, count) + 1, sizeof *m.places);
    if (!m.places) return false;
    for (size_t c = 0; c < count; c++) {
        for (int i = 0; i < chains[c].count; i++) {
            const struct chain_state *state = &chains[c].states[i];
            m.at[i]                         = find_place(&m, &chains[c], state);
            if (state->ends)
                pack->ends[pack->end_count++] =
                    (struct pack_end){.state = m.at[i], .chain = (int)c};
        }
    }
    pack->states = (m.count + LANES - 1) / LANES * LANES;
    free(m.places);
    return true;
}

bool
pack_make(struct pack *pack, const struct chain *chains, size_t count)
{
    *pack = (struct pack){.chains = count};
    if (make_room(pack, chains, count) && place_chains(pack, chains, count))
        return true;
    pack_release(pack);
    return false;
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
    free_row(pack->alone.cost);
    free_row(pack->loop.cost);
    free_row(pack->loop.since);
    free_row(pack->add);
    *pack = (struct pack){0};
}

// ---- searching it ----

// Every state from itself or from the one before it, from the last to the
// first: what comes before a state still is as it was a frame ago.
WIDE_BODY void
move_body(const struct pack *pack, const struct pack_routes *routes)
{
    for (int at = pack->states - LANES; at >= 0; at -= LANES) {
        int32_t        *cost = routes->cost + at;
        const wide_ints stay = *(const wide_ints *)cost;
        const wide_ints come = *(const wide_ints *)(cost - 1);
        const wide_ints less = come < stay;
        *(wide_ints *)cost   = ((come & less) | (stay & ~less)) +
                             *(const wide_ints *)(pack->add + at);
        if (!routes->since) continue;
        int32_t        *since = routes->since + at;
        const wide_ints older = *(const wide_ints *)since;
        const wide_ints other = *(const wide_ints *)(since - 1);
        *(wide_ints *)since   = (other & less) | (older & ~less);
    }
}

WIDE static void
move_wide(const struct pack *pack, const struct pack_routes *routes)
{
    move_body(pack, routes);
}

static void
move_anywhere(const struct pack *pack, const struct pack_routes *routes)
{
    move_body(pack, routes);
}

// Entries have other states before them, or what is before the chain.
static void
enter(const struct pack *pack, const struct pack_routes *routes,
      struct pack_entry *entry, int before, int frame)
{
    const int32_t *cost = routes->cost, *since = routes->since;
    int            best = cost[entry->state], come = entry->state;
    for (int k = entry->first; k < entry->first + entry->count; k++) {
        int from = pack->joined[k];
        if (cost[from] + entry->cost >= best) continue;
        best = cost[from] + entry->cost;
        come = from;
    }
    entry->since = since ? since[come] : 0;
    if (entry->count == 0 && before + entry->cost < best) {
        best         = before + entry->cost;
        entry->since = frame;
    }
    entry->best = best + pack->add[entry->state];
}

// One frame on, BEFORE being the cost of all before it.
static void
step(struct pack *pack, const struct pack_routes *routes, int before, int frame)
{
    for (int e = 0; e < pack->entry_count; e++)
        enter(pack, routes, &pack->entries[e], before, frame);
    (wide_runs() ? move_wide : move_anywhere)(pack, routes);
    for (int e = 0; e < pack->entry_count; e++) {
        const struct pack_entry *entry = &pack->entries[e];
        routes->cost[entry->state]     = entry->best;
        if (routes->since) routes->since[entry->state] = entry->since;
    }
}

static void
note_costs(struct pack *pack, const int16_t *costs, int pause)
{
    for (int i = 0; i < pack->states; i++)
        pack->add[i] = costs[pack->senone[i]];
    for (int e = 0; e < pack->entry_count; e++)
        if (pack->entries[e].pause) pack->add[pack->entries[e].state] = pause;
}

static void
start(const struct pack *pack, const struct pack_routes *routes)
{
    for (int i = -EDGE; i < pack->states; i++) routes->cost[i] = ROUTE_NONE;
    for (int i = -EDGE; i < pack->states && routes->since; i++)
        routes->since[i] = 0;
}

static void
find_step(struct pack *pack, const struct filler *filler, int frame)
{
    step(pack, &pack->alone, filler->before[frame], frame);
    for (int e = 0; e < pack->end_count; e++) {
        struct pack_end *end  = &pack->ends[e];
        int              cost = pack->alone.cost[end->state];
        if (cost >= ROUTE_NONE) continue;
        cost -= filler->before[frame + 1];
        if (cost < end->cost) end->cost = cost;
    }
}

static void
find_collect(const struct pack *pack, int all, int *costs)
{
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
loop_step(struct pack *pack, const struct filler *filler, int enter_cost,
          int frame, struct loop_end *ends)
{
    struct loop_end best = {ends[0].cost + filler->cost[frame], -1, frame};
    step(pack, &pack->loop, ends[0].cost + enter_cost, frame);
    for (int e = 0; e < pack->end_count; e++) {
        int state = pack->ends[e].state;
        if (pack->loop.cost[state] >= best.cost) continue;
        best = (struct loop_end){pack->loop.cost[state], pack->ends[e].chain,
                                 pack->loop.since[state]};
    }
    ends[1] = best;
}

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
pack_search(struct pack *pack, const struct senones *senones,
            const struct filler *filler, int *costs, int enter_cost,
            struct loop_path *path)
{
    struct loop_end ends[SENONES_FRAMES + 1] = {{0, -1, 0}};
    start(pack, &pack->alone);
    start(pack, &pack->loop);
    for (int e = 0; e < pack->end_count; e++) pack->ends[e].cost = ROUTE_NONE;
    for (int t = 0; t < senones->frames; t++) {
        note_costs(pack, senones_at(senones, t), filler->cost[t]);
        if (costs) find_step(pack, filler, t);
        if (path) loop_step(pack, filler, enter_cost, t, &ends[t]);
    }
    if (costs) find_collect(pack, filler->before[senones->frames], costs);
    if (path) loop_collect(ends, senones->frames, path);
}
