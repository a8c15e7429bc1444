// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/routine.h"

#include "base/text.h"
#include "routine/known.h"
#include "routine/rules.h"
#include "routine/shelf.h"
#include <stdlib.h>
#include <string.h>

// More than the limits of a file let through; see YAML_MOST_BYTES.
#define MOST_MEMORY ((size_t)16 << 20)

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct owned {
    struct routine routine; // first: a routine is its owner
    struct arena  *arena;
};

static field_read read_exercises, read_minutes;

static const struct field keys[] = {
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
    {.key   = "minutes",
     .read  = read_minutes,
     .least = 1,
     .most  = ROUTINE_MOST_MINUTES},
    {.key    = "body",
     .read   = read_body,
     .offset = offsetof(struct routine, body)},
    {.key    = "needs",
     .read   = read_lines,
     .offset = offsetof(struct routine, needs),
     .most   = ROUTINE_LONGEST_NAME},
    {.key    = "chain",
     .read   = chain_read,
     .offset = offsetof(struct routine, chain)},
    {.key      = "exercises",
     .read     = read_exercises,
     .required = "exercises: and below it a list of them",
     .unless   = "chain"},
};

const struct field *
routine_fields(size_t *count)
{
    *count = COUNT(keys);
    return keys;
}

static field_read read_one_level;

// In an array of minutes.
static const struct field minutes_keys[] = {
    {.key    = "gentle",
     .read   = read_one_level,
     .offset = LEVEL_GENTLE * sizeof(int),
     .least  = 1,
     .most   = ROUTINE_MOST_MINUTES},
    {.key    = "standard",
     .read   = read_one_level,
     .offset = LEVEL_STANDARD * sizeof(int),
     .least  = 1,
     .most   = ROUTINE_MOST_MINUTES},
    {.key    = "deep",
     .read   = read_one_level,
     .offset = LEVEL_DEEP * sizeof(int),
     .least  = 1,
     .most   = ROUTINE_MOST_MINUTES},
};

const struct field *
minutes_fields(size_t *count)
{
    *count = COUNT(minutes_keys);
    return minutes_keys;
}

static void
read_one_level(struct reader *reader, const struct field *field,
               const struct yaml_node *value, void *into)
{
    struct field count   = *field;
    struct range minutes = {0, 0};

    count.offset = 0;
    read_count_range(reader, &count, value, &minutes);
    if (minutes.low != minutes.high) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is one number, not a range", field->key);
        return;
    }
    memcpy((char *)into + field->offset, &minutes.low, sizeof minutes.low);
}

// One number is that of level standard.
static void
read_minutes(struct reader *reader, const struct field *field,
             const struct yaml_node *value, void *into)
{
    struct routine *routine = into;
    struct field    one     = *field;

    one.offset = LEVEL_STANDARD * sizeof(int);
    if (yaml_is_map(value))
        read_map(reader, value, field->key,
                 "minutes: {gentle: 8, standard: 10, deep: 14}", minutes_keys,
                 COUNT(minutes_keys), routine->minutes);
    else
        read_one_level(reader, &one, value, routine->minutes);
}

static void
read_exercises(struct reader *reader, const struct field *field,
               const struct yaml_node *value, void *into)
{
    struct parts *parts = into;
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_EXERCISES);

    if (parts->routine.count > 0) return; // of the chain, which is reported
    for (size_t i = 0; i < count; i++)
        exercise_read(reader, yaml_item(value, i), &parts->routine.exercises[i],
                      &parts->places[i]);
    parts->routine.count = count;
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
check_name(struct reader *reader, const char *key, const char *id)
{
    char name[256];

    if (!*id || !name_of_file(reader->path, name, sizeof name) ||
        strcmp(name, id) == 0)
        return;
    yaml_problem(reader->yaml, yaml_get(yaml_root(reader->yaml), key),
                 SEVERITY_ERROR,
                 "the file is named %s.yaml; write %s: %s, or rename the "
                 "file to %s.yaml",
                 name, key, name, id);
}

static void
check_id(struct reader *reader, const struct parts *parts, size_t i)
{
    const struct exercise  *exercises = parts->routine.exercises;
    const char             *id        = exercises[i].id;
    const struct yaml_node *own       = parts->places[i].own;

    if (!*id) return;
    for (size_t k = 0; k < i; k++) {
        if (strcmp(exercises[k].id, id) != 0) continue;
        const struct yaml_node *node = yaml_get(own, "id");
        yaml_problem(reader->yaml, node ? node : yaml_get(own, "use"),
                     SEVERITY_ERROR,
                     "exercise %zu is named %s already; give this one another "
                     "id",
                     k + 1, id);
        return;
    }
}

static bool
is_among(const struct lines *lines, const char *text)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (strcmp(lines->text[i], text) == 0) return true;
    }
    return false;
}

static void
check_tool(struct reader *reader, const struct parts *parts, size_t i)
{
    const char             *tool = parts->routine.exercises[i].tool;
    const struct yaml_node *own  = parts->places[i].own;
    const struct yaml_node *node = yaml_get(own, "tool");

    if (!*tool || is_among(&parts->routine.needs, tool)) return;
    yaml_problem(reader->yaml, node ? node : yaml_get(own, "use"),
                 SEVERITY_WARNING,
                 "'%s' is not among the routine's needs; add it there", tool);
}

static void
add_once(struct lines *lines, const char **text, const char *line)
{
    if (!*line || lines->count == ROUTINE_MOST_LINES || is_among(lines, line))
        return;
    text[lines->count++] = line;
}

// What the routine does not say itself follows from its exercises.
static void
derive(struct reader *reader, struct routine *routine)
{
    const char **needs =
        reader_alloc(reader, ROUTINE_MOST_LINES, sizeof *needs);
    const char **body = reader_alloc(reader, ROUTINE_MOST_LINES, sizeof *body);
    struct lines all = {0, body}, tools = {0, needs};

    if (!needs || !body) return;
    for (size_t i = 0; i < routine->count; i++) {
        const struct exercise *e = &routine->exercises[i];
        add_once(&tools, needs, e->tool);
        for (size_t k = 0; k < e->body.count; k++)
            add_once(&all, body, e->body.text[k]);
    }
    if (routine->needs.count == 0) routine->needs = tools;
    if (routine->body.count == 0) routine->body = all;
}

// What only the whole file can tell.
static void
check_exercises(struct reader *reader, struct parts *parts)
{
    for (size_t i = 0; i < parts->routine.count; i++) {
        check_id(reader, parts, i);
        check_tool(reader, parts, i);
    }
    stand_ins_find(reader, parts);
}

bool
parts_read(struct reader *reader, struct parts *parts)
{
    const struct yaml_node *root = yaml_root(reader->yaml);

    *parts = (struct parts){.routine = {.id = "", .title = "", .about = ""}};
    parts->routine.exercises = reader_alloc(reader, ROUTINE_MOST_EXERCISES,
                                            sizeof *parts->routine.exercises);
    parts->places =
        reader_alloc(reader, ROUTINE_MOST_EXERCISES, sizeof *parts->places);
    if (reader->no_memory) return false;
    if (exercise_is_file(reader->yaml)) {
        exercise_read_document(reader, &parts->routine.exercises[0],
                               &parts->places[0]);
        parts->routine.count = 1;
        parts->routine.id    = parts->routine.exercises[0].id;
        parts->routine.title = parts->routine.exercises[0].title;
        check_name(reader, "exercise", parts->routine.id);
    } else {
        read_map(reader, root, "a routine",
                 "routine: upper-back, and title and exercises in the lines "
                 "below it",
                 keys, COUNT(keys), parts);
        check_name(reader, "routine", parts->routine.id);
    }
    derive(reader, &parts->routine);
    if (parts->routine.chain.count == 0) check_exercises(reader, parts);
    return !reader->no_memory;
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
    return owned;
}

static void
owned_free(struct owned *owned)
{
    arena_free(owned->arena);
    free(owned);
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
              const struct lint *lint, struct report *report, int errors)
{
    struct owned *owned = new_routine();
    struct shelf  shelf = {.beside = name, .report = report};
    struct parts  parts;

    if (!owned) return no_memory(name, report);
    struct reader reader = {.yaml   = yaml,
                            .arena  = owned->arena,
                            .report = report,
                            .shelf  = &shelf,
                            .path   = name};
    bool          read   = parts_read(&reader, &parts);
    if (read && lint && report->errors == errors)
        rules_apply(&reader, &parts, lint);
    shelf_close(&shelf);
    if (read && report->errors == errors) {
        owned->routine = parts.routine;
        *out           = (struct routine *)owned;
        return STATUS_OK;
    }
    owned_free(owned);
    return read ? STATUS_BAD_INPUT : no_memory(name, report);
}

enum status
routine_parse(struct routine **out, const char *name, const char *text,
              size_t length, struct report *report)
{
    struct yaml *yaml   = NULL;
    int          errors = report->errors;

    *out           = NULL;
    enum status st = yaml_parse(&yaml, name, text, length, report);
    if (st == STATUS_OK)
        st = read_document(out, name, yaml, NULL, report, errors);
    yaml_free(yaml);
    return st;
}

enum status
routine_lint(struct routine **out, const char *path, const struct lint *lint,
             struct report *report)
{
    struct yaml *yaml   = NULL;
    int          errors = report->errors;

    *out           = NULL;
    enum status st = yaml_read(&yaml, path, report);
    if (st == STATUS_OK)
        st = read_document(out, path, yaml, lint, report, errors);
    yaml_free(yaml);
    return st;
}

enum status
routine_read(struct routine **out, const char *path, struct report *report)
{
    return routine_lint(out, path, NULL, report);
}

const struct exercise *
routine_exercise(const struct routine *routine, const char *id)
{
    for (size_t i = 0; i < routine->count + routine->spares; i++) {
        if (strcmp(routine->exercises[i].id, id) == 0)
            return &routine->exercises[i];
    }
    return NULL;
}

void
routine_free(struct routine *routine)
{
    if (!routine) return;
    owned_free((struct owned *)routine);
}
