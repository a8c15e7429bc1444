// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/route.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int
least(const int16_t *costs, const uint16_t *senones)
{
    int best = costs[senones[0]];
    for (int s = 1; s < PHONES_STATES; s++)
        if (costs[senones[s]] < best) best = costs[senones[s]];
    return best;
}

void
filler_make(struct filler *filler, const struct senones *senones,
            const struct phones *phones, int noise)
{
    int             sil    = phones_find(phones, "SIL", 3);
    int             nsn    = phones_find(phones, "+NSN+", 5);
    const uint16_t *quiet  = phones_alone(phones, sil < 0 ? 0 : sil);
    const uint16_t *sounds = nsn < 0 ? NULL : phones_alone(phones, nsn);
    filler->before[0]      = 0;
    for (int t = 0; t < senones->frames; t++) {
        const int16_t *costs  = senones_at(senones, t);
        int            cost   = least(costs, quiet);
        int            loud   = sounds ? least(costs, sounds) + noise : cost;
        filler->cost[t]       = loud < cost ? loud : cost;
        filler->before[t + 1] = filler->before[t] + filler->cost[t];
    }
}

// Costs of the states of a chain after the frames so far, the frame at which
// the route to each began, and the state each came from just now.
struct front_line {
    int     cost[CHAIN_STATES];
    int     since[CHAIN_STATES];
    int16_t came[CHAIN_STATES];
};

static void
line_start(struct front_line *line, int count)
{
    for (int i = 0; i < count; i++) {
        line->cost[i]  = ROUTE_NONE;
        line->since[i] = 0;
    }
}

static void
step_join(const struct chain_join *join, const int *cost, int more, int *best,
          int *came)
{
    for (int k = 0; k < join->count; k++) {
        int from = join->states[k];
        if (cost[from] + more >= *best) continue;
        *best = cost[from] + more;
        *came = from;
    }
}

// One frame on, ENTER being the cost of all before it.  From the last state to
// the first: what comes before a state still is as it was a frame ago.
static void
line_step(struct front_line *line, const struct chain *chain,
          const int16_t *costs, int pause, int enter, int frame)
{
    int *cost = line->cost;
    for (int i = chain->count - 1; i >= 0; i--) {
        const struct chain_state *state = &chain->states[i];
        int                       best = cost[i], came = i;
        if (state->before >= 0) {
            if (cost[state->before] < best) {
                best = cost[state->before];
                came = state->before;
            }
        } else if (state->join >= 0) {
            step_join(&chain->joins[state->join], cost, state->cost, &best,
                      &came);
        } else if (enter + state->cost < best) {
            best = enter + state->cost;
            came = -1;
        }
        if (came < 0)
            line->since[i] = frame;
        else
            line->since[i] = line->since[came];
        line->came[i] = (int16_t)came;
        cost[i] = best + (state->senone < 0 ? pause : costs[state->senone]);
        if (best >= ROUTE_NONE) cost[i] = ROUTE_NONE;
    }
}

// The cheapest last state, -1 where none is reached.
static int
line_end(const struct front_line *line, const struct chain *chain)
{
    int best = ROUTE_NONE, end = -1;
    for (int i = 0; i < chain->count; i++) {
        if (!chain->states[i].ends || line->cost[i] >= best) continue;
        best = line->cost[i];
        end  = i;
    }
    return end;
}

// KEPT, where it is not NULL, gets the states each came from, frame by frame.
static struct route
run(const struct chain *chain, const struct senones *senones,
    const struct filler *filler, int16_t *kept, int *end)
{
    struct front_line line;
    struct route      route = {.cost = ROUTE_NONE};
    int               all   = filler->before[senones->frames];
    line_start(&line, chain->count);
    for (int t = 0; t < senones->frames; t++) {
        line_step(&line, chain, senones_at(senones, t), filler->cost[t],
                  filler->before[t], t);
        if (kept)
            memcpy(kept + (size_t)t * (size_t)chain->count, line.came,
                   (size_t)chain->count * sizeof *kept);
        int last = line_end(&line, chain);
        if (last < 0) continue;
        int cost = line.cost[last] + all - filler->before[t + 1];
        if (cost >= route.cost) continue;
        route = (struct route){cost, line.since[last], t + 1};
        *end  = last;
    }
    return route;
}

struct route
route_find(const struct chain *chain, const struct senones *senones,
           const struct filler *filler)
{
    int end;
    return run(chain, senones, filler, NULL, &end);
}

static void
add_frame(struct route_pieces *pieces, int state, int frame, int cost)
{
    struct route_piece *last =
        pieces->count ? &pieces->items[pieces->count - 1] : NULL;
    if (!last || last->state != state) {
        if (pieces->count == ROUTE_PIECES) return;
        last  = &pieces->items[pieces->count++];
        *last = (struct route_piece){state, frame, frame, 0};
    }
    last->to = frame + 1;
    last->cost += cost;
}

// The state at which the phone of STATE starts.
static int
phone_start(const struct chain *chain, int state)
{
    while (!chain->states[state].starts) state--;
    return state;
}

static void
collect(const struct chain *chain, const struct senones *senones,
        const struct filler *filler, const int16_t *kept, struct route route,
        int end, struct route_pieces *pieces)
{
    int16_t states[SENONES_FRAMES];
    for (int t = route.to - 1; t >= route.from && end >= 0; t--) {
        states[t] = (int16_t)end;
        end       = kept[(size_t)t * (size_t)chain->count + (size_t)end];
    }
    pieces->count = 0;
    for (int t = route.from; t < route.to; t++) {
        int senone = chain->states[states[t]].senone;
        add_frame(pieces, phone_start(chain, states[t]), t,
                  senone < 0 ? filler->cost[t]
                             : senones_at(senones, t)[senone]);
    }
}

bool
route_trace(const struct chain *chain, const struct senones *senones,
            const struct filler *filler, struct route_pieces *pieces)
{
    int    end    = 0;
    size_t size   = (size_t)chain->count * (size_t)senones->frames;
    pieces->count = 0;
    int16_t *kept = calloc(size + 1, sizeof *kept);
    if (!kept) return false;
    struct route route = run(chain, senones, filler, kept, &end);
    if (route.cost < ROUTE_NONE)
        collect(chain, senones, filler, kept, route, end, pieces);
    free(kept);
    return route.cost < ROUTE_NONE;
}

int
route_phone(const struct phones *phones, int phone,
            const struct senones *senones, int from, int to)
{
    const uint16_t *states = phones_alone(phones, phone);
    int             cost[PHONES_STATES];
    for (int s = 0; s < PHONES_STATES; s++) cost[s] = ROUTE_NONE;
    for (int t = from; t < to; t++) {
        const int16_t *costs = senones_at(senones, t);
        for (int s = PHONES_STATES - 1; s > 0; s--) {
            int best = cost[s - 1] < cost[s] ? cost[s - 1] : cost[s];
            cost[s]  = best + costs[states[s]];
        }
        cost[0] = (t == from ? 0 : cost[0]) + costs[states[0]];
    }
    if (to - from < PHONES_STATES) { // too short for all of them
        int sum = 0;
        for (int t = from; t < to; t++)
            sum += least(senones_at(senones, t), states);
        return sum;
    }
    return cost[PHONES_STATES - 1];
}
