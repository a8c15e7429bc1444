// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/reader.h"

#include "base/text.h"
#include "routine/dose.h"
#include "routine/known.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MOST_FIELDS 40

void *
reader_alloc(struct reader *reader, size_t count, size_t size)
{
    void *memory = arena_alloc(reader->arena, count, size);
    if (!memory) reader->no_memory = true;
    return memory;
}

static void *
at(const struct field *field, void *into)
{
    return (char *)into + field->offset;
}

static const struct field *
find_field(const struct field *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].key, key) == 0) return &fields[i];
    }
    return NULL;
}

// Reports KEY as unknown; the field it seems to have been meant for is SEEN.
static void
unknown_key(struct reader *reader, const struct yaml_node *key,
            const char *what, const struct field *fields, size_t count,
            bool *seen)
{
    const char *known[MOST_FIELDS];
    char        said[64];

    for (size_t i = 0; i < count; i++) known[i] = fields[i].key;
    snprintf(said, sizeof said, "%s has no key", what);
    const char *meant = yaml_unknown(reader->yaml, key, said, known, count);
    if (meant) seen[find_field(fields, count, meant) - fields] = true;
}

// {stretch: Sit up, and breathe.} has a key "and breathe." without a value.
static bool
report_comma(struct reader *reader, const struct yaml_node *key,
             const struct yaml_node *value)
{
    const char *text  = yaml_text(value);
    bool        comma = text && !*text && strchr(yaml_text(key), ' ');

    if (comma) {
        yaml_problem(reader->yaml, key, SEVERITY_ERROR,
                     "a comma within { } ends the text before it; put quotes "
                     "around text that has one");
    }
    return comma;
}

static bool
expect_map(struct reader *reader, const struct yaml_node *map, const char *what,
           const char *example)
{
    if (yaml_is_map(map)) return true;
    yaml_problem(reader->yaml, map, SEVERITY_ERROR,
                 "%s must be keys with values; write for example %s", what,
                 example);
    return false;
}

bool
read_map(struct reader *reader, const struct yaml_node *map, const char *what,
         const char *example, const struct field *fields, size_t count,
         void *into)
{
    bool seen[MOST_FIELDS] = {false};

    if (!expect_map(reader, map, what, example)) return false;
    for (size_t i = 0; i < yaml_count(map); i++) {
        const struct yaml_node *key = yaml_key(map, i);
        const struct field *field   = find_field(fields, count, yaml_text(key));
        if (!field) {
            if (!report_comma(reader, key, yaml_item(map, i)))
                unknown_key(reader, key, what, fields, count, seen);
            continue;
        }
        seen[field - fields] = true;
        field->read(reader, field, yaml_item(map, i), into);
    }
    for (size_t i = 0; i < count; i++) {
        if (seen[i] || !fields[i].required || reader->partial) continue;
        if (fields[i].unless && yaml_get(map, fields[i].unless)) continue;
        yaml_problem(reader->yaml, map, SEVERITY_ERROR,
                     "%s needs '%s', for example %s", what, fields[i].key,
                     fields[i].required);
    }
    return true;
}

// The text of a scalar that is not empty, else NULL, reported.
static const char *
scalar(struct reader *reader, const char *key, const struct yaml_node *value)
{
    const char *text = yaml_text(value);

    if (!text) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s must be text, not %s", key, yaml_brief(value).text);
        return NULL;
    }
    if (text[strspn(text, " \t\r\n")] == '\0') {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is empty; write something or delete it", key);
        return NULL;
    }
    return text;
}

// C0 without white space, DEL, C1: nothing of that can be said or shown.
static bool
has_control(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;

    for (; *c; c++) {
        if (*c == 0x7F || (*c < 0x20 && !strchr("\t\n\r", *c))) return true;
        if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) return true;
    }
    return false;
}

// A copy in the arena, every run of white space one space.
static char *
one_line(struct reader *reader, const char *text)
{
    char *copy = reader_alloc(reader, strlen(text) + 1, 1), *to = copy;

    if (!copy) return NULL;
    for (; *text; text++) {
        bool blank = strchr(" \t\r\n", *text) != NULL;
        if (!blank)
            *to++ = *text;
        else if (to > copy && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > copy && to[-1] == ' ') to--;
    *to = '\0';
    return copy;
}

static int
count_characters(const char *text)
{
    int count = 0;
    for (; *text; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

const char *
reader_line(struct reader *reader, const char *key,
            const struct yaml_node *value, int most)
{
    const char *text = scalar(reader, key, value);

    if (!text) return NULL;
    if (has_control(text)) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s holds a control character; delete it", key);
        return NULL;
    }
    int length = count_characters(text);
    if (length > most) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s has %d characters, the most is %d; shorten or split "
                     "it",
                     key, length, most);
        return NULL;
    }
    return one_line(reader, text);
}

static int
most_characters(const struct field *field)
{
    return field->most ? field->most : ROUTINE_LONGEST_LINE;
}

void
read_text(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    const char *line =
        reader_line(reader, field->key, value, most_characters(field));
    if (line) memcpy(at(field, into), &line, sizeof line);
}

static bool
is_id_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool
is_id(const char *text)
{
    if (!(*text >= 'a' && *text <= 'z')) return false;
    for (; *text; text++) {
        if (!is_id_character(*text)) return false;
    }
    return true;
}

void
routine_suggest_id(char to[ROUTINE_LONGEST_NAME + 1], const char *text)
{
    size_t used = 0;

    for (; *text && used < ROUTINE_LONGEST_NAME; text++) {
        char c = *text;
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (!is_id_character(c)) c = '-';
        if (used == 0 && !(c >= 'a' && c <= 'z')) continue;
        if (c == '-' && to[used - 1] == '-') continue;
        to[used++] = c;
    }
    while (used > 0 && to[used - 1] == '-') used--;
    to[used] = '\0';
}

void
read_id(struct reader *reader, const struct field *field,
        const struct yaml_node *value, void *into)
{
    char        better[ROUTINE_LONGEST_NAME + 1];
    const char *id =
        reader_line(reader, field->key, value, ROUTINE_LONGEST_NAME);

    if (!id) return;
    if (is_id(id)) {
        memcpy(at(field, into), &id, sizeof id);
        return;
    }
    routine_suggest_id(better, id);
    yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                 "%s must be a small letter, then small letters, digits and "
                 "hyphens; write for example %s",
                 field->key, *better ? better : "upper-back");
}

size_t
read_list(struct reader *reader, const char *key, const struct yaml_node *value,
          size_t most)
{
    if (!yaml_is_list(value)) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s must be a list; write each item on a line of its own "
                     "with '- ' before it",
                     key);
        return 0;
    }
    size_t count = yaml_count(value);
    if (count == 0) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is an empty list; fill it or delete it", key);
    }
    if (count > most) {
        yaml_problem(reader->yaml, yaml_item(value, most), SEVERITY_ERROR,
                     "%s has %zu items, the most is %zu", key, count, most);
        return most;
    }
    return count;
}

// One item that is text itself, or the items of a list.
static void
fill_lines(struct reader *reader, const struct field *field,
           const struct yaml_node *value, size_t count, void *into)
{
    const char **text  = reader_alloc(reader, count, sizeof *text);
    struct lines lines = {0, text};

    if (!text) return;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item =
            yaml_is_list(value) ? yaml_item(value, i) : value;
        const char *line =
            reader_line(reader, field->key, item, most_characters(field));
        if (line) text[lines.count++] = line;
    }
    memcpy(at(field, into), &lines, sizeof lines);
}

void
read_lines(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into)
{
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_LINES);
    fill_lines(reader, field, value, count, into);
}

void
read_text_or_lines(struct reader *reader, const struct field *field,
                   const struct yaml_node *value, void *into)
{
    if (yaml_text(value))
        fill_lines(reader, field, value, 1, into);
    else
        read_lines(reader, field, value, into);
}

static void
report_dose(struct reader *reader, const struct field *field,
            const struct yaml_node *value, const struct dose_error *error)
{
    yaml_problem(reader->yaml, value, SEVERITY_ERROR, "%s %s", field->key,
                 error->text);
}

// Whether RANGE is within what FIELD allows.
static bool
time_fits(struct reader *reader, const struct field *field,
          const struct yaml_node *value, const struct range *range)
{
    if (range->low >= field->least && range->high <= field->most) return true;
    yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                 "%s is %s; it can be from %s to %s", field->key,
                 yaml_brief(value).text, dose_write(field->least).text,
                 dose_write(field->most).text);
    return false;
}

static bool
take_time(struct reader *reader, const struct field *field,
          const struct yaml_node *value, struct range *range)
{
    struct dose_error error;
    const char       *text = scalar(reader, field->key, value);

    if (!text) return false;
    if (!dose_time(range, text, &error)) {
        report_dose(reader, field, value, &error);
        return false;
    }
    return time_fits(reader, field, value, range);
}

void
read_time_range(struct reader *reader, const struct field *field,
                const struct yaml_node *value, void *into)
{
    struct range range;
    if (take_time(reader, field, value, &range))
        memcpy(at(field, into), &range, sizeof range);
}

void
read_time(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    struct range range;

    if (!take_time(reader, field, value, &range)) return;
    if (range.low != range.high) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is one time, not a range; write for example %s",
                     field->key, dose_write(range.low).text);
        return;
    }
    memcpy(at(field, into), &range.low, sizeof range.low);
}

void
read_count_range(struct reader *reader, const struct field *field,
                 const struct yaml_node *value, void *into)
{
    struct range      range;
    struct dose_error error;
    const char       *text = scalar(reader, field->key, value);

    if (!text) return;
    if (!dose_count(&range, text, &error)) {
        report_dose(reader, field, value, &error);
    } else if (range.low < field->least || range.high > field->most) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s is %s; it can be from %d to %d", field->key,
                     yaml_brief(value).text, field->least, field->most);
    } else {
        memcpy(at(field, into), &range, sizeof range);
    }
}

void
read_choice(struct reader *reader, const struct field *field,
            const struct yaml_node *value, void *into)
{
    char        said[64];
    const char *text = scalar(reader, field->key, value);

    if (!text) return;
    for (size_t i = 0; i < field->choices; i++) {
        if (strcmp(field->words[i], text) != 0) continue;
        unsigned choice = (unsigned)i;
        memcpy(at(field, into), &choice, sizeof choice);
        return;
    }
    snprintf(said, sizeof said, "%s is", field->key);
    yaml_unknown(reader->yaml, value, said, field->words, field->choices);
}

// The one of FIELD's words that VALUE is, NULL where it is none, reported.
static const char *
take_word(struct reader *reader, const struct field *field,
          const struct yaml_node *value)
{
    char        said[64];
    const char *text = scalar(reader, field->key, value);

    if (!text) return NULL;
    for (size_t i = 0; i < field->choices; i++) {
        if (strcmp(field->words[i], text) == 0) return field->words[i];
    }
    snprintf(said, sizeof said, "%s has no", field->key);
    yaml_unknown(reader->yaml, value, said, field->words, field->choices);
    return NULL;
}

void
read_words(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into)
{
    size_t count = read_list(reader, field->key, value, ROUTINE_MOST_LINES);
    const char **text  = reader_alloc(reader, count, sizeof *text);
    struct lines lines = {0, text};

    if (!text) return;
    for (size_t i = 0; i < count; i++) {
        const char *word = take_word(reader, field, yaml_item(value, i));
        if (word) text[lines.count++] = word;
    }
    memcpy(at(field, into), &lines, sizeof lines);
}

void
read_body(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    struct field known = *field;

    known.words   = known_bodies.words;
    known.choices = known_bodies.count;
    read_words(reader, &known, value, into);
}

void
read_flag(struct reader *reader, const struct field *field,
          const struct yaml_node *value, void *into)
{
    const char *text = yaml_text(value);
    bool        flag = text && strcmp(text, "true") == 0;

    if (!flag && !(text && strcmp(text, "false") == 0)) {
        yaml_problem(reader->yaml, value, SEVERITY_ERROR,
                     "%s must be true or false", field->key);
        return;
    }
    memcpy(at(field, into), &flag, sizeof flag);
}
