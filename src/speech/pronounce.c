// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/pronounce.h"

#include "yaml/yaml.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WORD   64 // bytes
#define MOST_PHONES 128

struct pronounce {
    struct yaml *yaml;
};

static bool
is_word(const char *word)
{
    size_t length = 0;
    for (; word[length]; length++)
        if (!islower((unsigned char)word[length])) return false;
    return length > 0 && length < MOST_WORD;
}

static bool
is_phones(const char *phones)
{
    size_t length = 0;
    for (; phones[length]; length++)
        if (!isgraph((unsigned char)phones[length]) ||
            strchr("[]", phones[length]))
            return false;
    return length > 0 && length < MOST_PHONES;
}

static enum status
check(struct yaml *yaml, const struct report *report)
{
    const struct yaml_node *map = yaml_root(yaml);

    if (!yaml_is_map(map))
        yaml_problem(yaml, map, SEVERITY_ERROR,
                     "pronunciations are a map of words to phonemes");
    for (size_t i = 0; i < yaml_count(map) && yaml_is_map(map); i++) {
        const char *word   = yaml_text(yaml_key(map, i));
        const char *phones = yaml_text(yaml_item(map, i));
        if (!word || !is_word(word))
            yaml_problem(yaml, yaml_key(map, i), SEVERITY_ERROR,
                         "a word is of small letters a to z only");
        if (!phones || !is_phones(phones))
            yaml_problem(yaml, yaml_item(map, i), SEVERITY_ERROR,
                         "phonemes are eSpeak NG's, as \"espeak-ng -x\" "
                         "prints them, without spaces and brackets");
    }
    return report->errors ? STATUS_BAD_INPUT : STATUS_OK;
}

enum status
pronounce_read(struct pronounce **out, const char *path, struct report *report)
{
    struct pronounce *made = calloc(1, sizeof *made);
    if (!made) return STATUS_NO_MEMORY;

    enum status st = yaml_read(&made->yaml, path, report);
    if (st == STATUS_OK) st = check(made->yaml, report);
    if (st == STATUS_OK)
        *out = made;
    else
        pronounce_free(made);
    return st;
}

void
pronounce_free(struct pronounce *pronounce)
{
    if (!pronounce) return;
    yaml_free(pronounce->yaml);
    free(pronounce);
}

// The phonemes of the LENGTH letters at TEXT, NULL where there are none.
static const char *
phones_of(const struct pronounce *pronounce, const char *text, size_t length)
{
    char word[MOST_WORD];

    if (!pronounce || length == 0 || length >= sizeof word) return NULL;
    for (size_t i = 0; i < length; i++)
        word[i] = (char)tolower((unsigned char)text[i]);
    word[length] = '\0';
    return yaml_text(yaml_get(yaml_root(pronounce->yaml), word));
}

// A word's letters; bytes of other letters belong to it.
static size_t
word_at(const char *text)
{
    size_t length = 0;
    while (isalpha((unsigned char)text[length]) ||
           (unsigned char)text[length] >= 0x80)
        length++;
    return length;
}

static char *
put(char *to, const char *from, size_t length)
{
    memcpy(to, from, length);
    return to + length;
}

char *
pronounce_apply(const struct pronounce *pronounce, const char *text)
{
    // a word is at least one byte, and a separator lies between two
    size_t room = (strlen(text) + 1) * (MOST_PHONES + 4) / 2 + MOST_PHONES;
    char  *made = malloc(room + strlen(text)), *to = made;
    if (!made) return NULL;

    while (*text) {
        size_t      length = word_at(text);
        const char *phones = phones_of(pronounce, text, length);
        if (phones) {
            to = put(to, "[[", 2);
            to = put(to, phones, strlen(phones));
            to = put(to, "]]", 2);
        } else if (length) {
            to = put(to, text, length);
        } else if (*text == '[') {
            *to++ = '('; // read in the same way, and never obeyed
        } else {
            *to++ = *text;
        }
        text += length ? length : 1;
    }
    *to          = '\0';
    char *fitted = realloc(made, (size_t)(to - made) + 1);
    return fitted ? fitted : made;
}

// FNV-1a, 64 bit.
uint64_t
pronounce_version(const struct pronounce *pronounce)
{
    uint64_t                sum = 14695981039346656037u;
    const struct yaml_node *map = pronounce ? yaml_root(pronounce->yaml) : NULL;

    for (size_t i = 0; i < yaml_count(map); i++) {
        const char *parts[2] = {yaml_text(yaml_key(map, i)),
                                yaml_text(yaml_item(map, i))};
        for (int k = 0; k < 2; k++)
            for (const char *at = parts[k]; *at; at++)
                sum = (sum ^ (unsigned char)*at) * 1099511628211u;
    }
    return sum;
}
