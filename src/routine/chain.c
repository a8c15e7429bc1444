// SPDX-License-Identifier: GPL-3.0-or-later
// Routines one behind the other, read as one.
#include "routine/parts.h"

#include "base/arena.h"
#include "routine/library.h"
#include "routine/shelf.h"
#include <stdio.h>
#include <string.h>

// Whether PATH is being read already: this file, or one that chains it.
static bool
is_open(const struct reader *reader, const char *path)
{
    for (; reader; reader = reader->above) {
        if (strcmp(reader->path, path) == 0) return true;
    }
    return false;
}

static int
depth_of(const struct reader *reader)
{
    int depth = 0;
    for (; reader->above; reader = reader->above) depth++;
    return depth;
}

// A file of the chain, with a shelf of its own beside it.
static bool
read_part(struct reader *above, const char *path, struct parts *part)
{
    struct shelf  shelf  = {.beside = path, .report = above->report};
    struct reader reader = {.arena  = above->arena,
                            .report = above->report,
                            .shelf  = &shelf,
                            .path   = path,
                            .above  = above};
    int           errors = above->report->errors;

    if (yaml_read(&reader.yaml, path, above->report) != STATUS_OK) return false;
    if (!parts_read(&reader, part)) above->no_memory = true;
    shelf_close(&shelf);
    yaml_free(reader.yaml);
    return !above->no_memory && above->report->errors == errors;
}

// ---- putting one behind the other --------------------------------------

static bool
is_done(const struct routine *routine, const char *id)
{
    for (size_t i = 0; i < routine->count; i++) {
        if (strcmp(routine->exercises[i].id, id) == 0) return true;
    }
    return false;
}

// Another id for an exercise that a routine before this one has, too.
static const char *
another_id(struct reader *reader, const struct routine *routine, const char *id)
{
    char name[ROUTINE_LONGEST_NAME + 16];

    for (int n = 2;; n++) {
        snprintf(name, sizeof name, "%s-%d", id, n);
        if (!is_done(routine, name)) break;
    }
    const char *copy = arena_text(reader->arena, name, strlen(name));
    if (!copy) reader->no_memory = true;
    return copy ? copy : "";
}

static void
rename_exercise(struct routine *part, size_t i, const char *to)
{
    const char *from = part->exercises[i].id;

    for (size_t k = 0; k < part->count + part->spares; k++) {
        if (strcmp(part->exercises[k].instead, from) == 0)
            part->exercises[k].instead = to;
    }
    part->exercises[i].id = to;
}

// Whether the COUNT exercises of SPARES, or those done, have one of this id.
static bool
has_spare(const struct routine *whole, const struct exercise *spares,
          size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(spares[i].id, id) == 0) return true;
    }
    return is_done(whole, id);
}

// What has been read of a chain.
struct chain {
    struct routine *whole;
    struct exercise spares[ROUTINE_MOST_EXERCISES];
    size_t          count; // of them
};

// False where there are too many exercises.
static bool
append(struct reader *reader, struct chain *chain, struct routine *part)
{
    struct routine *whole = chain->whole;

    if (whole->count + part->count > ROUTINE_MOST_EXERCISES) return false;
    for (size_t i = 0; i < part->count; i++) {
        const char *id = part->exercises[i].id;
        if (is_done(whole, id))
            rename_exercise(part, i, another_id(reader, whole, id));
    }
    for (size_t i = 0; i < part->count; i++)
        whole->exercises[whole->count++] = part->exercises[i];
    for (size_t i = part->count; i < part->count + part->spares; i++) {
        if (chain->count == ROUTINE_MOST_EXERCISES) return false;
        chain->spares[chain->count++] = part->exercises[i];
    }
    return true;
}

// The spares behind all that are done, each once.
static bool
append_spares(struct chain *chain)
{
    struct routine *whole = chain->whole;

    for (size_t i = 0; i < chain->count; i++) {
        const char *id = chain->spares[i].id;
        if (has_spare(whole, chain->spares, i, id)) continue;
        size_t last = whole->count + whole->spares;
        if (last == ROUTINE_MOST_EXERCISES) return false;
        whole->exercises[last] = chain->spares[i];
        whole->spares++;
    }
    return true;
}

// ---- the key -----------------------------------------------------------

static void
report_too_many(struct reader *reader, const struct yaml_node *node)
{
    yaml_problem(reader->yaml, node, SEVERITY_ERROR,
                 "these routines have more than %d exercises together; chain "
                 "fewer",
                 ROUTINE_MOST_EXERCISES);
}

// The file of the routine that NODE names.
static bool
find_part(struct reader *reader, const struct yaml_node *node,
          char path[PATH_SIZE])
{
    struct diag  diag  = {""};
    const char  *id    = NULL;
    struct field field = {.key = "chain", .read = read_id};

    read_id(reader, &field, node, &id);
    if (!id) return false;
    if (library_find_beside(path, reader->path, id, &diag) != STATUS_OK) {
        yaml_problem(reader->yaml, node, SEVERITY_ERROR, "%s", diag.text);
        return false;
    }
    if (is_open(reader, path)) {
        yaml_problem(reader->yaml, node, SEVERITY_ERROR,
                     "the chain leads back to %s; leave it out", id);
        return false;
    }
    if (depth_of(reader) == ROUTINE_DEEPEST_CHAIN) {
        yaml_problem(reader->yaml, node, SEVERITY_ERROR,
                     "chains within chains go at most %d deep; name the "
                     "routines themselves",
                     ROUTINE_DEEPEST_CHAIN);
        return false;
    }
    return true;
}

static bool
add_part(struct reader *reader, struct chain *chain,
         const struct yaml_node *node)
{
    char         path[PATH_SIZE];
    struct parts part;

    if (!find_part(reader, node, path) || !read_part(reader, path, &part))
        return false;
    if (append(reader, chain, &part.routine)) return true;
    report_too_many(reader, node);
    return false;
}

void
chain_read(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into)
{
    struct parts *parts = into;
    struct chain *chain = reader_alloc(reader, 1, sizeof *chain);
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_CHAIN);
    const struct yaml_node *exercises =
        yaml_get(yaml_root(reader->yaml), "exercises");

    if (!chain || !count) return;
    chain->whole = &parts->routine;
    if (exercises) {
        yaml_problem(reader->yaml, exercises, SEVERITY_ERROR,
                     "a chain has no exercises of its own; put them in a "
                     "routine, and name it in the chain");
        return;
    }
    read_lines(reader, field, value, parts);
    for (size_t i = 0; i < count; i++) {
        // what follows a part that cannot be read is not worth its time
        if (!add_part(reader, chain, yaml_item(value, i))) return;
    }
    if (!append_spares(chain)) report_too_many(reader, value);
}
