// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/history_words.h"

#include "base/language.h"
#include "base/text.h"
#include "cli/history_text.h"
#include "yaml/yaml.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST   300 // bytes of a text
#define MOST_SAID 4   // values of one

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

static void
read_word(struct history_words *words, int word)
{
    const struct yaml_node *root = yaml_root(words->yaml);
    const struct yaml_node *node = yaml_get(root, keys[word]);
    const char             *text = yaml_text(node);

    words->text[word] = text;
    if (!text || strlen(text) > LONGEST) {
        yaml_problem(words->yaml, node ? node : root, SEVERITY_ERROR,
                     "'%s' must be a text of at most %d characters", keys[word],
                     LONGEST);
        return;
    }
    while ((text = strchr(text, '{'))) {
        size_t length = strcspn(++text, "}");
        if (text_index(names_of[word], text, length) >= 0) continue;
        yaml_problem(words->yaml, node, SEVERITY_ERROR,
                     "'%s' has no value {%.*s}; it may hold: %s", keys[word],
                     (int)length, text,
                     *names_of[word] ? names_of[word] : "none");
    }
}

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
        yaml_known_keys(words->yaml, yaml_root(words->yaml), "the history",
                        keys, HISTORY_COUNT);
        for (int i = 0; i < HISTORY_COUNT; i++) read_word(words, i);
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

static size_t
append(char to[HISTORY_SIZE], size_t used, const char *text, size_t length)
{
    size_t room = HISTORY_SIZE - 1 - used;

    if (length > room) length = room;
    memcpy(to + used, text, length);
    to[used + length] = '\0';
    return used + length;
}

void
history_say(char to[HISTORY_SIZE], const struct history_words *words,
            enum history_word word, ...)
{
    va_list     list;
    const char *values[MOST_SAID] = {NULL};
    const char *from              = words->text[word];
    size_t      used              = 0;
    int         count             = 0;

    va_start(list, word);
    do values[count] = va_arg(list, const char *);
    while (values[count] && ++count < MOST_SAID);
    va_end(list);
    to[0] = '\0';
    while (*from) {
        size_t plain = strcspn(from, "{");
        used         = append(to, used, from, plain);
        from += plain;
        if (!*from) break;

        size_t length = strcspn(++from, "}");
        int    value  = text_index(names_of[word], from, length);
        if (value >= 0 && value < count)
            used = append(to, used, values[value], strlen(values[value]));
        from += length + (from[length] == '}');
    }
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
    used        = append(to, used, " ", 1);
    append(to, used, when + 11, strlen(when + 11));
}

const char *
history_side(const struct history_words *words, const char *side)
{
    if (strcmp(side, "left") == 0) return words->text[HISTORY_LEFT];
    if (strcmp(side, "right") == 0) return words->text[HISTORY_RIGHT];
    return "";
}
