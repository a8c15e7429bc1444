// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/evidence.h"

#include "listen/likeness.h"
#include "listen/voicing.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define MOST_MARGIN 200.0 // of nothing else that could have been said
#define MOST_OVER   5.0   // tens of dB: as good as nothing played

#define FRAME 160 // samples
#define TENTH 10  // frames: a tenth of a second

static const char *const names[EVIDENCE_KINDS] = {
    [EVIDENCE_SECONDS]     = "seconds",
    [EVIDENCE_LENGTH]      = "length",
    [EVIDENCE_SILENCE]     = "silence",
    [EVIDENCE_PHONES]      = "phones",
    [EVIDENCE_WORDS]       = "words",
    [EVIDENCE_RATE]        = "rate",
    [EVIDENCE_FIRST_PHONE] = "first phone",
    [EVIDENCE_LAST_PHONE]  = "last phone",
    [EVIDENCE_CORE_PHONE]  = "core phone",
    [EVIDENCE_SHORTEST]    = "shortest",
    [EVIDENCE_LONGEST]     = "longest",
    [EVIDENCE_UNEVEN]      = "uneven",
    [EVIDENCE_SCORE]       = "score",
    [EVIDENCE_FIT]         = "fit",
    [EVIDENCE_FIT_PHONES]  = "fit phones",
    [EVIDENCE_WORST]       = "worst",
    [EVIDENCE_WORSE]       = "worse",
    [EVIDENCE_WORD]        = "word",
    [EVIDENCE_FIRST]       = "first",
    [EVIDENCE_LAST]        = "last",
    [EVIDENCE_CORE]        = "core",
    [EVIDENCE_RANK]        = "rank",
    [EVIDENCE_RANK_WORST]  = "rank worst",
    [EVIDENCE_EDGE]        = "edge",
    [EVIDENCE_EDGE_ALL]    = "edge all",
    [EVIDENCE_TALK]        = "talk",
    [EVIDENCE_TALK_ALL]    = "talk all",
    [EVIDENCE_OTHERS]      = "others",
    [EVIDENCE_FREE]        = "free",
    [EVIDENCE_FREE_ALL]    = "free all",
    [EVIDENCE_TALK_IN]     = "talk in",
    [EVIDENCE_TALK_IN_ALL] = "talk in all",
    [EVIDENCE_TALK_OUT]    = "talk out",
    [EVIDENCE_FREE_IN]     = "free in",
    [EVIDENCE_FREE_IN_ALL] = "free in all",
    [EVIDENCE_FREE_OUT]    = "free out",
    [EVIDENCE_SECOND]      = "second",
    [EVIDENCE_SECOND_ALL]  = "second all",
    [EVIDENCE_NOISE]       = "noise",
    [EVIDENCE_NOISE_ALL]   = "noise all",
    [EVIDENCE_REST]        = "rest",
    [EVIDENCE_REST_MEAN]   = "rest mean",
    [EVIDENCE_LOOP]        = "loop",
    [EVIDENCE_DISTANCE]    = "distance",
    [EVIDENCE_ABOVE]       = "above",
    [EVIDENCE_LEVEL]       = "level",
    [EVIDENCE_LOUD]        = "loud",
    [EVIDENCE_VOICED]      = "voiced",
    [EVIDENCE_PITCHED]     = "pitched",
    [EVIDENCE_SINCE]       = "since",
    [EVIDENCE_STANDS]      = "stands",
    [EVIDENCE_VOICED_OUT]  = "voiced out",
    [EVIDENCE_OWN]         = "own",
};

const char *
evidence_name(enum evidence_kind kind)
{
    return names[kind];
}

enum evidence_kind
evidence_kind(const char *name)
{
    int kind = 0;
    while (kind < EVIDENCE_KINDS && strcmp(names[kind], name) != 0) kind++;
    return (enum evidence_kind)kind;
}

static bool
is_filler(const struct phones *phones, int phone)
{
    const char *name = phones_name(phones, phone);
    return *name == '+' || strcmp(name, "SIL") == 0;
}

// A phone of the command: how long, how well it fits against the best phone
// there (a "goodness of pronunciation", Witt and Young 2000), and how many
// phones fit better than it.
struct part {
    int    phone, frames, cost, best;
    int    word; // of the phrase
    double fit, rank;
};

struct parts {
    struct part items[ROUTE_PIECES];
    int         count;
    int         frames, cost, best; // of all
};

static struct part
weigh(const struct decoded *d, const struct route_piece *piece)
{
    const struct chain_state *state  = &d->chain->states[piece->state];
    int                       phone  = state->phone;
    int                       frames = piece->to - piece->from, better = 0;
    struct part part = {phone, frames, piece->cost, ROUTE_NONE, state->word,
                        0,     0};
    int own = route_phone(d->phones, phone, d->senones, piece->from, piece->to);
    for (int p = 0; p < phones_count(d->phones); p++) {
        if (is_filler(d->phones, p)) continue;
        int cost =
            route_phone(d->phones, p, d->senones, piece->from, piece->to);
        better += cost < own;
        if (cost < part.best) part.best = cost;
    }
    part.fit  = (double)(part.best - piece->cost) / frames;
    part.rank = log(1 + better);
    return part;
}

static struct parts
take_apart(const struct decoded *d)
{
    struct parts parts = {.count = 0};
    for (int i = 0; i < d->pieces.count; i++) {
        const struct route_piece *piece = &d->pieces.items[i];
        if (d->chain->states[piece->state].senone < 0) continue;
        struct part part = weigh(d, piece);
        parts.frames += part.frames;
        parts.cost += part.cost;
        parts.best += part.best;
        parts.items[parts.count++] = part;
    }
    return parts;
}

static void
gather_lengths(double *v, const struct parts *parts)
{
    double sum = 0, squares = 0;
    v[EVIDENCE_SHORTEST] = 1000;
    for (int i = 0; i < parts->count; i++) {
        double frames = parts->items[i].frames;
        double length = log(frames);
        sum += length;
        squares += length * length;
        if (frames < v[EVIDENCE_SHORTEST]) v[EVIDENCE_SHORTEST] = frames;
        if (frames > v[EVIDENCE_LONGEST]) v[EVIDENCE_LONGEST] = frames;
    }
    double n           = parts->count;
    double spread      = squares / n - (sum / n) * (sum / n);
    v[EVIDENCE_UNEVEN] = spread > 0 ? sqrt(spread) : 0;
    v[EVIDENCE_LENGTH] = parts->frames / 100.0;
    v[EVIDENCE_PHONES] = n;
    v[EVIDENCE_RATE]   = parts->frames / n / 10;
}

static double
worst_word(const struct parts *parts)
{
    double worst = 1e9;
    for (int i = 0, next; i < parts->count; i = next) {
        int saved = 0, frames = 0;
        for (next = i; next < parts->count &&
                       parts->items[next].word == parts->items[i].word;
             next++) {
            saved += parts->items[next].best - parts->items[next].cost;
            frames += parts->items[next].frames;
        }
        if ((double)saved / frames < worst) worst = (double)saved / frames;
    }
    return worst;
}

static void
gather_fits(double *v, const struct parts *parts)
{
    const struct part *p     = parts->items;
    double             worst = 1e9, next = 1e9, n = parts->count;
    int                core = 0;
    for (int i = 0; i < parts->count; i++) {
        v[EVIDENCE_FIT_PHONES] += p[i].fit / n;
        v[EVIDENCE_RANK] += p[i].rank / n;
        if (p[i].rank > v[EVIDENCE_RANK_WORST])
            v[EVIDENCE_RANK_WORST] = p[i].rank;
        if (p[i].frames > p[core].frames) core = i;
        if (p[i].fit < worst) {
            next  = worst;
            worst = p[i].fit;
        } else if (p[i].fit < next) {
            next = p[i].fit;
        }
    }
    v[EVIDENCE_SCORE] = (double)parts->cost / parts->frames;
    v[EVIDENCE_FIT]   = (double)(parts->best - parts->cost) / parts->frames;
    v[EVIDENCE_WORST] = worst;
    v[EVIDENCE_WORSE] = parts->count > 1 ? (worst + next) / 2 : worst;
    v[EVIDENCE_WORD]  = worst_word(parts);
    v[EVIDENCE_FIRST] = p[0].fit;
    v[EVIDENCE_LAST]  = p[parts->count - 1].fit;
    v[EVIDENCE_CORE]  = p[core].fit;
    v[EVIDENCE_FIRST_PHONE] = p[0].phone;
    v[EVIDENCE_LAST_PHONE]  = p[parts->count - 1].phone;
    v[EVIDENCE_CORE_PHONE]  = p[core].phone;
}

// In tens.
static double
saving(int cost, int other)
{
    double saved = (other - cost) / 10.0;
    if (saved > MOST_MARGIN) return MOST_MARGIN;
    return saved < -MOST_MARGIN ? -MOST_MARGIN : saved;
}

static void
margin(double *v, enum evidence_kind kind, const struct decoded *d, int cost,
       int other)
{
    double length = (d->route.to - d->route.from) / 10.0;
    v[kind]       = saving(cost, other) / length;
    v[kind + 1]   = saving(cost, other);
}

// Against LOOP where the command lies, and how much better LOOP fits the rest
// than filler.
static void
margins_apart(double *v, enum evidence_kind kind, const struct decoded *d,
              const struct loop_path *loop)
{
    const int *filler = d->filler->before;
    int        from = d->route.from, to = d->route.to;
    int        all     = filler[d->senones->frames];
    int        outside = all - filler[to] + filler[from];
    int        inside  = loop->before[to] - loop->before[from];
    margin(v, kind, d, d->route.cost - outside, inside);
    v[kind + 2] = saving(loop->cost - inside, outside);
}

// How much better any phone fits than silence and noise, outside the command.
static void
gather_rest(double *v, const struct decoded *d)
{
    int frames = 0;
    for (int t = 0; t < d->senones->frames; t++) {
        if (t >= d->route.from && t < d->route.to) continue;
        int best = d->filler->cost[t];
        for (int p = 0; p < phones_count(d->phones); p++) {
            if (is_filler(d->phones, p)) continue;
            int cost = route_phone(d->phones, p, d->senones, t, t + 1);
            if (cost < best) best = cost;
        }
        v[EVIDENCE_REST] += (d->filler->cost[t] - best) / 100.0;
        frames++;
    }
    if (frames > 0) v[EVIDENCE_REST_MEAN] = 100 * v[EVIDENCE_REST] / frames;
}

// The free phones that lie mostly within the command.
static void
gather_loop(double *v, const struct decoded *d, const struct parts *parts)
{
    struct sounds said = {.count = 0}, heard = {.count = 0};
    for (int i = 0; i < parts->count; i++)
        sounds_add(&said, phones_name(d->phones, parts->items[i].phone));
    for (int i = 0; i < d->loop.count; i++) {
        const struct loop_piece *piece  = &d->loop.items[i];
        int                      middle = (piece->from + piece->to) / 2;
        if (middle >= d->route.from && middle < d->route.to)
            sounds_add(&heard, phones_name(d->phones, piece->chain));
    }
    double n             = parts->count;
    v[EVIDENCE_LOOP]     = (double)heard.count / n;
    v[EVIDENCE_DISTANCE] = sounds_distance(&said, &heard) / n;
}

static void
gather_margins(double *v, const struct decoded *d)
{
    int cost  = d->route.cost;
    int noise = d->filler->before[d->senones->frames];
    margin(v, EVIDENCE_EDGE, d, cost, d->other);
    margin(v, EVIDENCE_TALK, d, cost, d->words.cost);
    margin(v, EVIDENCE_FREE, d, cost, d->loop.cost);
    margin(v, EVIDENCE_SECOND, d, cost, d->second);
    margin(v, EVIDENCE_NOISE, d, cost, noise);
    margins_apart(v, EVIDENCE_TALK_IN, d, &d->words);
    margins_apart(v, EVIDENCE_FREE_IN, d, &d->loop);
    v[EVIDENCE_OTHERS] = d->words.count;
}

// Mean square of the samples in frames FROM..TO.
static double
power(const struct stretch *stretch, int from, int to)
{
    double sum   = 1;
    size_t start = (size_t)from * FRAME, end = (size_t)to * FRAME;
    if (end > stretch->count) end = stretch->count;
    for (size_t i = start; i < end; i++)
        sum += (double)stretch->samples[i] * stretch->samples[i];
    return end > start ? sum / (double)(end - start) : 1;
}

// How far the command is over the loudest tenth of a second outside it, tens
// of dB.
static double
stands_out(const struct decoded *d, const struct stretch *stretch)
{
    double outside = 1;
    for (int t = 0; t + TENTH <= d->senones->frames; t++) {
        if (t + TENTH > d->route.from && t < d->route.to) continue;
        double here = power(stretch, t, t + TENTH);
        if (here > outside) outside = here;
    }
    return log10(power(stretch, d->route.from, d->route.to) / outside);
}

static void
gather_sound(double *v, const struct decoded *d, const struct stretch *stretch)
{
    struct voicing_part within = {(size_t)d->route.from, (size_t)d->route.to};
    struct voicing      voicing =
        voicing_of(stretch->samples, stretch->count, within);
    double over            = (stretch->level - stretch->echo) / 10;
    v[EVIDENCE_SECONDS]    = (double)stretch->count / 16000;
    v[EVIDENCE_ABOVE]      = (stretch->level - stretch->floor) / 10;
    v[EVIDENCE_LEVEL]      = stretch->level / 10;
    v[EVIDENCE_LOUD]       = stretch->loud;
    v[EVIDENCE_SINCE]      = stretch->since < 1 ? stretch->since : 1;
    v[EVIDENCE_VOICED]     = voicing.share;
    v[EVIDENCE_PITCHED]    = voicing.strength;
    v[EVIDENCE_VOICED_OUT] = voicing.outside;
    v[EVIDENCE_STANDS]     = stands_out(d, stretch);
    v[EVIDENCE_OWN]        = over < MOST_OVER ? over : MOST_OVER;
}

void
evidence_gather(struct evidence *evidence, const struct decoded *d,
                const struct stretch *stretch)
{
    double      *v     = evidence->value;
    struct parts parts = take_apart(d);

    memset(evidence, 0, sizeof *evidence);
    if (parts.count == 0) return;
    gather_lengths(v, &parts);
    gather_fits(v, &parts);
    gather_margins(v, d);
    gather_rest(v, d);
    gather_loop(v, d, &parts);
    gather_sound(v, d, stretch);
    v[EVIDENCE_WORDS]   = d->chain->words;
    v[EVIDENCE_SILENCE] = 1 - (double)parts.frames / d->senones->frames;
}
