// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/confidence.h"

#include "base/text.h"
#include "yaml/yaml.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NODES 20000
#define MOST_TREES 1000
#define MOST_LEAST 64

// A branch asks whether the evidence is below a limit; a leaf adds its worth.
struct node {
    int    kind;  // enum evidence_kind; -1: a leaf
    double limit; // of a branch, or a leaf's worth
    int    below; // nodes of the same tree, later than this one
    int    other;
};

struct least {
    char   command[32];
    double value;
};

// Limits by command, and that of all others.
struct leasts {
    struct least items[MOST_LEAST];
    int          count;
    double       other;
};

struct confidence {
    double        base; // of the sum, before any tree
    struct node   nodes[MOST_NODES];
    int           node_count;
    int           trees[MOST_TREES]; // their first nodes
    int           tree_count;
    struct leasts accept, ask;
};

static double
number(struct yaml *yaml, const struct yaml_node *parent, const char *key)
{
    const struct yaml_node *node  = yaml_get(parent, key);
    const char             *text  = yaml_text(node);
    char                   *end   = NULL;
    double                  value = text ? strtod(text, &end) : 0;
    if (!text || end == text || *end || !isfinite(value))
        yaml_problem(yaml, node ? node : parent, SEVERITY_ERROR,
                     "expected a number under \"%s\"", key);
    return value;
}

// Reads the tree at NODE; its first node's index, or -1.  The document's own
// limit of depth bounds the recursion.
static int
read_tree(struct confidence *c, struct yaml *yaml,
          const struct yaml_node *node) // NOLINT(misc-no-recursion)
{
    if (c->node_count == MOST_NODES) return -1;
    int          index = c->node_count++;
    struct node *to    = &c->nodes[index];
    const char  *name  = yaml_text(yaml_get(node, "if"));
    *to                = (struct node){.kind = -1};
    if (!name) {
        to->limit = number(yaml, node, "add");
        return index;
    }
    to->kind  = (int)evidence_kind(name);
    to->limit = number(yaml, node, "below");
    if (to->kind == EVIDENCE_KINDS)
        yaml_problem(yaml, yaml_get(node, "if"), SEVERITY_ERROR,
                     "there is no evidence called \"%s\"", name);
    to->below = read_tree(c, yaml, yaml_get(node, "then"));
    to->other = read_tree(c, yaml, yaml_get(node, "else"));
    return to->below < 0 || to->other < 0 ? -1 : index;
}

static void
read_leasts(struct leasts *leasts, struct yaml *yaml,
            const struct yaml_node *map)
{
    if (map && !yaml_is_map(map))
        yaml_problem(yaml, map, SEVERITY_ERROR,
                     "expected a map of commands to the least confidence");
    for (size_t i = 0; yaml_is_map(map) && i < yaml_count(map); i++) {
        const char *name  = yaml_text(yaml_key(map, i));
        double      value = number(yaml, map, name);
        if (strcmp(name, "other") == 0) {
            leasts->other = value;
        } else if (leasts->count < MOST_LEAST) {
            struct least *least = &leasts->items[leasts->count++];
            text_copy(least->command, sizeof least->command, name);
            least->value = value;
        }
    }
}

static void
read_all(struct confidence *c, struct yaml *yaml)
{
    static const char *const known[] = {"accept", "ask", "base", "trees"};
    const struct yaml_node  *root    = yaml_root(yaml);
    const struct yaml_node  *trees   = yaml_get(root, "trees");
    yaml_known_keys(yaml, root, "a confidence model", known, 4);
    c->base         = number(yaml, root, "base");
    c->accept.other = 0.5;
    c->ask.other    = 1;
    read_leasts(&c->accept, yaml, yaml_get(root, "accept"));
    read_leasts(&c->ask, yaml, yaml_get(root, "ask"));
    for (size_t i = 0; i < yaml_count(trees); i++) {
        int tree = c->tree_count < MOST_TREES
                       ? read_tree(c, yaml, yaml_item(trees, i))
                       : -1;
        if (tree < 0) {
            yaml_problem(yaml, trees, SEVERITY_ERROR, "too many trees");
            return;
        }
        c->trees[c->tree_count++] = tree;
    }
}

enum status
confidence_read(struct confidence **out, const char *path, struct diag *diag)
{
    struct report      report     = {0};
    struct yaml       *yaml       = NULL;
    struct confidence *confidence = calloc(1, sizeof *confidence);
    if (!confidence) return STATUS_NO_MEMORY;
    enum status status = yaml_read(&yaml, path, &report);
    if (status == STATUS_OK) read_all(confidence, yaml);
    if (status == STATUS_OK && report.errors > 0) status = STATUS_BAD_INPUT;
    yaml_free(yaml);
    if (status == STATUS_OK) {
        *out       = confidence;
        confidence = NULL;
    } else {
        report_tell(&report, path, diag);
    }
    report_release(&report);
    confidence_free(confidence);
    return status;
}

void
confidence_free(struct confidence *confidence)
{
    free(confidence);
}

static double
walk(const struct confidence *c, int node, const struct evidence *evidence)
{
    while (c->nodes[node].kind >= 0) {
        const struct node *n = &c->nodes[node];
        node = evidence->value[n->kind] < n->limit ? n->below : n->other;
    }
    return c->nodes[node].limit;
}

double
confidence_judge(const struct confidence *confidence,
                 const struct evidence   *evidence)
{
    double sum = confidence->base;
    for (int i = 0; i < confidence->tree_count; i++)
        sum += walk(confidence, confidence->trees[i], evidence);
    return 1 / (1 + exp(-sum));
}

static double
limit(const struct leasts *leasts, const char *command)
{
    for (int i = 0; i < leasts->count; i++)
        if (strcmp(leasts->items[i].command, command) == 0)
            return leasts->items[i].value;
    return leasts->other;
}

double
confidence_least(const struct confidence *confidence, const char *command)
{
    return limit(&confidence->accept, command);
}

double
confidence_ask(const struct confidence *confidence, const char *command)
{
    return limit(&confidence->ask, command);
}
