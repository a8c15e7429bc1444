// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_boost.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BINS 255 // of the values of an evidence: a limit is between two

struct work {
    const struct boost_row  *rows;
    const struct boost_plan *plan;
    size_t                   count;
    double                   limits[EVIDENCE_KINDS][BINS]; // between bins
    int                      bins[EVIDENCE_KINDS];
    uint8_t (*bin)[EVIDENCE_KINDS]; // of each row
    uint32_t *order;                // rows, those of a leaf together
    uint32_t *aside;
    double   *sum;          // of the trees so far
    double   *slope, *bend; // of the loss, negated
    uint32_t  random;
};

struct totals {
    double slope, bend;
};

// A leaf of the running tree, and how it is best split.
struct leaf {
    int           node, depth;
    size_t        from, to; // of order
    struct totals all;
    int           kind, bin; // rows of this bin and those before go below
    double        gain;      // 0: by nothing
};

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// As many rows in each bin as can be, equal values in the same.
static void
make_limits(struct work *w, int kind, double *values)
{
    size_t next = 0;
    for (size_t i = 0; i < w->count; i++)
        values[i] = w->rows[i].evidence->value[kind];
    qsort(values, w->count, sizeof *values, by_size);
    for (size_t i = 1; i < w->count && w->bins[kind] < BINS; i++) {
        if (i < next || values[i] <= values[i - 1]) continue;
        w->limits[kind][w->bins[kind]++] = (values[i] + values[i - 1]) / 2;
        next                             = i + w->count / (BINS + 1);
    }
}

static uint8_t
find_bin(const struct work *w, int kind, double value)
{
    int low = 0, high = w->bins[kind];
    while (low < high) {
        int middle = (low + high) / 2;
        if (value < w->limits[kind][middle])
            high = middle;
        else
            low = middle + 1;
    }
    return (uint8_t)low;
}

static void
release(struct work *w)
{
    free(w->bin);
    free(w->order);
    free(w->aside);
    free(w->sum);
    free(w->slope);
    free(w->bend);
    free(w);
}

static bool
prepare(struct work *w)
{
    size_t n       = w->count + 1;
    w->bin         = calloc(n, sizeof *w->bin);
    w->order       = calloc(n, sizeof *w->order);
    w->aside       = calloc(n, sizeof *w->aside);
    w->sum         = calloc(n, sizeof *w->sum);
    w->slope       = calloc(n, sizeof *w->slope);
    w->bend        = calloc(n, sizeof *w->bend);
    double *values = calloc(n, sizeof *values);
    bool    fine   = w->bin && w->order && w->aside && w->sum && w->slope &&
                w->bend && values;
    for (int k = 0; k < EVIDENCE_KINDS && fine; k++) {
        make_limits(w, k, values);
        for (size_t i = 0; i < w->count; i++)
            w->bin[i][k] = find_bin(w, k, w->rows[i].evidence->value[k]);
    }
    free(values);
    return fine;
}

static bool
chosen(struct work *w)
{
    w->random = w->random * 1664525U + 1013904223U;
    return (w->random >> 8) < w->plan->sample * 16777216;
}

// Rows that this tree does not see come last.
static size_t
begin_tree(struct work *w)
{
    size_t seen = 0, unseen = w->count;
    for (size_t i = 0; i < w->count; i++) {
        double p    = 1 / (1 + exp(-w->sum[i]));
        w->slope[i] = w->rows[i].weight * (w->rows[i].yes - p);
        w->bend[i]  = w->rows[i].weight * p * (1 - p);
        w->order[chosen(w) ? seen++ : --unseen] = (uint32_t)i;
    }
    return seen;
}

static double
worth(const struct work *w, struct totals t)
{
    return t.slope * t.slope / (t.bend + w->plan->ridge);
}

static void
try_kind(const struct work *w, int kind, const struct totals bins[BINS + 1],
         struct leaf *leaf)
{
    struct totals b = {0, 0};
    for (int i = 0; i < w->bins[kind]; i++) {
        b.slope += bins[i].slope;
        b.bend += bins[i].bend;
        struct totals a = {leaf->all.slope - b.slope, leaf->all.bend - b.bend};
        if (b.bend < w->plan->fewest || a.bend < w->plan->fewest) continue;
        double gain = worth(w, b) + worth(w, a) - worth(w, leaf->all);
        if (gain <= leaf->gain) continue;
        leaf->kind = kind;
        leaf->bin  = i;
        leaf->gain = gain;
    }
}

static void
find_split(const struct work *w, struct leaf *leaf)
{
    static struct totals bins[EVIDENCE_KINDS][BINS + 1];
    memset(bins, 0, sizeof bins);
    leaf->all  = (struct totals){0, 0};
    leaf->gain = 0;
    for (size_t i = leaf->from; i < leaf->to; i++) {
        uint32_t row   = w->order[i];
        double   slope = w->slope[row], bend = w->bend[row];
        leaf->all.slope += slope;
        leaf->all.bend += bend;
        for (int k = 0; k < EVIDENCE_KINDS; k++) {
            struct totals *bin = &bins[k][w->bin[row][k]];
            bin->slope += slope;
            bin->bend += bend;
        }
    }
    if (leaf->depth == BOOST_DEPTH) return;
    for (int k = 0; k < EVIDENCE_KINDS; k++) try_kind(w, k, bins[k], leaf);
}

// The rows of LEAF that go below come first; where the others begin.
static size_t
part(struct work *w, const struct leaf *leaf)
{
    size_t below = leaf->from, others = 0;
    for (size_t i = leaf->from; i < leaf->to; i++) {
        uint32_t row = w->order[i];
        if (w->bin[row][leaf->kind] <= leaf->bin)
            w->order[below++] = row;
        else
            w->aside[others++] = row;
    }
    memcpy(w->order + below, w->aside, others * sizeof *w->aside);
    return below;
}

static void
split(struct work *w, struct boost_tree *tree, struct leaf *leaf,
      struct leaf *other)
{
    struct boost_node *node   = &tree->nodes[leaf->node];
    size_t             middle = part(w, leaf);
    node->kind                = leaf->kind;
    node->limit               = w->limits[leaf->kind][leaf->bin];
    node->below               = tree->count++;
    node->other               = tree->count++;
    leaf->depth++;
    *other      = *leaf;
    leaf->node  = node->below;
    leaf->to    = middle;
    other->node = node->other;
    other->from = middle;
    find_split(w, leaf);
    find_split(w, other);
}

static struct leaf *
best_of(struct leaf *leaves, int count)
{
    struct leaf *best = leaves;
    for (int i = 1; i < count; i++)
        if (leaves[i].gain > best->gain) best = &leaves[i];
    return best;
}

static void
grow(struct work *w, struct boost_tree *tree)
{
    struct leaf leaves[BOOST_LEAVES] = {{.to = begin_tree(w)}};
    int         count                = 1;
    tree->count                      = 1;
    find_split(w, &leaves[0]);
    while (count < BOOST_LEAVES) {
        struct leaf *best = best_of(leaves, count);
        if (best->gain <= 0) break;
        split(w, tree, best, &leaves[count++]);
    }
    for (int i = 0; i < count; i++) {
        struct boost_node *node = &tree->nodes[leaves[i].node];
        node->kind              = -1;
        node->add               = w->plan->step * leaves[i].all.slope /
                    (leaves[i].all.bend + w->plan->ridge);
    }
}

static double
add_of(const struct boost_tree *tree, const struct evidence *evidence)
{
    const struct boost_node *node = tree->nodes;
    while (node->kind >= 0)
        node = &tree->nodes[evidence->value[node->kind] < node->limit
                                ? node->below
                                : node->other];
    return node->add;
}

static double
base_of(const struct boost_row *rows, size_t count)
{
    double yes = 1, no = 1;
    for (size_t i = 0; i < count; i++)
        *(rows[i].yes ? &yes : &no) += rows[i].weight;
    return log(yes / no);
}

bool
boost_fit(struct boost *boost, const struct boost_row *rows, size_t count,
          const struct boost_plan *plan)
{
    struct work *w = calloc(1, sizeof *w);
    if (!w) return false;
    w->rows     = rows;
    w->plan     = plan;
    w->count    = count;
    w->random   = 1;
    bool fine   = prepare(w);
    *boost      = (struct boost){0};
    boost->base = base_of(rows, count);
    for (size_t i = 0; i < count && fine; i++) w->sum[i] = boost->base;
    while (fine && boost->count < plan->trees && boost->count < BOOST_MOST) {
        struct boost_tree *tree = &boost->trees[boost->count++];
        grow(w, tree);
        for (size_t i = 0; i < count; i++)
            w->sum[i] += add_of(tree, rows[i].evidence);
    }
    release(w);
    return fine;
}

double
boost_judge(const struct boost *boost, const struct evidence *evidence)
{
    double sum = boost->base;
    for (int t = 0; t < boost->count; t++)
        sum += add_of(&boost->trees[t], evidence);
    return 1 / (1 + exp(-sum));
}

// BOOST_DEPTH bounds the recursion.
static void
write_node(const struct boost_tree *tree, int at,
           FILE *file) // NOLINT(misc-no-recursion)
{
    const struct boost_node *node = &tree->nodes[at];
    if (node->kind < 0) {
        fprintf(file, "{add: %.4f}", node->add);
        return;
    }
    fprintf(file, "{if: %s, below: %.5g,\n    then: ",
            evidence_name((enum evidence_kind)node->kind), node->limit);
    write_node(tree, node->below, file);
    fprintf(file, ",\n    else: ");
    write_node(tree, node->other, file);
    fputc('}', file);
}

void
boost_write(const struct boost *boost, FILE *file)
{
    fprintf(file, "base: %.4f\ntrees:\n", boost->base);
    for (int t = 0; t < boost->count; t++) {
        fprintf(file, "  - ");
        write_node(&boost->trees[t], 0, file);
        fputc('\n', file);
    }
}
