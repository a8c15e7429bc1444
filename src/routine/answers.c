// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/answers.h"

#include "base/arena.h"
#include "yaml/yaml.h"
#include <stdlib.h>
#include <string.h>

#define LONGEST     400
#define ARENA_LIMIT (1 << 20)

struct answers {
    struct arena *arena;
    const char   *text[ANSWER_COUNT];
};

const char *const answer_keys[ANSWER_COUNT] = {
#define X(id, key) #key,
    ANSWERS(X)
#undef X
};

static const char *const names[] = {"muscles", "title", "tool"};

#define NAMES (sizeof names / sizeof *names)

static void
check_names(struct yaml *yaml, const struct yaml_node *node, const char *text)
{
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        size_t length = strcspn(at + 1, "}");
        bool   known  = false;
        for (size_t i = 0; i < NAMES; i++) {
            known |= strlen(names[i]) == length &&
                     memcmp(names[i], at + 1, length) == 0;
        }
        if (known) continue;
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "an answer has no value {%.*s}; it may hold {muscles}, "
                     "{title} and {tool}",
                     (int)length, at + 1);
    }
}

static void
read_answer(struct answers *answers, struct yaml *yaml, int which)
{
    const struct yaml_node *root = yaml_root(yaml);
    const char             *key  = answer_keys[which];
    const struct yaml_node *node = yaml_get(root, key);
    const char             *text = yaml_text(node);

    if (!node) {
        yaml_problem(yaml, root, SEVERITY_ERROR, "the answer '%s' is missing",
                     key);
    } else if (!text || !*text || strlen(text) > LONGEST) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "'%s' must be a text of at most %d characters", key,
                     LONGEST);
    } else {
        check_names(yaml, node, text);
        answers->text[which] = arena_text(answers->arena, text, strlen(text));
    }
}

static enum status
read_all(struct answers *answers, struct yaml *yaml, struct report *report)
{
    int before = report->errors;

    if (!yaml_is_map(yaml_root(yaml))) {
        yaml_problem(yaml, yaml_root(yaml), SEVERITY_ERROR,
                     "expected lines of the form 'key: answer'");
        return STATUS_BAD_INPUT;
    }
    yaml_known_keys(yaml, yaml_root(yaml), "answers.yaml", answer_keys,
                    ANSWER_COUNT);
    for (int i = 0; i < ANSWER_COUNT; i++) read_answer(answers, yaml, i);
    if (report->errors > before) return STATUS_BAD_INPUT;
    for (int i = 0; i < ANSWER_COUNT; i++) {
        if (!answers->text[i]) return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

static struct answers *
answers_new(void)
{
    struct answers *answers = calloc(1, sizeof *answers);

    if (answers) answers->arena = arena_new(ARENA_LIMIT);
    return answers;
}

enum status
answers_salvage(struct answers **out, const char *path)
{
    struct report   known   = {0};
    struct yaml    *yaml    = NULL;
    struct answers *answers = answers_new();
    bool            good    = answers && answers->arena;

    if (good && yaml_read(&yaml, path, &known) == STATUS_OK &&
        yaml_is_map(yaml_root(yaml)))
        for (int i = 0; i < ANSWER_COUNT; i++) read_answer(answers, yaml, i);
    for (int i = 0; good && i < ANSWER_COUNT; i++)
        if (!answers->text[i]) answers->text[i] = "";
    yaml_free(yaml);
    report_release(&known);
    if (good)
        *out = answers;
    else
        answers_free(answers);
    return good ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status
answers_read(struct answers **out, const char *path, struct report *report)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_read(&yaml, path, report);

    *out = NULL;
    if (st != STATUS_OK) return st;
    struct answers *answers = answers_new();
    st = answers && answers->arena ? read_all(answers, yaml, report)
                                   : STATUS_NO_MEMORY;
    yaml_free(yaml);
    if (st == STATUS_OK)
        *out = answers;
    else
        answers_free(answers);
    return st;
}

void
answers_free(struct answers *answers)
{
    if (!answers) return;
    arena_free(answers->arena);
    free(answers);
}

// ---- one answer --------------------------------------------------------

// As much of TEXT as fits.
static void
append(char to[ANSWER_SIZE], const char *text, size_t length)
{
    size_t used = strlen(to);

    if (length > ANSWER_SIZE - 1 - used) length = ANSWER_SIZE - 1 - used;
    memcpy(to + used, text, length);
    to[used + length] = '\0';
}

static void
append_list(char to[ANSWER_SIZE], const struct lines *lines, const char *word)
{
    for (size_t i = 0; i < lines->count; i++) {
        bool last = i + 1 == lines->count;
        if (i > 0 && !last) append(to, ", ", 2);
        if (i > 0 && last) {
            append(to, " ", 1);
            append(to, word, strlen(word));
            append(to, " ", 1);
        }
        append(to, lines->text[i], strlen(lines->text[i]));
    }
}

static void
append_value(char to[ANSWER_SIZE], const char *name, size_t length,
             const struct answers *answers, const struct exercise *exercise)
{
    if (!exercise) return;
    if (length == 7 && memcmp(name, "muscles", 7) == 0)
        append_list(to, &exercise->muscles, answers->text[ANSWER_AND]);
    else if (length == 5 && memcmp(name, "title", 5) == 0)
        append(to, exercise->title, strlen(exercise->title));
    else if (length == 4 && memcmp(name, "tool", 4) == 0)
        append(to, exercise->tool, strlen(exercise->tool));
}

static void
expand(char to[ANSWER_SIZE], const char *from, const struct answers *answers,
       const struct exercise *exercise)
{
    to[0] = '\0';
    while (*from) {
        size_t plain = strcspn(from, "{");
        append(to, from, plain);
        from += plain;
        if (!*from) return;

        size_t length = strcspn(from + 1, "}");
        append_value(to, from + 1, length, answers, exercise);
        from += 1 + length + (from[1 + length] == '}');
    }
}

// NULL where the exercise has none of its own.
static const char *
own_answer(enum answer which, const struct exercise *exercise)
{
    const char *text = "";

    for (size_t i = 0; i < exercise->replies; i++) {
        if (strcmp(exercise->reply[i].key, answer_keys[which]) == 0)
            return exercise->reply[i].say;
    }
    if (which == ANSWER_WHY) text = exercise->why;
    if (which == ANSWER_FEEL) text = exercise->feel;
    if (which == ANSWER_AVOID) text = exercise->avoid;
    if (which == ANSWER_HOW_OFTEN) text = exercise->how_often;
    return *text ? text : NULL;
}

void
answer_text(char to[ANSWER_SIZE], const struct answers *answers,
            enum answer which, const struct exercise *exercise)
{
    const char *text = exercise ? own_answer(which, exercise) : NULL;

    if (which == ANSWER_MUSCLE && !text &&
        (!exercise || exercise->muscles.count == 0))
        which = ANSWER_MUSCLE_NONE;
    expand(to, text ? text : answers->text[which], answers, exercise);
}
