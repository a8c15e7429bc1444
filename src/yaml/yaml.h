// SPDX-License-Identifier: GPL-3.0-or-later
// A YAML document read with libfyaml, every problem of it collected in a
// struct report with file, line, column, the line itself and a caret.
//
// Used for everything a person writes: routines, phrases, commands, voices.
#ifndef YAML_YAML_H
#define YAML_YAML_H
#include "base/report.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct yaml;
struct yaml_node; // lives as long as its document

// Limits that keep a hostile file from hurting; each has its own message.
#define YAML_MOST_BYTES   (1 << 20)
#define YAML_MOST_LINE    4096 // bytes of one line
#define YAML_MOST_DEPTH   16
#define YAML_MOST_NODES   20000
#define YAML_MOST_ALIASES 64

// Reads a whole file (at most YAML_MOST_BYTES, UTF-8).  Syntax errors, a
// missing file, a folder, an empty file, more than one document: each is a
// problem in REPORT and *out is NULL.  The document keeps pointing to REPORT.
//
// What a reader can go on from, it goes on from: a key given twice (the first
// one counts), a !tag.  These are errors in REPORT beside STATUS_OK, so look
// at report->errors when everything has been read.
enum status
yaml_read(struct yaml **out, const char *path, struct report *report);

// The same from memory; NAME stands where the file's name would.
enum status
yaml_parse(struct yaml **out, const char *name, const char *text, size_t length,
           struct report *report);

void
yaml_free(struct yaml *yaml); // NULL is fine

const struct yaml_node *
yaml_root(const struct yaml *yaml);

bool
yaml_is_map(const struct yaml_node *node);
bool
yaml_is_list(const struct yaml_node *node);

// A value that is left empty is a scalar with the text "".  An alias is the
// very node it refers to, and is never a circle.
//
// The text of a scalar, NUL-terminated, of the document; NULL for a map, a
// list or a NULL node.
const char *
yaml_text(const struct yaml_node *node);

// Entries of a map or items of a list; 0 for anything else.
size_t
yaml_count(const struct yaml_node *node);

// Item I of a list, or the value of entry I of a map.
const struct yaml_node *
yaml_item(const struct yaml_node *node, size_t i);

// The key of entry I of a map (yaml_text() gives its name).
const struct yaml_node *
yaml_key(const struct yaml_node *map, size_t i);

// The value under KEY, NULL where there is none.
const struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key);

// Where NODE starts: bytes from the beginning of the text, which is behind a
// byte order mark.
size_t
yaml_offset(const struct yaml_node *node);

// The line NODE starts in, from 1.
int
yaml_line(const struct yaml *yaml, const struct yaml_node *node);

// The text of NODE for a message: its first 60 bytes or so, "a map", "a list".
// Use as yaml_brief(node).text.
struct yaml_brief {
    char text[64];
};
struct yaml_brief
yaml_brief(const struct yaml_node *node);

// Reports a problem at NODE; for a map at its first key, for NULL without a
// place.  Control characters in the message are made harmless.
void
yaml_problem(struct yaml *yaml, const struct yaml_node *node,
             enum severity severity, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Reports every key of MAP that is none of the COUNT known ones, with the
// nearest known one.  WHAT names the map in the message ("an exercise").
// False where there was one.
bool
yaml_known_keys(struct yaml *yaml, const struct yaml_node *map,
                const char *what, const char *const *known, size_t count);

// Reports that NODE is none of the COUNT known words: "SAID 'text'; did you
// mean 'roll'?", or which words are expected.  SAID is such as "kind is".
// Returns the nearest known word, NULL where none is near.
const char *
yaml_unknown(struct yaml *yaml, const struct yaml_node *node, const char *said,
             const char *const *known, size_t count);
#endif
