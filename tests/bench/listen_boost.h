// SPDX-License-Identifier: GPL-3.0-or-later
// Fits a sum of small decision trees (gradient boosting of the logistic loss,
// Friedman 2001, second-order leaves), each split where that helps most (Ke et
// al., "LightGBM: a highly efficient gradient boosting decision tree", NIPS
// 2017).
#ifndef BENCH_LISTEN_BOOST_H
#define BENCH_LISTEN_BOOST_H
#include "listen/evidence.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define BOOST_LEAVES 16
#define BOOST_NODES  (2 * BOOST_LEAVES - 1)
#define BOOST_DEPTH  8 // branches before a leaf, at most
#define BOOST_MOST   400

struct boost_row {
    const struct evidence *evidence;
    double                 weight;
    bool                   yes;
};

struct boost_node {
    int    kind; // -1: a leaf
    double limit;
    int    below, other; // nodes of the same tree
    double add;          // of a leaf
};

struct boost_tree {
    struct boost_node nodes[BOOST_NODES];
    int               count;
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
