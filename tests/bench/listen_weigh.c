// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_weigh.h"

#include <math.h>
#include <stdlib.h>

#define PARTS  6
#define ROUNDS 30
#define RIDGE  1e-3

// There are far more words of others, said to people who are not there.
#define OTHERS 0.05

struct system {
    double a[PARTS][PARTS + 1];
};

static void
parts_of(const struct known_trial *t, double sure, double x[PARTS])
{
    double p = fmin(fmax(sure, 1e-4), 1 - 1e-4);
    x[0]     = 1;
    x[1]     = log(p / (1 - p));
    x[2]     = t->kinship.near;
    x[3]     = t->kinship.rest;
    x[4]     = t->kinship.spread;
    x[5]     = t->kinship.moved;
}

static void
add(struct system *s, const double x[PARTS], const double w[PARTS], bool yes,
    double weight)
{
    double z = 0;
    for (int i = 0; i < PARTS; i++) z += w[i] * x[i];
    double p = 1 / (1 + exp(-z));
    for (int i = 0; i < PARTS; i++) {
        s->a[i][PARTS] += weight * (yes - p) * x[i];
        for (int j = 0; j < PARTS; j++)
            s->a[i][j] += weight * p * (1 - p) * x[i] * x[j];
    }
}

// Gauss and Jordan; it is symmetric and has a ridge, and needs no pivots.
static void
solve(struct system *s, double w[PARTS])
{
    for (int k = 0; k < PARTS; k++)
        for (int i = 0; i < PARTS; i++) {
            double share = s->a[i][k] / s->a[k][k];
            for (int j = k; j <= PARTS && i != k; j++)
                s->a[i][j] -= share * s->a[k][j];
        }
    for (int k = 0; k < PARTS; k++) w[k] += s->a[k][PARTS] / s->a[k][k];
}

struct person_weights
weigh_fit(const struct known *known, const double *sure, int but)
{
    double w[PARTS] = {0}, x[PARTS];
    for (int round = 0; round < ROUNDS; round++) {
        struct system s = {{{0}}};
        for (size_t i = 0; i < known->count; i++) {
            const struct known_trial *t = &known->items[i];
            if (!t->kinship.known || t->known.fold == but) continue;
            parts_of(t, sure[i], x);
            add(&s, x, w, case_right(&t->known),
                t->kind == KNOWN_OTHERS ? OTHERS : 1);
        }
        for (int i = 0; i < PARTS; i++) {
            s.a[i][i] += RIDGE;
            s.a[i][PARTS] -= RIDGE * w[i];
        }
        solve(&s, w);
    }
    return (struct person_weights){w[0], w[1], w[2], w[3], w[4], w[5]};
}
