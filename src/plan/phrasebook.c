// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/phrasebook.h"

#include "base/arena.h"
#include "base/text.h"
#include "yaml/yaml.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_PHRASE 300
#define ARENA_LIMIT    (1 << 20)

struct phrasebook {
    struct arena *arena;
    const char   *text[PHRASE_COUNT];
};

static const char *const keys[PHRASE_COUNT] = {
#define X(id, key, names) #key,
    PHRASES(X)
#undef X
};

static const char *const names_of[PHRASE_COUNT] = {
#define X(id, key, names) names,
    PHRASES(X)
#undef X
};

static void
check_names(struct yaml *yaml, const struct yaml_node *node, enum phrase phrase,
            const char *text)
{
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        size_t length = strcspn(at + 1, "}");
        if (text_index(names_of[phrase], at + 1, length) >= 0) continue;
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "'%s' has no value {%.*s}; it may hold: %s", keys[phrase],
                     (int)length, at + 1,
                     *names_of[phrase] ? names_of[phrase] : "none");
    }
}

static void
read_phrase(struct phrasebook *book, struct yaml *yaml, enum phrase phrase)
{
    const struct yaml_node *root = yaml_root(yaml);
    const struct yaml_node *node = yaml_get(root, keys[phrase]);
    const char             *text = yaml_text(node);

    if (!node) {
        yaml_problem(yaml, root, SEVERITY_ERROR, "the phrase '%s' is missing",
                     keys[phrase]);
    } else if (!text || strlen(text) > LONGEST_PHRASE) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "'%s' must be a text of at most %d characters",
                     keys[phrase], LONGEST_PHRASE);
    } else {
        check_names(yaml, node, phrase, text);
        book->text[phrase] = arena_text(book->arena, text, strlen(text));
    }
}

static enum status
read_all(struct phrasebook *book, struct yaml *yaml, struct report *report)
{
    if (!yaml_is_map(yaml_root(yaml))) {
        yaml_problem(yaml, yaml_root(yaml), SEVERITY_ERROR,
                     "expected lines of the form 'key: phrase'");
        return STATUS_BAD_INPUT;
    }
    int before = report->errors;
    yaml_known_keys(yaml, yaml_root(yaml), "the phrases", keys, PHRASE_COUNT);
    for (int i = 0; i < PHRASE_COUNT; i++) {
        read_phrase(book, yaml, (enum phrase)i);
    }
    if (report->errors > before) return STATUS_BAD_INPUT;
    for (int i = 0; i < PHRASE_COUNT; i++) {
        if (!book->text[i]) return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

static struct phrasebook *
phrasebook_new(void)
{
    struct phrasebook *book = calloc(1, sizeof *book);

    if (book) book->arena = arena_new(ARENA_LIMIT);
    return book;
}

enum status
phrasebook_salvage(struct phrasebook **out, const char *path)
{
    struct report      known = {0};
    struct yaml       *yaml  = NULL;
    struct phrasebook *book  = phrasebook_new();
    bool               good  = book && book->arena;

    if (good && yaml_read(&yaml, path, &known) == STATUS_OK &&
        yaml_is_map(yaml_root(yaml)))
        for (int i = 0; i < PHRASE_COUNT; i++)
            read_phrase(book, yaml, (enum phrase)i);
    for (int i = 0; good && i < PHRASE_COUNT; i++)
        if (!book->text[i]) book->text[i] = "";
    yaml_free(yaml);
    report_release(&known);
    if (good)
        *out = book;
    else
        phrasebook_free(book);
    return good ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status
phrasebook_read(struct phrasebook **out, const char *path,
                struct report *report)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_read(&yaml, path, report);
    if (st != STATUS_OK) return st;

    struct phrasebook *book = phrasebook_new();
    st = book && book->arena ? read_all(book, yaml, report) : STATUS_NO_MEMORY;
    yaml_free(yaml);
    if (st == STATUS_OK)
        *out = book;
    else
        phrasebook_free(book);
    return st;
}

void
phrasebook_free(struct phrasebook *book)
{
    if (!book) return;
    arena_free(book->arena);
    free(book);
}

const char *
phrase_text(const struct phrasebook *book, enum phrase phrase)
{
    return book->text[phrase];
}

static const struct phrase_value *
find_value(const struct phrase_value *values, size_t count, const char *name,
           size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(values[i].name) == length &&
            memcmp(values[i].name, name, length) == 0)
            return &values[i];
    }
    return NULL;
}

static size_t
append(char to[PHRASE_SIZE], size_t used, const char *text, size_t length)
{
    if (length > PHRASE_SIZE - 1 - used) length = PHRASE_SIZE - 1 - used;
    memcpy(to + used, text, length);
    to[used + length] = '\0';
    return used + length;
}

static size_t
append_value(char to[PHRASE_SIZE], size_t used,
             const struct phrase_value *value)
{
    char number[32];
    if (value->text) return append(to, used, value->text, strlen(value->text));
    snprintf(number, sizeof number, "%ld", value->number);
    return append(to, used, number, strlen(number));
}

void
phrase_expand(char to[PHRASE_SIZE], const struct phrasebook *book,
              enum phrase phrase, const struct phrase_value *values,
              size_t count)
{
    const char *from = book->text[phrase];
    size_t      used = 0;

    to[0] = '\0';
    while (*from) {
        size_t plain = strcspn(from, "{");
        used         = append(to, used, from, plain);
        from += plain;
        if (!*from) break;

        size_t                     length = strcspn(from + 1, "}");
        const struct phrase_value *value =
            find_value(values, count, from + 1, length);
        if (value) used = append_value(to, used, value);
        from += 1 + length + (from[1 + length] == '}');
    }
}

static void
expand_number(char to[PHRASE_SIZE], const struct phrasebook *book,
              enum phrase one, enum phrase many, long n)
{
    struct phrase_value value = {.name = "n", .number = n};
    phrase_expand(to, book, n == 1 ? one : many, &value, 1);
}

void
phrase_duration(char to[PHRASE_SIZE], const struct phrasebook *book,
                long seconds)
{
    char minutes_text[PHRASE_SIZE], seconds_text[PHRASE_SIZE];
    long minutes = seconds / 60;

    if (seconds >= 600) {
        minutes = (seconds + 30) / 60;
        seconds = minutes * 60;
    }
    expand_number(minutes_text, book, PHRASE_MINUTE, PHRASE_MINUTES, minutes);
    expand_number(seconds_text, book, PHRASE_SECOND, PHRASE_SECONDS,
                  seconds % 60);
    if (!minutes) {
        memcpy(to, seconds_text, PHRASE_SIZE);
    } else if (seconds % 60 == 0) {
        memcpy(to, minutes_text, PHRASE_SIZE);
    } else {
        struct phrase_value values[] = {
            {.name = "minutes", .text = minutes_text},
            {.name = "seconds", .text = seconds_text},
        };
        phrase_expand(to, book, PHRASE_MINUTES_SECONDS, values, 2);
    }
}
