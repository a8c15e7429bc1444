// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of an exercise that know when they are spoken: variations by set,
// cautions, and answers.
#include "routine/exercise.h"

#include "routine/answers.h"
#include <limits.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static field_read read_when;

static const struct field vary_keys[] = {
    {.key = "when", .read = read_when, .required = "when: set 2.."},
    {.key      = "say",
     .read     = read_text,
     .offset   = offsetof(struct vary, say),
     .required = "say: A little deeper now."},
};

static const struct field caution_keys[] = {
    {.key = "say", .read = read_text, .offset = offsetof(struct caution, say)},
    {.key    = "stop_if",
     .read   = read_text,
     .offset = offsetof(struct caution, stop_if)},
};

const struct field *
vary_fields(size_t *count)
{
    *count = COUNT(vary_keys);
    return vary_keys;
}

const struct field *
caution_fields(size_t *count)
{
    *count = COUNT(caution_keys);
    return caution_keys;
}

// The one or two digits at *at, and *at behind them; 0 where there are none.
static int
read_set(const char **at)
{
    int number = 0;
    for (int i = 0; i < 2 && **at >= '0' && **at <= '9'; i++, (*at)++)
        number = number * 10 + (**at - '0');
    return number;
}

// "set 2", "set 2..", "set 2..3", "last set".
static bool
parse_when(struct vary *vary, const char *text)
{
    if (strcmp(text, "last set") == 0) {
        vary->last_set = true;
        return true;
    }
    if (strncmp(text, "set ", 4) != 0) return false;
    text += 4;
    vary->first = vary->last = read_set(&text);
    if (strncmp(text, "..", 2) == 0) {
        text += 2;
        vary->last = *text ? read_set(&text) : INT_MAX;
    }
    return *text == '\0' && vary->first > 0 && vary->last >= vary->first;
}

static void
read_when(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    struct vary *vary = into;
    const char  *text =
        reader_line(reader, field->key, value, ROUTINE_LONGEST_NAME);

    if (!text || parse_when(vary, text)) return;
    *vary = (struct vary){.say = vary->say};
    yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                 "%s is '%s'; write set 2, set 2.., set 2..3 or last set",
                 field->key, yaml_brief(value).text);
}

void
read_varies(struct reader *reader, const struct field *field,
            const struct yaml_node *value, void *into)
{
    struct exercise *exercise = into;
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_LINES);

    exercise->vary = reader_alloc(reader, count, sizeof *exercise->vary);
    if (!exercise->vary) return;
    for (size_t i = 0; i < count; i++) {
        exercise->vary[i].say = "";
        read_map(reader, yaml_item(value, i), "a variation",
                 "{when: set 2.., say: A little deeper now.}", vary_keys,
                 COUNT(vary_keys), &exercise->vary[i]);
    }
    exercise->varies = count;
}

void
varies_check(struct reader *reader, const struct yaml_node *node,
             const struct exercise *exercise)
{
    const struct yaml_node *list = yaml_get(node, "vary");

    for (size_t i = 0; list && i < exercise->varies; i++) {
        int first = exercise->vary[i].first;
        if (first <= exercise->sets.high) continue;
        yaml_problem(reader->yaml, yaml_get(yaml_item(list, i), "when"),
                     SEVERITY_WARNING,
                     "set %d never comes; there are at most %d sets", first,
                     exercise->sets.high);
    }
}

static void
read_caution(struct reader *reader, const struct yaml_node *node,
             struct caution *caution)
{
    *caution = (struct caution){.say = "", .stop_if = ""};
    if (yaml_text(node)) {
        const char *say =
            reader_line(reader, "a caution", node, ROUTINE_LONGEST_LINE);
        if (say) caution->say = say;
        return;
    }
    read_map(reader, node, "a caution", "{stop_if: you feel a sharp pain}",
             caution_keys, COUNT(caution_keys), caution);
}

void
read_cautions(struct reader *reader, const struct field *field,
              const struct yaml_node *value, void *into)
{
    struct exercise *exercise = into;
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_LINES);

    exercise->caution = reader_alloc(reader, count, sizeof *exercise->caution);
    if (!exercise->caution) return;
    for (size_t i = 0; i < count; i++)
        read_caution(reader, yaml_item(value, i), &exercise->caution[i]);
    exercise->cautions = count;
}

// What the exercise file answers stays, where the routine has no other answer.
static void
add_reply(struct reader *reader, struct exercise *exercise, const char *key,
          const struct yaml_node *value)
{
    const char *say = reader_line(reader, key, value, ROUTINE_LONGEST_LINE);

    if (!say) return;
    for (size_t i = 0; i < exercise->replies; i++) {
        if (strcmp(exercise->reply[i].key, key) != 0) continue;
        exercise->reply[i].say = say;
        return;
    }
    exercise->reply[exercise->replies++] = (struct reply){key, say};
}

void
read_replies(struct reader *reader, const struct field *field,
             const struct yaml_node *value, void *into)
{
    struct exercise *exercise = into;

    if (!yaml_is_map(value)) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s must be keys with values; write for example "
                     "{when: Best after a warm shower.}",
                     field->key);
        return;
    }
    if (!exercise->reply)
        exercise->reply =
            reader_alloc(reader, ANSWER_COUNT, sizeof *exercise->reply);
    if (!exercise->reply) return;
    yaml_known_keys(reader->yaml, value, field->key, answer_keys, ANSWER_COUNT);
    for (size_t i = 0; i < ANSWER_COUNT; i++) {
        const struct yaml_node *say = yaml_get(value, answer_keys[i]);
        if (say) add_reply(reader, exercise, answer_keys[i], say);
    }
}
