// SPDX-License-Identifier: GPL-3.0-or-later
// Fits a sum of small decision trees (gradient boosting of the logistic loss,
// Friedman 2001, second-order leaves).
#ifndef BENCH_LISTEN_BOOST_H
#define BENCH_LISTEN_BOOST_H
#include "listen/evidence.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define BOOST_DEPTH    4
#define BOOST_BRANCHES ((1 << BOOST_DEPTH) - 1)
#define BOOST_LEAVES   (1 << BOOST_DEPTH)
#define BOOST_MOST     400

struct boost_row {
    const struct evidence *evidence;
    double                 weight;
    bool                   yes;
};

// Branch B has the branches or leaves 2B+1 (below) and 2B+2.
struct boost_tree {
    int    kind[BOOST_BRANCHES]; // -1: all go below
    double limit[BOOST_BRANCHES];
    double leaf[BOOST_LEAVES];
};

struct boost {
    double            base;
    struct boost_tree trees[BOOST_MOST];
    int               count;
};

struct boost_plan {
    int    trees;
    double step;   // how much of each tree is taken, 0..1
    double ridge;  // pulls leaves to nothing, in weight
    double fewest; // weight a leaf must have
    double sample; // share of rows each tree sees
};

// False where there is no memory.
bool
boost_fit(struct boost *boost, const struct boost_row *rows, size_t count,
          const struct boost_plan *plan);

// 0..1
double
boost_judge(const struct boost *boost, const struct evidence *evidence);

// The "base" and "trees" of a confidence.yaml.
void
boost_write(const struct boost *boost, FILE *file);
#endif
