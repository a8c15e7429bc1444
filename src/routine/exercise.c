// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/exercise.h"

#include "routine/dose.h"
#include "routine/known.h"
#include "routine/shelf.h"
#include <string.h>

#define SIDES_PAUSE   8000 // ms, where `change` is not given
#define SETS_PAUSE    30000
#define READY_DEFAULT 15000
#define NOT_GIVEN     (-1)

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define AT(member)   offsetof(struct exercise, member)

static const char *const kinds[]  = {"roll", "hold", "free"}; // enum work_kind
static const char *const sides[]  = {"both", "each", "left", "right"};
static const char *const firsts[] = {"left", "right", "ask"}; // enum first
_Static_assert(sizeof(enum work_kind) == sizeof(unsigned), "read_choice()");
_Static_assert(sizeof(enum first) == sizeof(unsigned), "read_choice()");
_Static_assert(sizeof(enum sides) == sizeof(unsigned), "read_choice()");

static const char rest_example[] = "rest: {time: 30s, stretch: Reach forward.}";
static const char work_example[] = "work: {kind: roll, time: 30-40s}";

static field_read read_pace, read_work, read_rest, read_ready, read_gates;
static field_read skip_use;

static const struct field work_keys[] = {
    {.key      = "kind",
     .read     = read_choice,
     .offset   = AT(kind),
     .required = "kind: roll",
     .words    = kinds,
     .choices  = COUNT(kinds)},
    {.key      = "time",
     .read     = read_time_range,
     .offset   = AT(time),
     .least    = ROUTINE_SHORTEST_WORK,
     .most     = ROUTINE_LONGEST_WORK,
     .required = "time: 30-40s"},
    {.key = "pace", .read = read_pace, .offset = AT(pace)},
};

static const struct field rest_keys[] = {
    {.key    = "time",
     .read   = read_time,
     .offset = AT(rest),
     .most   = ROUTINE_LONGEST_PAUSE},
    {.key = "stretch", .read = read_text_or_lines, .offset = AT(stretch)},
    {.key = "last", .read = read_flag, .offset = AT(rest_after_last)},
};

// An exercise of a routine has all but the first, an exercise file all but the
// two behind it.
static const struct field keys[] = {
    {.key      = "exercise",
     .read     = read_id,
     .offset   = AT(id),
     .required = "exercise: trapezius"},
    {.key = "use", .read = skip_use},
    {.key      = "id",
     .read     = read_id,
     .offset   = AT(id),
     .required = "id: trapezius"},
    {.key      = "title",
     .read     = read_text,
     .offset   = AT(title),
     .most     = ROUTINE_LONGEST_NAME,
     .required = "title: Trapezius"},
    {.key    = "tool",
     .read   = read_text,
     .offset = AT(tool),
     .most   = ROUTINE_LONGEST_NAME},
    {.key    = "muscles",
     .read   = read_lines,
     .offset = AT(muscles),
     .most   = ROUTINE_LONGEST_NAME},
    {.key = "body", .read = read_body, .offset = AT(body)},
    {.key = "why", .read = read_text, .offset = AT(why)},
    {.key = "feel", .read = read_text, .offset = AT(feel)},
    {.key = "avoid", .read = read_text, .offset = AT(avoid)},
    {.key = "how_often", .read = read_text, .offset = AT(how_often)},
    {.key = "answers", .read = read_replies},
    {.key = "gates", .read = read_gates, .offset = AT(gates)},
    {.key = "instead", .read = read_id, .offset = AT(instead)},
    {.key = "cautions", .read = read_cautions},
    {.key = "brief", .read = read_text, .offset = AT(brief)},
    {.key = "setup", .read = read_lines, .offset = AT(setup)},
    {.key = "ready", .read = read_ready, .most = ROUTINE_LONGEST_PAUSE},
    {.key    = "lead_in",
     .read   = read_time,
     .offset = AT(lead_in),
     .most   = ROUTINE_LONGEST_PAUSE},
    {.key = "work", .read = read_work, .required = work_example},
    {.key    = "sets",
     .read   = read_count_range,
     .offset = AT(sets),
     .least  = 1,
     .most   = ROUTINE_MOST_SETS},
    {.key     = "sides",
     .read    = read_choice,
     .offset  = AT(sides),
     .words   = sides,
     .choices = COUNT(sides)},
    {.key     = "first",
     .read    = read_choice,
     .offset  = AT(first),
     .words   = firsts,
     .choices = COUNT(firsts)},
    {.key    = "change",
     .read   = read_time,
     .offset = AT(change),
     .most   = ROUTINE_LONGEST_PAUSE},
    {.key = "rest", .read = read_rest},
    {.key = "cues", .read = read_lines, .offset = AT(cues)},
    {.key = "vary", .read = read_varies},
};

const struct field *
exercise_fields(size_t *count)
{
    *count = COUNT(keys);
    return keys;
}

const struct field *
exercise_work_fields(size_t *count)
{
    *count = COUNT(work_keys);
    return work_keys;
}

const struct field *
exercise_rest_fields(size_t *count)
{
    *count = COUNT(rest_keys);
    return rest_keys;
}

static void
read_pace(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    struct exercise  *exercise = into;
    struct dose_error error;
    const char       *text =
        reader_line(reader, field->key, value, ROUTINE_LONGEST_NAME);

    if (text && !dose_pace(&exercise->pace, text, &error)) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR, "%s %s", field->key,
                     error.text);
    }
}

static void
read_work(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    const struct exercise  *exercise = into;
    const struct yaml_node *pace     = yaml_get(value, "pace");

    if (!read_map(reader, value, field->key, work_example, work_keys,
                  COUNT(work_keys), into))
        return;
    if (pace && exercise->kind == WORK_HOLD) {
        yaml_problem(reader->yaml, pace, SEVERITY_ERROR,
                     "a hold has no pace; delete it, or write kind: roll");
    }
}

static void
read_rest(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    read_map(reader, value, field->key, rest_example, rest_keys,
             COUNT(rest_keys), into);
}

static void
read_ready(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into)
{
    struct exercise *exercise = into;
    const char      *text     = yaml_text(value);
    struct field     time     = *field;

    exercise->ready_waits = text && strcmp(text, "wait") == 0;
    if (exercise->ready_waits) return;
    if (text && *text && (*text < '0' || *text > '9')) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is no time; write for example 15s, or wait",
                     field->key);
        return;
    }
    time.offset = AT(ready);
    read_time(reader, &time, value, exercise);
}

// Gates are kept as their ids, however they were written.
static void
read_gates(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into)
{
    struct exercise *exercise = into;
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_LINES);
    const char **text = reader_alloc(reader, count, sizeof *text);

    if (!text) return;
    exercise->gates = (struct lines){0, text};
    exercise->gated = 0;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = yaml_item(value, i);
        enum gate               gate;
        const char             *name =
            reader_line(reader, field->key, item, ROUTINE_LONGEST_NAME);
        if (!name) continue;
        if (!gate_find(&gate, name)) {
            yaml_unknown(reader->yaml, item, "there is no gate", gate_ids,
                         GATE_COUNT);
            continue;
        }
        text[exercise->gates.count++] = gate_ids[gate];
        exercise->gated |= 1u << gate;
    }
}

// The file it names has been read before.
static void
skip_use(struct reader *reader, const struct field *field,
         const struct yaml_node *value, void *into)
{
    (void)reader;
    (void)field;
    (void)value;
    (void)into;
}

static void
set_defaults(struct exercise *exercise)
{
    *exercise = (struct exercise){
        .id        = "",
        .known_as  = "",
        .title     = "",
        .tool      = "",
        .why       = "",
        .brief     = "",
        .feel      = "",
        .avoid     = "",
        .how_often = "",
        .instead   = "",
        .ready     = READY_DEFAULT,
        .time      = {30000, 30000},
        .sets      = {3, 3},
        .change    = NOT_GIVEN,
        .rest      = NOT_GIVEN,
    };
}

// The defaults that depend on other fields.
static void
settle(struct exercise *exercise)
{
    bool rests = exercise->sets.high > 1 || exercise->rest_after_last;
    bool turns = exercise->sides == SIDES_EACH;

    if (!*exercise->known_as) exercise->known_as = exercise->id;
    if (exercise->kind == WORK_HOLD) exercise->pace = 0;
    if (exercise->rest == NOT_GIVEN) exercise->rest = rests ? SETS_PAUSE : 0;
    if (exercise->change == NOT_GIVEN)
        exercise->change = turns ? SIDES_PAUSE : 0;
}

// What is right by itself but does nothing here.
static void
warn_of_idle_keys(struct reader *reader, const struct yaml_node *node,
                  const struct exercise *exercise)
{
    const struct yaml_node *change = yaml_get(node, "change");
    const struct yaml_node *first  = yaml_get(node, "first");
    const struct yaml_node *rest   = yaml_get(node, "rest");

    if (change && exercise->sides != SIDES_EACH) {
        yaml_problem(reader->yaml, change, SEVERITY_WARNING,
                     "there is nothing to change to; write sides: each where "
                     "each side has its own turn");
    }
    if (first && exercise->sides != SIDES_EACH) {
        yaml_problem(reader->yaml, first, SEVERITY_WARNING,
                     "no side comes first; write sides: each where each side "
                     "has its own turn");
    }
    if (rest && exercise->sets.high == 1 && !exercise->rest_after_last) {
        yaml_problem(reader->yaml, rest, SEVERITY_WARNING,
                     "there is no rest after a single set; write last: true "
                     "in it to have one");
    }
}

bool
exercise_is_file(const struct yaml *yaml)
{
    const struct yaml_node *root = yaml_root(yaml);

    return yaml_text(yaml_get(root, "exercise")) && !yaml_get(root, "routine");
}

// The keys of an exercise file: the first, and those behind the two others.
static void
read_file_keys(struct reader *reader, const struct yaml_node *root,
               struct exercise *exercise)
{
    struct field file[COUNT(keys) - 2];

    file[0] = keys[0];
    memcpy(file + 1, keys + 3, sizeof file - sizeof file[0]);
    read_map(reader, root, "an exercise file",
             "exercise: trapezius, and title and work in the lines below it",
             file, COUNT(file), exercise);
}

void
exercise_read_document(struct reader *reader, struct exercise *exercise,
                       struct exercise_place *place)
{
    const struct yaml_node *root = yaml_root(reader->yaml);

    set_defaults(exercise);
    *place = (struct exercise_place){.yaml = reader->yaml, .own = root};
    read_file_keys(reader, root, exercise);
    settle(exercise);
    warn_of_idle_keys(reader, root, exercise);
    varies_check(reader, root, exercise);
}

// Reads the exercise file ID as what the keys of the routine then change.
static bool
read_base(struct reader *reader, const char *id, struct exercise *exercise,
          struct exercise_place *place, bool *missing)
{
    struct yaml *own = reader->yaml;

    if (!shelf_open(reader->shelf, id, &place->base_yaml, missing))
        return false;
    place->base  = yaml_root(place->base_yaml);
    reader->yaml = place->base_yaml;
    read_file_keys(reader, place->base, exercise);
    if (*exercise->id && strcmp(exercise->id, id) != 0) {
        yaml_problem(reader->yaml, yaml_get(place->base, "exercise"),
                     SEVERITY_ERROR, "the file is named %s.yaml; write %s here",
                     id, id);
    }
    reader->yaml       = own;
    exercise->known_as = exercise->id;
    return true;
}

bool
exercise_read_file(struct reader *reader, const char *id,
                   struct exercise *exercise, struct exercise_place *place)
{
    bool missing;

    set_defaults(exercise);
    *place    = (struct exercise_place){.yaml = reader->yaml};
    bool read = read_base(reader, id, exercise, place, &missing);
    settle(exercise);
    return read || !missing;
}

static void
unknown_use(struct reader *reader, const struct yaml_node *use)
{
    const char *ids[256];
    size_t      count = shelf_ids(reader->shelf, ids, COUNT(ids));

    if (count > 0) {
        yaml_unknown(reader->yaml, use, "there is no exercise file", ids,
                     count);
        return;
    }
    yaml_problem(reader->yaml, use, SEVERITY_ERROR,
                 "there is no exercise file %s.yaml: no folder 'exercises' "
                 "beside this file, and none that came with rollcall",
                 yaml_brief(use).text);
}

// False where the exercise cannot be known without what was to be used.
static bool
read_use(struct reader *reader, const struct yaml_node *use,
         struct exercise *exercise, struct exercise_place *place)
{
    struct field id      = {.key = "use", .read = read_id, .offset = AT(id)};
    bool         missing = false;

    if (!use) return true;
    read_id(reader, &id, use, exercise);
    if (!*exercise->id) return false;
    if (read_base(reader, exercise->id, exercise, place, &missing)) return true;
    if (missing) unknown_use(reader, use);
    return false;
}

void
exercise_read(struct reader *reader, const struct yaml_node *node,
              struct exercise *exercise, struct exercise_place *place)
{
    const struct yaml_node *use = yaml_get(node, "use");

    set_defaults(exercise);
    *place     = (struct exercise_place){.yaml = reader->yaml, .own = node};
    bool known = read_use(reader, use, exercise, place);
    reader->partial = use != NULL;
    bool read       = read_map(reader, node, "an exercise",
                               "- id: trapezius, and title and work in the "
                                     "lines below it",
                               keys + 1, COUNT(keys) - 1, exercise);
    reader->partial = false;
    settle(exercise);
    if (!read || !known) return;
    warn_of_idle_keys(reader, node, exercise);
    varies_check(reader, node, exercise);
}

const struct yaml_node *
exercise_value(const struct exercise_place *place, const char *key,
               struct yaml **yaml)
{
    const struct yaml_node *value = yaml_get(place->own, key);

    *yaml = place->yaml;
    if (value || !place->base) return value;
    *yaml = place->base_yaml;
    return yaml_get(place->base, key);
}
