// SPDX-License-Identifier: GPL-3.0-or-later
// What a YAML document is made of; for the files of this folder only.
#ifndef YAML_TREE_H
#define YAML_TREE_H
#include "base/arena.h"
#include "base/report.h"
#include "base/status.h"
#include "yaml/yaml.h"

// The file as it stands: problems are shown from here.
struct source {
    const char *name;
    const char *text;
    size_t      length; // bytes
};

enum yaml_kind { YAML_SCALAR, YAML_MAP, YAML_LIST };

struct yaml_node {
    enum yaml_kind                 kind;
    size_t                         at;    // where it starts, bytes
    size_t                         width; // what is underlined, bytes
    const char                    *text;  // YAML_SCALAR
    size_t                         count;
    const struct yaml_node *const *keys;  // YAML_MAP
    const struct yaml_node *const *items; // YAML_MAP, YAML_LIST
    size_t size;   // nodes in it, those behind aliases counted each time
    int    height; // of the tree below, 1 for a scalar
};

struct yaml {
    struct arena           *arena;
    struct report          *report;
    struct source           source;
    const struct yaml_node *root;
};

// The line of offset AT, from 1.
int
source_line(const struct source *source, size_t at);

// A problem at WIDTH bytes from offset AT.  MESSAGE may hold anything: what a
// terminal would obey is replaced.
void
source_problem(const struct source *source, struct report *report,
               enum severity severity, size_t at, size_t width,
               const char *message);

// A problem of the file as a whole.
void
source_refuse(const struct source *source, struct report *report,
              const char *message);

// Whether the text may be given to a parser: not empty, UTF-8, no control
// characters.
bool
source_is_sound(const struct source *source, struct report *report);

// How far the text was read: where the last thing starts and ends, bytes.
struct track {
    const struct source *source;
    size_t               last, end;
};

struct fy_event;

// Sets NODE's place to that of EVENT, which was read after all before.
void
track_place(struct track *track, struct fy_event *event,
            struct yaml_node *node);

// Goes past the end of a collection: what comes after a "]" or "}" is not to
// be looked for before it.
void
track_pass(struct track *track, struct fy_event *event);

// Builds yaml->root from yaml->source.  Anything but STATUS_OK leaves a
// problem in the report.
enum status
tree_build(struct yaml *yaml);

// For each of COUNT pairs (key, value): the first of the keys that has the same
// text, NULL for that one itself.  The caller's to free(); NULL: no memory.
const struct yaml_node **
twice_find(const struct yaml_node *const *pairs, size_t count);

// Says what libfyaml found wrong at offset AT, and what to do about it.
void
syntax_problem(const struct source *source, struct report *report, size_t at,
               const char *found);
#endif
