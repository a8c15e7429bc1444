// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/exercise.h"

#include "routine/dose.h"
#include <string.h>

#define SIDES_PAUSE   8000 // ms, where `change` is not given
#define SETS_PAUSE    30000
#define READY_DEFAULT 15000
#define NOT_GIVEN     (-1)

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define AT(member)   offsetof(struct exercise, member)

static const char *const kinds[] = {"roll", "hold", "free"}; // enum work_kind
static const char *const sides[] = {"both", "each"};         // enum sides
_Static_assert(sizeof(enum work_kind) == sizeof(unsigned), "read_choice()");
_Static_assert(sizeof(enum sides) == sizeof(unsigned), "read_choice()");

static const char rest_example[] = "rest: {time: 30s, stretch: Reach forward.}";
static const char work_example[] = "work: {kind: roll, time: 30-40s}";

static field_read read_pace, read_work, read_rest, read_ready;

static const struct field work_fields[] = {
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

static const struct field rest_fields[] = {
    {.key    = "time",
     .read   = read_time,
     .offset = AT(rest),
     .most   = ROUTINE_LONGEST_PAUSE},
    {.key = "stretch", .read = read_text_or_lines, .offset = AT(stretch)},
    {.key = "last", .read = read_flag, .offset = AT(rest_after_last)},
};

static const struct field fields[] = {
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
    {.key = "why", .read = read_text, .offset = AT(why)},
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
    {.key    = "change",
     .read   = read_time,
     .offset = AT(change),
     .most   = ROUTINE_LONGEST_PAUSE},
    {.key = "rest", .read = read_rest},
    {.key = "cues", .read = read_lines, .offset = AT(cues)},
    {.key = "vary", .read = read_varies},
    {.key = "cautions", .read = read_cautions},
    {.key    = "gates",
     .read   = read_lines,
     .offset = AT(gates),
     .most   = ROUTINE_LONGEST_NAME},
    {.key = "instead", .read = read_id, .offset = AT(instead)},
};

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

    if (!read_map(reader, value, field->key, work_example, work_fields,
                  COUNT(work_fields), into))
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
    read_map(reader, value, field->key, rest_example, rest_fields,
             COUNT(rest_fields), into);
}

static void
read_ready(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into)
{
    struct exercise *exercise = into;
    const char      *text     = yaml_text(value);
    struct field     time     = *field;

    if (text && strcmp(text, "wait") == 0) {
        exercise->ready_waits = true;
        return;
    }
    if (text && *text && (*text < '0' || *text > '9')) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is no time; write for example 15s, or wait",
                     field->key);
        return;
    }
    time.offset = AT(ready);
    read_time(reader, &time, value, exercise);
}

static void
set_defaults(struct exercise *exercise)
{
    exercise->id      = "";
    exercise->title   = "";
    exercise->tool    = "";
    exercise->why     = "";
    exercise->instead = "";
    exercise->ready   = READY_DEFAULT;
    exercise->time    = (struct range){30000, 30000};
    exercise->sets    = (struct range){3, 3};
    exercise->change  = NOT_GIVEN;
    exercise->rest    = NOT_GIVEN;
}

// The defaults that depend on other fields.
static void
settle(struct exercise *exercise)
{
    bool rests = exercise->sets.high > 1 || exercise->rest_after_last;
    bool turns = exercise->sides == SIDES_EACH;

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
    const struct yaml_node *rest   = yaml_get(node, "rest");

    if (change && exercise->sides == SIDES_BOTH) {
        yaml_problem(reader->yaml, change, SEVERITY_WARNING,
                     "there is nothing to change to; write sides: each where "
                     "each side has its own turn");
    }
    if (rest && exercise->sets.high == 1 && !exercise->rest_after_last) {
        yaml_problem(reader->yaml, rest, SEVERITY_WARNING,
                     "there is no rest after a single set; write last: true "
                     "in it to have one");
    }
}

void
exercise_read(struct reader *reader, const struct yaml_node *node,
              struct exercise *exercise)
{
    set_defaults(exercise);
    if (!read_map(reader, node, "an exercise",
                  "- id: trapezius, and title and work in the lines below it",
                  fields, COUNT(fields), exercise))
        return;
    settle(exercise);
    warn_of_idle_keys(reader, node, exercise);
    varies_check(reader, node, exercise);
}
