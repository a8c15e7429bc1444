// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_boost.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct work {
    const struct boost_row  *rows;
    const struct boost_plan *plan;
    size_t                   count;
    uint32_t                *order[EVIDENCE_KINDS]; // rows by each evidence
    double                  *sum;                   // of the trees so far
    double                  *slope, *bend;          // of the loss, negated
    int                     *node; // where a row is in the running tree
    uint32_t                 random;
};

static const struct boost_row *sorting;
static int                     sorting_by;

static double
value(const struct boost_row *row, int kind)
{
    return row->evidence->value[kind];
}

static int
by_value(const void *a, const void *b)
{
    double x = value(&sorting[*(const uint32_t *)a], sorting_by);
    double y = value(&sorting[*(const uint32_t *)b], sorting_by);
    return (x > y) - (x < y);
}

static void
release(struct work *w)
{
    for (int k = 0; k < EVIDENCE_KINDS; k++) free(w->order[k]);
    free(w->sum);
    free(w->slope);
    free(w->bend);
    free(w->node);
}

static bool
prepare(struct work *w)
{
    size_t n = w->count;
    w->sum   = calloc(n, sizeof *w->sum);
    w->slope = calloc(n, sizeof *w->slope);
    w->bend  = calloc(n, sizeof *w->bend);
    w->node  = calloc(n, sizeof *w->node);
    for (int k = 0; k < EVIDENCE_KINDS; k++) {
        w->order[k] = calloc(n, sizeof *w->order[k]);
        if (!w->order[k]) return false;
        for (size_t i = 0; i < n; i++) w->order[k][i] = (uint32_t)i;
        sorting    = w->rows;
        sorting_by = k;
        qsort(w->order[k], n, sizeof *w->order[k], by_value);
    }
    return w->sum && w->slope && w->bend && w->node;
}

static bool
chosen(struct work *w)
{
    w->random = w->random * 1664525U + 1013904223U;
    return (w->random >> 8) < w->plan->sample * 16777216;
}

static void
begin_tree(struct work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        double p    = 1 / (1 + exp(-w->sum[i]));
        double used = chosen(w) ? w->rows[i].weight : 0;
        w->slope[i] = used * (w->rows[i].yes - p);
        w->bend[i]  = used * p * (1 - p);
        w->node[i]  = 0;
    }
}

struct totals {
    double slope, bend;
};

static double
worth(const struct work *w, struct totals t)
{
    return t.slope * t.slope / (t.bend + w->plan->ridge);
}

struct split {
    int    kind;
    double limit, gain;
};

// The best limit of evidence KIND at every node of one level.
static void
try_kind(const struct work *w, int kind, int first, int nodes,
         const struct totals *all, struct split *best)
{
    struct totals below[BOOST_LEAVES] = {{0, 0}};
    double        last[BOOST_LEAVES];
    bool          seen[BOOST_LEAVES] = {false};
    for (size_t i = 0; i < w->count; i++) {
        uint32_t row  = w->order[kind][i];
        int      node = w->node[row] - first;
        if (node < 0 || node >= nodes) continue;
        double        x = value(&w->rows[row], kind);
        struct totals b = below[node];
        struct totals a = {all[node].slope - b.slope, all[node].bend - b.bend};
        bool enough = b.bend >= w->plan->fewest && a.bend >= w->plan->fewest;
        if (seen[node] && x > last[node] && enough) {
            double gain = worth(w, b) + worth(w, a) - worth(w, all[node]);
            if (gain > best[node].gain)
                best[node] = (struct split){kind, (x + last[node]) / 2, gain};
        }
        below[node].slope += w->slope[row];
        below[node].bend += w->bend[row];
        last[node] = x;
        seen[node] = true;
    }
}

static void
grow_level(struct work *w, struct boost_tree *tree, int level)
{
    int           nodes = 1 << level, first = nodes - 1;
    struct totals all[BOOST_LEAVES] = {{0, 0}};
    struct split  best[BOOST_LEAVES];
    for (size_t i = 0; i < w->count; i++) {
        all[w->node[i] - first].slope += w->slope[i];
        all[w->node[i] - first].bend += w->bend[i];
    }
    for (int n = 0; n < nodes; n++) best[n] = (struct split){-1, 0, 1e-6};
    for (int k = 0; k < EVIDENCE_KINDS; k++)
        try_kind(w, k, first, nodes, all, best);
    for (int n = 0; n < nodes; n++) {
        tree->kind[first + n]  = best[n].kind;
        tree->limit[first + n] = best[n].limit;
    }
    for (size_t i = 0; i < w->count; i++) {
        int  n     = w->node[i];
        bool below = tree->kind[n] < 0 ||
                     value(&w->rows[i], tree->kind[n]) < tree->limit[n];
        w->node[i] = 2 * n + (below ? 1 : 2);
    }
}

static void
fill_leaves(struct work *w, struct boost_tree *tree)
{
    struct totals all[BOOST_LEAVES] = {{0, 0}};
    for (size_t i = 0; i < w->count; i++) {
        struct totals *t = &all[w->node[i] - BOOST_BRANCHES];
        t->slope += w->slope[i];
        t->bend += w->bend[i];
    }
    for (int n = 0; n < BOOST_LEAVES; n++)
        tree->leaf[n] =
            w->plan->step * all[n].slope / (all[n].bend + w->plan->ridge);
    for (size_t i = 0; i < w->count; i++)
        w->sum[i] += tree->leaf[w->node[i] - BOOST_BRANCHES];
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
    struct work w = {.rows = rows, .plan = plan, .count = count, .random = 1};
    bool        fine = prepare(&w);
    memset(boost, 0, sizeof *boost);
    boost->base = base_of(rows, count);
    for (size_t i = 0; i < count && fine; i++) w.sum[i] = boost->base;
    while (fine && boost->count < plan->trees && boost->count < BOOST_MOST) {
        struct boost_tree *tree = &boost->trees[boost->count++];
        begin_tree(&w);
        for (int level = 0; level < BOOST_DEPTH; level++)
            grow_level(&w, tree, level);
        fill_leaves(&w, tree);
    }
    release(&w);
    return fine;
}

double
boost_judge(const struct boost *boost, const struct evidence *evidence)
{
    double sum = boost->base;
    for (int t = 0; t < boost->count; t++) {
        const struct boost_tree *tree = &boost->trees[t];
        int                      node = 0;
        while (node < BOOST_BRANCHES) {
            int  kind  = tree->kind[node];
            bool below = kind < 0 || evidence->value[kind] < tree->limit[node];
            node       = 2 * node + (below ? 1 : 2);
        }
        sum += tree->leaf[node - BOOST_BRANCHES];
    }
    return 1 / (1 + exp(-sum));
}

static void
write_node(const struct boost_tree *tree, int node, FILE *file)
{
    while (node < BOOST_BRANCHES && tree->kind[node] < 0) node = 2 * node + 1;
    if (node >= BOOST_BRANCHES) {
        fprintf(file, "{add: %.4f}", tree->leaf[node - BOOST_BRANCHES]);
        return;
    }
    fprintf(file, "{if: %s, below: %.5g,\n    then: ",
            evidence_name((enum evidence_kind)tree->kind[node]),
            tree->limit[node]);
    write_node(tree, 2 * node + 1, file);
    fprintf(file, ",\n    else: ");
    write_node(tree, 2 * node + 2, file);
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
