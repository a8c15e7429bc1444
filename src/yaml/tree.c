// SPDX-License-Identifier: GPL-3.0-or-later
// libfyaml's events -> our own tree.  Its documents are not used: they cannot
// name every duplicate key, drop later documents silently, and expand aliases
// without a limit.
#include "yaml/tree.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TAGS 10 // reported before giving up: libfyaml is slow on them

struct anchor {
    struct anchor          *next;
    const char             *name;
    const struct yaml_node *node;
};

struct builder {
    struct yaml             *yaml;
    struct fy_parser        *parser;
    struct fy_diag          *diag;
    enum status              status; // the first failure
    struct anchor           *anchors;
    const struct yaml_node **stack; // children of the collections being read
    size_t                   top;
    size_t                   nodes; // as struct yaml_node's size counts
    int                      aliases;
    int                      tags;
    int                      twice; // keys that were there before
    struct track             track; // what was read last
};

static const struct yaml_node *
build(struct builder *b, struct fy_event *event, int depth);

static void
fail(struct builder *b, enum status status, size_t at, size_t width,
     const char *message)
{
    if (b->status != STATUS_OK) return;
    b->status = status;
    source_problem(&b->yaml->source, b->yaml->report, SEVERITY_ERROR, at, width,
                   message);
}

// An error that does not hinder reading on.
static void
complain(struct builder *b, const struct yaml_node *node, const char *message)
{
    source_problem(&b->yaml->source, b->yaml->report, SEVERITY_ERROR, node->at,
                   node->width, message);
}

// What libfyaml found wrong; it stops at the first error.
static void
fail_syntax(struct builder *b)
{
    struct yaml          *yaml = b->yaml;
    void                 *at   = NULL;
    struct fy_diag_error *error;

    if (b->status != STATUS_OK) return;
    b->status = STATUS_BAD_INPUT;
    error     = fy_diag_errors_iterate(b->diag, &at);
    if (!error) {
        source_refuse(&yaml->source, yaml->report, "not valid YAML");
        return;
    }
    const struct fy_mark *mark =
        error->fyt ? fy_token_start_mark(error->fyt) : NULL;
    syntax_problem(&yaml->source, yaml->report,
                   mark ? mark->input_pos : b->track.end, error->msg);
}

static struct fy_event *
next(struct builder *b)
{
    struct fy_event *event = fy_parser_parse(b->parser);
    if (!event) fail_syntax(b);
    return event;
}

static void *
allocate(struct builder *b, size_t count, size_t size)
{
    void *memory = arena_alloc(b->yaml->arena, count, size);
    if (!memory) fail(b, STATUS_NO_MEMORY, b->track.end, 1, "out of memory");
    return memory;
}

static struct yaml_node *
new_node(struct builder *b, struct fy_event *event, enum yaml_kind kind)
{
    struct yaml_node *node = allocate(b, 1, sizeof *node);
    if (!node) return NULL;

    node->kind   = kind;
    node->size   = 1;
    node->height = 1;
    track_place(&b->track, event, node);
    if (++b->nodes > YAML_MOST_NODES) {
        char message[128];
        snprintf(message, sizeof message,
                 "more than %d values in one file; split it", YAML_MOST_NODES);
        fail(b, STATUS_BAD_INPUT, node->at, node->width, message);
        return NULL;
    }
    return node;
}

static bool
check_depth(struct builder *b, const struct yaml_node *node, int depth)
{
    char message[128];

    if (depth <= YAML_MOST_DEPTH) return true;
    snprintf(message, sizeof message,
             "nested more than %d levels deep; make it flatter",
             YAML_MOST_DEPTH);
    fail(b, STATUS_BAD_INPUT, node->at, node->width, message);
    return false;
}

// A "!tag" changes nothing here; most often it is a forgotten pair of quotes.
static void
check_tag(struct builder *b, struct fy_event *event,
          const struct yaml_node *node)
{
    static const char message[] =
        "a word that starts with '!' stands before this and is no text to "
        "YAML; put quotes around the whole text, or delete it";

    if (!fy_event_get_tag_token(event)) return;
    if (++b->tags < MOST_TAGS)
        complain(b, node, message);
    else
        fail(b, STATUS_BAD_INPUT, node->at, node->width, message);
}

static void
remember_anchor(struct builder *b, struct fy_token *token,
                const struct yaml_node *node)
{
    size_t         length = 0;
    const char    *name   = fy_token_get_text(token, &length);
    struct anchor *anchor = allocate(b, 1, sizeof *anchor);

    if (!anchor || !name) return;
    anchor->name = arena_text(b->yaml->arena, name, length);
    if (!anchor->name) return;
    anchor->node = node;
    anchor->next = b->anchors;
    b->anchors   = anchor;
}

static const struct yaml_node *
find_anchor(const struct builder *b, const char *name, size_t length)
{
    for (const struct anchor *a = b->anchors; a; a = a->next) {
        if (strlen(a->name) == length && memcmp(a->name, name, length) == 0)
            return a->node;
    }
    return NULL;
}

// The node an alias stands for: one that is complete, so there are no cycles.
// It counts as often as it is named, so a bomb of aliases meets the limits.
static const struct yaml_node *
build_alias(struct builder *b, struct fy_event *event, int depth)
{
    size_t            length = 0;
    struct fy_token  *token  = fy_event_get_token(event);
    const char       *name   = token ? fy_token_get_text(token, &length) : NULL;
    struct yaml_node *here   = new_node(b, event, YAML_SCALAR);
    char              message[160];

    if (!here) return NULL;
    if (++b->aliases > YAML_MOST_ALIASES) {
        snprintf(message, sizeof message,
                 "more than %d aliases in one file; write the values out",
                 YAML_MOST_ALIASES);
        fail(b, STATUS_BAD_INPUT, here->at, here->width, message);
        return NULL;
    }
    const struct yaml_node *node = find_anchor(b, name ? name : "", length);
    if (!node) {
        snprintf(message, sizeof message,
                 "no '&%.*s' above this to refer to; put quotes around text "
                 "that starts with '*'",
                 length > 40 ? 40 : (int)length, name ? name : "");
        fail(b, STATUS_BAD_INPUT, here->at, here->width, message);
        return NULL;
    }
    b->nodes += node->size - 1;
    if (b->nodes > YAML_MOST_NODES) {
        snprintf(message, sizeof message,
                 "aliases make more than %d values of this file; write fewer",
                 YAML_MOST_NODES);
        fail(b, STATUS_BAD_INPUT, here->at, here->width, message);
        return NULL;
    }
    return check_depth(b, here, depth + node->height - 1) ? node : NULL;
}

static const struct yaml_node *
build_scalar(struct builder *b, struct fy_event *event)
{
    size_t            length = 0;
    struct fy_token  *token  = fy_event_get_token(event);
    const char       *text   = token ? fy_token_get_text(token, &length) : NULL;
    struct yaml_node *node   = new_node(b, event, YAML_SCALAR);

    if (!node) return NULL;
    check_tag(b, event, node);
    if (b->status != STATUS_OK) return NULL;
    if (!text) length = 0;
    if (length && memchr(text, '\0', length)) {
        complain(b, node, "text cannot hold a zero byte; delete the \\0");
        length = strlen(text);
    }
    node->text = arena_text(b->yaml->arena, text ? text : "", length);
    if (!node->text) {
        fail(b, STATUS_NO_MEMORY, node->at, 1, "out of memory");
        return NULL;
    }
    return node;
}

static void
complain_twice(struct builder *b, const struct yaml_node *key,
               const struct yaml_node *first)
{
    char message[160];
    int  line = source_line(&b->yaml->source, first->at);

    snprintf(message, sizeof message,
             "key '%s' is already in line %d; keep one of them",
             yaml_brief(key).text, line);
    complain(b, key, message);
}

// Of COUNT pairs (key, value), reports and drops those whose key came before;
// how many are left.
static size_t
drop_twice(struct builder *b, const struct yaml_node **pairs, size_t count)
{
    const struct yaml_node **first = twice_find(pairs, count);
    size_t                   kept  = 0;

    if (!first) {
        fail(b, STATUS_NO_MEMORY, b->track.end, 1, "out of memory");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (first[i]) {
            if (++b->twice <= REPORT_MOST)
                complain_twice(b, pairs[2 * i], first[i]);
            continue;
        }
        pairs[2 * kept]     = pairs[2 * i];
        pairs[2 * kept + 1] = pairs[2 * i + 1];
        kept++;
    }
    free(first);
    return kept;
}

static bool
push(struct builder *b, struct yaml_node *parent, const struct yaml_node *child)
{
    if (!child) return false;
    b->stack[b->top++] = child;
    parent->size += child->size;
    if (parent->height <= child->height) parent->height = child->height + 1;
    return true;
}

// One key and its value.
static bool
build_entry(struct builder *b, struct yaml_node *map, struct fy_event *event,
            int depth)
{
    const struct yaml_node *key = build(b, event, depth + 1);

    if (!key) return false;
    if (key->kind != YAML_SCALAR) {
        fail(b, STATUS_BAD_INPUT, key->at, key->width,
             "a key must be plain text, not a list or a map");
        return false;
    }
    struct fy_event *value = next(b);
    return push(b, map, key) && value &&
           push(b, map, build(b, value, depth + 1));
}

// Moves what was pushed since BASE into the tree.
static bool
finish(struct builder *b, struct yaml_node *node, size_t base)
{
    const struct yaml_node **children = b->stack + base;
    bool                     is_map   = node->kind == YAML_MAP;
    size_t                   count    = b->top - base;

    b->top = base;
    if (is_map) {
        count       = drop_twice(b, children, count / 2);
        node->at    = count ? children[0]->at : node->at;
        node->width = count ? children[0]->width : node->width;
    }
    const struct yaml_node **items =
        allocate(b, count, sizeof(struct yaml_node *));
    const struct yaml_node **keys =
        allocate(b, count, sizeof(struct yaml_node *));
    if (!items || !keys) return false;
    for (size_t i = 0; i < count; i++) {
        keys[i]  = children[is_map ? 2 * i : i];
        items[i] = children[is_map ? 2 * i + 1 : i];
    }
    node->count = count;
    node->items = items;
    node->keys  = is_map ? keys : NULL;
    return b->status == STATUS_OK;
}

static const struct yaml_node *
build_collection(struct builder *b, struct fy_event *event, int depth)
{
    bool   is_map = event->type == FYET_MAPPING_START;
    size_t base   = b->top;

    struct yaml_node *node = new_node(b, event, is_map ? YAML_MAP : YAML_LIST);
    if (!node || !check_depth(b, node, depth + 1)) return NULL;
    check_tag(b, event, node);
    while (b->status == STATUS_OK) {
        struct fy_event *child = next(b);
        if (!child) return NULL;
        if (child->type == FYET_MAPPING_END ||
            child->type == FYET_SEQUENCE_END) {
            track_pass(&b->track, child);
            fy_parser_event_free(b->parser, child);
            return finish(b, node, base) ? node : NULL;
        }
        bool ok = is_map ? build_entry(b, node, child, depth)
                         : push(b, node, build(b, child, depth + 1));
        if (!ok) return NULL;
    }
    return NULL;
}

static struct fy_token *
anchor_of(struct fy_event *event)
{
    bool has_one = event->type == FYET_SCALAR ||
                   event->type == FYET_MAPPING_START ||
                   event->type == FYET_SEQUENCE_START;
    return has_one ? fy_event_get_anchor_token(event) : NULL;
}

// Takes EVENT and all that belongs to it.  NULL after a failure.
static const struct yaml_node *
build(struct builder *b, struct fy_event *event, int depth)
{
    const struct yaml_node *node = NULL;

    if (event->type == FYET_ALIAS)
        node = build_alias(b, event, depth);
    else if (event->type == FYET_SCALAR)
        node = build_scalar(b, event);
    else
        node = build_collection(b, event, depth);

    struct fy_token *anchor = anchor_of(event);
    if (node && anchor) remember_anchor(b, anchor, node);
    fy_parser_event_free(b->parser, event);
    return node;
}

// Expects exactly one document in the stream.
static void
build_stream(struct builder *b)
{
    for (;;) {
        struct fy_event *event = next(b);
        if (!event) return;

        enum fy_event_type type = event->type;
        if (type == FYET_SCALAR || type == FYET_ALIAS ||
            type == FYET_MAPPING_START || type == FYET_SEQUENCE_START) {
            b->yaml->root = build(b, event, 1);
            if (!b->yaml->root) return;
            continue;
        }
        if (type == FYET_DOCUMENT_START && b->yaml->root) {
            struct yaml_node here = {.kind = YAML_MAP};
            track_place(&b->track, event, &here);
            fail(b, STATUS_BAD_INPUT, here.at, 3,
                 "a second document starts here; one file holds one");
        }
        fy_parser_event_free(b->parser, event);
        if (type == FYET_STREAM_END || b->status != STATUS_OK) return;
    }
}

static bool
open_parser(struct builder *b)
{
    const struct source *source = &b->yaml->source;
    struct fy_diag_cfg   quiet;
    struct fy_parse_cfg  config = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                            FYPCF_DEFAULT_VERSION_1_2};

    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL; // it never prints
    b->diag  = fy_diag_create(&quiet);
    if (!b->diag) return false;
    fy_diag_set_collect_errors(b->diag, true);
    config.diag = b->diag;
    b->parser   = fy_parser_create(&config);
    b->stack    = calloc(2 * YAML_MOST_NODES + 2, sizeof(struct yaml_node *));
    return b->parser && b->stack &&
           fy_parser_set_string(b->parser, source->text, source->length) == 0;
}

enum status
tree_build(struct yaml *yaml)
{
    struct builder b = {.yaml = yaml, .track = {.source = &yaml->source}};

    if (open_parser(&b))
        build_stream(&b);
    else
        fail(&b, STATUS_NO_MEMORY, 0, 1, "out of memory");
    if (b.status == STATUS_OK && !yaml->root) {
        b.status = STATUS_BAD_INPUT;
        source_refuse(&yaml->source, yaml->report, "the file is empty");
    }
    if (b.parser) fy_parser_destroy(b.parser);
    if (b.diag) fy_diag_destroy(b.diag);
    free(b.stack);
    return b.status;
}
