// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that are twice in a map, found by sorting: a map may be large.
#include "yaml/tree.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    const struct yaml_node *key;
    size_t                  index;
};

static int
by_key(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int                 order = strcmp(x->key->text, y->key->text);
    if (order) return order;
    return (x->index > y->index) - (x->index < y->index);
}

const struct yaml_node **
twice_find(const struct yaml_node *const *pairs, size_t count)
{
    struct entry            *entries = calloc(count + 1, sizeof *entries);
    const struct yaml_node **first =
        calloc(count + 1, sizeof(struct yaml_node *));

    if (!entries || !first) {
        free(entries);
        free(first);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct entry){pairs[2 * i], i};
    qsort(entries, count, sizeof *entries, by_key);
    for (size_t i = 1; i < count; i++) {
        const struct entry *before = &entries[i - 1], *entry = &entries[i];
        if (strcmp(before->key->text, entry->key->text) != 0) continue;
        const struct yaml_node *known = first[before->index];
        first[entry->index]           = known ? known : before->key;
    }
    free(entries);
    return first;
}
