// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/phrasebook.h"

#include "yaml/texts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct phrasebook {
    struct yaml *yaml; // whose the texts are; NULL: of nobody
    const char  *text[PHRASE_COUNT];
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

static const struct texts_form form = {"the phrases", "the phrase", keys,
                                       names_of, PHRASE_COUNT};

static enum status
read_all(struct phrasebook *book, const char *path, struct report *report)
{
    int         before = report->errors;
    enum status st     = yaml_read(&book->yaml, path, report);

    if (st) return st;
    if (!yaml_is_map(yaml_root(book->yaml))) {
        yaml_problem(book->yaml, yaml_root(book->yaml), SEVERITY_ERROR,
                     "expected lines of the form 'key: phrase'");
        return STATUS_BAD_INPUT;
    }
    texts_read(book->text, book->yaml, &form);
    return report->errors > before ? STATUS_BAD_INPUT : STATUS_OK;
}

enum status
phrasebook_salvage(struct phrasebook **out, const char *path)
{
    struct report      known = {0};
    struct phrasebook *book  = calloc(1, sizeof *book);

    if (!book) return STATUS_NO_MEMORY;
    read_all(book, path, &known);
    for (int i = 0; i < PHRASE_COUNT; i++)
        if (!book->text[i]) book->text[i] = "";
    report_release(&known);
    *out = book;
    return STATUS_OK;
}

enum status
phrasebook_read(struct phrasebook **out, const char *path,
                struct report *report)
{
    struct phrasebook *book = calloc(1, sizeof *book);
    enum status st = book ? read_all(book, path, report) : STATUS_NO_MEMORY;

    if (!st)
        *out = book;
    else
        phrasebook_free(book);
    return st;
}

void
phrasebook_free(struct phrasebook *book)
{
    if (!book) return;
    yaml_free(book->yaml);
    free(book);
}

const char *
phrase_text(const struct phrasebook *book, enum phrase phrase)
{
    return book->text[phrase];
}

struct values {
    const struct phrase_value *value;
    size_t                     count;
    char                       number[32];
};

static const char *
find_value(void *ctx, const char *name, size_t length)
{
    struct values *values = ctx;

    for (size_t i = 0; i < values->count; i++) {
        const struct phrase_value *value = &values->value[i];
        if (strlen(value->name) != length ||
            memcmp(value->name, name, length) != 0)
            continue;
        if (value->text) return value->text;
        snprintf(values->number, sizeof values->number, "%ld", value->number);
        return values->number;
    }
    return NULL;
}

void
phrase_expand(char to[PHRASE_SIZE], const struct phrasebook *book,
              enum phrase phrase, const struct phrase_value *values,
              size_t count)
{
    struct values given = {.value = values, .count = count};

    texts_fill(to, PHRASE_SIZE, book->text[phrase], find_value, &given);
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
