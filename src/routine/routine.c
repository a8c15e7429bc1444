// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/routine.h"

#include "base/text.h"
#include "routine/exercise.h"
#include <stdlib.h>
#include <string.h>

// More than the limits of a file let through; see YAML_MOST_BYTES.
#define MOST_MEMORY ((size_t)16 << 20)

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct owned {
    struct routine routine; // first: a routine is its owner
    struct arena  *arena;
};

static field_read read_exercises;

static const struct field fields[] = {
    {.key      = "routine",
     .read     = read_id,
     .offset   = offsetof(struct routine, id),
     .required = "routine: upper-back"},
    {.key      = "title",
     .read     = read_text,
     .offset   = offsetof(struct routine, title),
     .most     = ROUTINE_LONGEST_NAME,
     .required = "title: Upper back release"},
    {.key    = "about",
     .read   = read_text,
     .offset = offsetof(struct routine, about)},
    {.key    = "needs",
     .read   = read_lines,
     .offset = offsetof(struct routine, needs),
     .most   = ROUTINE_LONGEST_NAME},
    {.key      = "exercises",
     .read     = read_exercises,
     .required = "exercises: and below it a list of them"},
};

static void
read_exercises(struct reader *reader, const struct field *field,
               const struct yaml_node *value, void *into)
{
    struct routine *routine = into;
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_EXERCISES);

    routine->exercises =
        reader_alloc(reader, count, sizeof *routine->exercises);
    if (!routine->exercises) return;
    for (size_t i = 0; i < count; i++)
        exercise_read(reader, yaml_item(value, i), &routine->exercises[i]);
    routine->count = count;
}

// The file's name without folder and ".yaml"; false where it has another end.
static bool
name_of_file(const char *path, char *to, size_t size)
{
    const char *slash  = strrchr(path, '/');
    const char *name   = slash ? slash + 1 : path;
    size_t      length = strlen(name);

    if (length <= 5 || strcmp(name + length - 5, ".yaml") != 0) return false;
    text_copy(to, size, name);
    if (length - 5 < size) to[length - 5] = '\0';
    return true;
}

static void
check_name(struct reader *reader, const struct routine *routine,
           const char *path)
{
    char name[256];

    if (!*routine->id || !name_of_file(path, name, sizeof name) ||
        strcmp(name, routine->id) == 0)
        return;
    yaml_problem(reader->yaml, yaml_get(yaml_root(reader->yaml), "routine"),
                 SEVERITY_ERROR,
                 "the file is named %s.yaml; write routine: %s, or rename the "
                 "file to %s.yaml",
                 name, name, routine->id);
}

static const struct exercise *
find_exercise(const struct routine *routine, const char *id, size_t before)
{
    for (size_t i = 0; i < before; i++) {
        if (strcmp(routine->exercises[i].id, id) == 0)
            return &routine->exercises[i];
    }
    return NULL;
}

static void
check_id(struct reader *reader, const struct routine *routine, size_t i,
         const struct yaml_node *node)
{
    const char *id = routine->exercises[i].id;

    if (!*id) return;
    const struct exercise *same = find_exercise(routine, id, i);
    if (!same) return;
    yaml_problem(reader->yaml, yaml_get(node, "id"), SEVERITY_ERROR,
                 "exercise %d is named %s already; give this one another id",
                 (int)(same - routine->exercises) + 1, id);
}

static void
check_instead(struct reader *reader, const struct routine *routine, size_t i,
              const struct yaml_node *node)
{
    const char             *known[ROUTINE_MOST_EXERCISES];
    size_t                  others  = 0;
    const struct exercise  *e       = &routine->exercises[i];
    const struct yaml_node *instead = yaml_get(node, "instead");

    if (!*e->instead) return;
    for (size_t k = 0; k < routine->count; k++) {
        const char *id = routine->exercises[k].id;
        if (k == i || !*id) continue;
        if (strcmp(id, e->instead) == 0) return;
        known[others++] = id;
    }
    if (others == 0 || strcmp(e->id, e->instead) == 0) {
        yaml_problem(reader->yaml, instead, SEVERITY_ERROR,
                     "instead must be the id of another exercise of this "
                     "file; delete it if there is none");
    } else {
        yaml_unknown(reader->yaml, instead, "instead names no exercise:", known,
                     others);
    }
}

static void
check_tool(struct reader *reader, const struct routine *routine, size_t i,
           const struct yaml_node *node)
{
    const char         *tool  = routine->exercises[i].tool;
    const struct lines *needs = &routine->needs;

    if (!*tool) return;
    for (size_t k = 0; k < needs->count; k++) {
        if (strcmp(needs->text[k], tool) == 0) return;
    }
    yaml_problem(reader->yaml, yaml_get(node, "tool"), SEVERITY_WARNING,
                 "'%s' is not among the routine's needs; add it there",
                 yaml_brief(yaml_get(node, "tool")).text);
}

// What only the whole file can tell.
static void
check_exercises(struct reader *reader, const struct routine *routine)
{
    const struct yaml_node *list =
        yaml_get(yaml_root(reader->yaml), "exercises");

    for (size_t i = 0; i < routine->count; i++) {
        const struct yaml_node *node = yaml_item(list, i);
        check_id(reader, routine, i, node);
        check_tool(reader, routine, i, node);
        check_instead(reader, routine, i, node);
    }
}

static struct owned *
new_routine(void)
{
    struct owned *owned = calloc(1, sizeof *owned);

    if (!owned) return NULL;
    owned->arena = arena_new(MOST_MEMORY);
    if (!owned->arena) {
        free(owned);
        return NULL;
    }
    owned->routine.id    = "";
    owned->routine.title = "";
    owned->routine.about = "";
    return owned;
}

static enum status
no_memory(const char *name, struct report *report)
{
    struct place place = {.file = name};
    report_add(report, SEVERITY_ERROR, &place, "out of memory");
    return STATUS_NO_MEMORY;
}

// ERRORS is how many the report held before this file.
static enum status
read_document(struct routine **out, const char *name, struct yaml *yaml,
              struct report *report, int errors)
{
    struct owned *owned = new_routine();

    if (!owned) return no_memory(name, report);
    struct reader reader = {.yaml = yaml, .arena = owned->arena};
    read_map(&reader, yaml_root(yaml), "a routine",
             "routine: upper-back, and title and exercises in the lines below "
             "it",
             fields, COUNT(fields), &owned->routine);
    check_name(&reader, &owned->routine, name);
    check_exercises(&reader, &owned->routine);
    if (!reader.no_memory && report->errors == errors) {
        *out = &owned->routine;
        return STATUS_OK;
    }
    routine_free(&owned->routine);
    return reader.no_memory ? no_memory(name, report) : STATUS_BAD_INPUT;
}

enum status
routine_parse(struct routine **out, const char *name, const char *text,
              size_t length, struct report *report)
{
    struct yaml *yaml   = NULL;
    int          errors = report->errors;

    *out           = NULL;
    enum status st = yaml_parse(&yaml, name, text, length, report);
    if (st == STATUS_OK) st = read_document(out, name, yaml, report, errors);
    yaml_free(yaml);
    return st;
}

enum status
routine_read(struct routine **out, const char *path, struct report *report)
{
    struct yaml *yaml   = NULL;
    int          errors = report->errors;

    *out           = NULL;
    enum status st = yaml_read(&yaml, path, report);
    if (st == STATUS_OK) st = read_document(out, path, yaml, report, errors);
    yaml_free(yaml);
    return st;
}

void
routine_free(struct routine *routine)
{
    if (!routine) return;
    struct owned *owned = (struct owned *)routine;
    arena_free(owned->arena);
    free(owned);
}
