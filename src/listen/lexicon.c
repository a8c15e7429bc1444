// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/lexicon.h"

#include "yaml/yaml.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_LINE 512
#define MOST_WORDS   4096
#define BEGINNINGS   (256 * 256) // of words: two bytes

// The words to look up, sorted.
struct wanted {
    char  *words[MOST_WORDS];
    size_t count;
    bool   begins[BEGINNINGS];
};

// Of a word, or of a line of the dictionary, which mostly needs no more than
// a look at it.
static int
beginning(const char *text)
{
    bool brief = !text[0] || strchr(" (", text[1]);
    return (unsigned char)text[0] * 256 + (brief ? 0 : (unsigned char)text[1]);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// What is too much is passed over.  False where there is no memory.
static bool
want(struct wanted *wanted, const char *text)
{
    char copy[LONGEST_LINE], *rest = NULL;

    snprintf(copy, sizeof copy, "%s", text);
    char *word = strtok_r(copy, " ", &rest);
    while (word && wanted->count < MOST_WORDS) {
        char *kept = strdup(word);
        if (!kept) return false;
        wanted->words[wanted->count++]  = kept;
        wanted->begins[beginning(kept)] = true;
        word                            = strtok_r(NULL, " ", &rest);
    }
    return true;
}

static void
forget(struct wanted *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) free(wanted->words[i]);
    free(wanted);
}

static bool
is_wanted(const struct wanted *wanted, const char *word)
{
    return bsearch(&word, wanted->words, wanted->count, sizeof wanted->words[0],
                   by_text) != NULL;
}

// Adds a pronunciation unless WORD has it already.
static bool
add(struct lexicon *lexicon, const char *word, const char *phones, bool heard)
{
    int variant = 1;
    for (size_t i = 0; i < lexicon->count; i++) {
        if (strcmp(lexicon->items[i].word, word) != 0) continue;
        if (strcmp(lexicon->items[i].phones, phones) == 0) return true;
        variant++;
    }
    if (lexicon->count == lexicon->capacity) {
        size_t more  = lexicon->capacity ? 2 * lexicon->capacity : 256;
        void  *items = realloc(lexicon->items, more * sizeof lexicon->items[0]);
        if (!items) return false;
        lexicon->items    = items;
        lexicon->capacity = more;
    }
    char name[LONGEST_LINE + 16];
    snprintf(name, sizeof name, variant > 1 ? "%s(%d)" : "%s", word, variant);
    struct pronunciation item = {strdup(word), strdup(name), strdup(phones),
                                 heard};
    if (!item.word || !item.name || !item.phones) {
        free(item.word);
        free(item.name);
        free(item.phones);
        return false;
    }
    lexicon->items[lexicon->count++] = item;
    return true;
}

// A line of the dictionary: "word P H O N E S" or "word(2) P H O N E S".
static bool
read_line(struct lexicon *lexicon, const struct wanted *wanted, char *line)
{
    if (!wanted->begins[beginning(line)]) return true;
    char *phones = strchr(line, ' ');
    if (!phones) return true;
    *phones++                       = '\0';
    phones[strcspn(phones, "\r\n")] = '\0';
    line[strcspn(line, "(")]        = '\0';
    return !is_wanted(wanted, line) || add(lexicon, line, phones, false);
}

static enum status
read_dictionary(struct lexicon *lexicon, const struct wanted *wanted,
                const char *path, struct diag *diag)
{
    char  line[LONGEST_LINE];
    bool  fine = true;
    FILE *file = fopen(path, "r");
    if (!file) {
        if (errno == ENOMEM) return STATUS_NO_MEMORY;
        diag_set(diag, path, "%s; is the package pocketsphinx-en-us installed?",
                 strerror(errno));
        return STATUS_NOT_FOUND;
    }
    while (fine && fgets(line, sizeof line, file))
        fine = read_line(lexicon, wanted, line);
    fclose(file);
    return fine ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
read_heard(struct lexicon *lexicon, struct yaml *yaml,
           const struct yaml_node *heard)
{
    if (heard && !yaml_is_map(heard)) {
        yaml_problem(yaml, heard, SEVERITY_ERROR,
                     "expected a map of words to pronunciations");
        return STATUS_OK; // the problem tells
    }
    for (size_t i = 0; i < yaml_count(heard); i++) {
        const struct yaml_node *list = yaml_item(heard, i);
        const char             *word = yaml_text(yaml_key(heard, i));
        if (!yaml_is_list(list))
            yaml_problem(yaml, list, SEVERITY_ERROR,
                         "expected a list of pronunciations");
        for (size_t j = 0; j < yaml_count(list); j++) {
            const char *phones = yaml_text(yaml_item(list, j));
            if (!phones)
                yaml_problem(yaml, yaml_item(list, j), SEVERITY_ERROR,
                             "expected phones, as in \"S T AA P\"");
            else if (!add(lexicon, word, phones, true))
                return STATUS_NO_MEMORY;
        }
    }
    return STATUS_OK;
}

static enum status
read_others(struct lexicon *lexicon, struct yaml *yaml,
            const struct yaml_node *list, struct wanted *wanted)
{
    size_t count    = yaml_count(list);
    lexicon->others = calloc(count + 1, sizeof lexicon->others[0]);
    if (!lexicon->others) return STATUS_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const char *word = yaml_text(yaml_item(list, i));
        if (!word || strchr(word, ' ')) {
            yaml_problem(yaml, yaml_item(list, i), SEVERITY_ERROR,
                         "expected one word");
            continue;
        }
        char *copy = strdup(word);
        if (!copy || !want(wanted, word)) {
            free(copy);
            return STATUS_NO_MEMORY;
        }
        lexicon->others[lexicon->other_count++] = copy;
    }
    return STATUS_OK;
}

// Competitors need the dictionary, and the fixes come after it, so that the
// first pronunciation is the dictionary's.
static enum status
read_both(struct lexicon *lexicon, struct yaml *yaml, const char *dictionary,
          struct wanted *wanted, struct diag *diag)
{
    static const char *const known[] = {"heard", "others"};
    const struct yaml_node  *root    = yaml_root(yaml);
    yaml_known_keys(yaml, root, "a lexicon", known, 2);
    enum status status =
        read_others(lexicon, yaml, yaml_get(root, "others"), wanted);
    if (status != STATUS_OK) return status;
    qsort(wanted->words, wanted->count, sizeof wanted->words[0], by_text);
    status = read_dictionary(lexicon, wanted, dictionary, diag);
    if (status == STATUS_OK)
        status = read_heard(lexicon, yaml, yaml_get(root, "heard"));
    return status;
}

static enum status
check_words(const struct lexicon *lexicon, const struct wanted *wanted,
            const char *fixes, struct diag *diag)
{
    for (size_t i = 0; i < wanted->count; i++) {
        if (lexicon_phones(lexicon, wanted->words[i])) continue;
        diag_set(diag, fixes,
                 "no pronunciation of \"%s\" is known: add it under heard:, "
                 "as in  stop: [S T AA P]",
                 wanted->words[i]);
        return STATUS_BAD_INPUT;
    }
    return STATUS_OK;
}

static enum status
fill(struct lexicon *lexicon, const char *dictionary, const char *fixes,
     struct wanted *wanted, struct diag *diag)
{
    struct report report = {0};
    struct yaml  *yaml   = NULL;
    enum status   status = yaml_read(&yaml, fixes, &report);
    if (status == STATUS_OK)
        status = read_both(lexicon, yaml, dictionary, wanted, diag);
    if (report.errors > 0) {
        report_tell(&report, fixes, diag);
        if (status == STATUS_OK) status = STATUS_BAD_INPUT;
    }
    yaml_free(yaml);
    report_release(&report);
    if (status == STATUS_OK) status = check_words(lexicon, wanted, fixes, diag);
    return status;
}

enum status
lexicon_read(struct lexicon **out, const char *dictionary, const char *fixes,
             const struct phrases *phrases, struct diag *diag)
{
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);
    struct wanted  *wanted  = calloc(1, sizeof *wanted);
    bool            good    = lexicon && wanted;
    for (size_t i = 0; i < phrases->phrase_count && good; i++)
        good = want(wanted, phrases->phrases[i].text);
    enum status status = good ? fill(lexicon, dictionary, fixes, wanted, diag)
                              : STATUS_NO_MEMORY;
    if (wanted) forget(wanted);
    if (status == STATUS_OK) {
        *out    = lexicon;
        lexicon = NULL;
    }
    lexicon_free(lexicon);
    return status;
}

void
lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon) return;
    for (size_t i = 0; i < lexicon->count; i++) {
        free(lexicon->items[i].word);
        free(lexicon->items[i].name);
        free(lexicon->items[i].phones);
    }
    for (size_t i = 0; i < lexicon->other_count; i++) free(lexicon->others[i]);
    free(lexicon->items);
    free(lexicon->others);
    free(lexicon);
}

const char *
lexicon_phones(const struct lexicon *lexicon, const char *name)
{
    for (size_t i = 0; i < lexicon->count; i++)
        if (strcmp(lexicon->items[i].name, name) == 0)
            return lexicon->items[i].phones;
    return NULL;
}
