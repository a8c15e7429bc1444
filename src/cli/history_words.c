// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/history_words.h"

#include "base/language.h"
#include "base/text.h"
#include "cli/history_text.h"
#include "yaml/texts.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_SAID 4 // values of one

struct history_words {
    struct yaml *yaml; // whose the texts are
    const char  *text[HISTORY_COUNT];
};

static const char *const keys[HISTORY_COUNT] = {
#define X(id, key, names) #key,
    HISTORY_WORDS(X)
#undef X
};

static const char *const names_of[HISTORY_COUNT] = {
#define X(id, key, names) names,
    HISTORY_WORDS(X)
#undef X
};

static const struct texts_form form = {"the history", "the text", keys,
                                       names_of, HISTORY_COUNT};

enum status
history_words_read(struct history_words **out, struct report *report,
                   struct diag *diag)
{
    char path[PATH_SIZE];

    if (!language_path(path, "history.yaml")) {
        diag_set(diag, NULL, "cannot tell where rollcall's own files are");
        return STATUS_NOT_FOUND;
    }
    struct history_words *words = calloc(1, sizeof *words);
    if (!words) {
        diag_set(diag, NULL, "there is not enough memory");
        return STATUS_NO_MEMORY;
    }
    enum status st = yaml_read(&words->yaml, path, report);
    if (!st) {
        texts_read(words->text, words->yaml, &form);
        if (report->errors) st = STATUS_BAD_INPUT;
    }
    if (st)
        history_words_free(words);
    else
        *out = words;
    return st;
}

void
history_words_free(struct history_words *words)
{
    if (!words) return;
    yaml_free(words->yaml);
    free(words);
}

const char *
history_word(const struct history_words *words, enum history_word word)
{
    return words->text[word];
}

struct said {
    enum history_word word;
    int               count;
    const char       *value[MOST_SAID];
};

static const char *
find_value(void *ctx, const char *name, size_t length)
{
    const struct said *said = ctx;
    int                i    = text_index(names_of[said->word], name, length);

    return i >= 0 && i < said->count ? said->value[i] : NULL;
}

void
history_say(char to[HISTORY_SIZE], const struct history_words *words,
            enum history_word word, ...)
{
    va_list     list;
    struct said said = {.word = word};

    va_start(list, word);
    do said.value[said.count] = va_arg(list, const char *);
    while (said.value[said.count] && ++said.count < MOST_SAID);
    va_end(list);
    texts_fill(to, HISTORY_SIZE, words->text[word], find_value, &said);
}

void
history_number(char to[HISTORY_SIZE], const struct history_words *words,
               double value, int decimals)
{
    char number[64];

    snprintf(number, sizeof number, "%.*f", decimals, value);
    char *point = strchr(number, '.');
    if (point) *point = '\0';
    snprintf(to, HISTORY_SIZE, "%s%.8s%s", number,
             point ? words->text[HISTORY_DECIMAL] : "", point ? point + 1 : "");
}

void
history_amount(char to[HISTORY_SIZE], const struct history_words *words,
               double value, enum history_word one, enum history_word many)
{
    char whole[64];

    snprintf(whole, sizeof whole, "%.0f", value);
    snprintf(to, HISTORY_SIZE, "%s %s", whole,
             words->text[strcmp(whole, "1") == 0 ? one : many]);
}

void
history_when(char to[HISTORY_SIZE], const struct history_words *words,
             int64_t seconds, int zone)
{
    char when[40];

    // 2026-05-24T07:30:00+02:00
    history_time(when, seconds, zone);
    when[4] = when[7] = when[10] = when[16] = '\0';
    history_say(to, words, HISTORY_DATE, when, when + 5, when + 8, NULL);
    size_t used = strlen(to);
    snprintf(to + used, HISTORY_SIZE - used, " %s", when + 11);
}

const char *
history_side(const struct history_words *words, const char *side)
{
    if (strcmp(side, "left") == 0) return words->text[HISTORY_LEFT];
    if (strcmp(side, "right") == 0) return words->text[HISTORY_RIGHT];
    return "";
}
