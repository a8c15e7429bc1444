// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/profile.h"

#include "base/path.h"
#include "base/text.h"
#include "yaml/yaml.h"
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".yaml"

struct number {
    const char *key;
    size_t      at; // offset of an int in struct profile
    int         least, most, usual;
    const char *unit;
};

static const struct number numbers[] = {
    {"rate", offsetof(struct profile, rate), 80, 450, 165, "words a minute"},
    {"pitch", offsetof(struct profile, pitch), 0, 100, 50, "50 is usual"},
    {"range", offsetof(struct profile, range), 0, 100, 50,
     "of the pitch, 0 is monotone"},
    {"word_gap", offsetof(struct profile, word_gap), 0, 50, 0,
     "tens of milliseconds"},
    {"comma", offsetof(struct profile, comma), 0, 1000, 0,
     "milliseconds of silence, 0 is the engine's own"},
};
#define NUMBERS (sizeof numbers / sizeof numbers[0])

static bool
read_number(struct yaml *yaml, const struct yaml_node *map,
            const struct number *number, int *to)
{
    const struct yaml_node *node = yaml_get(map, number->key);
    *to                          = number->usual;
    if (!node) return true;

    const char *text  = yaml_text(node);
    char       *end   = NULL;
    long        value = 0;
    errno             = 0;
    if (text) value = strtol(text, &end, 10);
    if (text && *text && !*end && !errno && value >= number->least &&
        value <= number->most) {
        *to = (int)value;
        return true;
    }
    yaml_problem(yaml, node, SEVERITY_ERROR,
                 "'%s' is a whole number from %d to %d (%s)", number->key,
                 number->least, number->most, number->unit);
    return false;
}

static bool
read_gain(struct yaml *yaml, const struct yaml_node *map, double *to)
{
    const struct yaml_node *node = yaml_get(map, "gain");
    *to                          = 0;
    if (!node) return true;

    const char *text  = yaml_text(node);
    char       *end   = NULL;
    double      value = text ? strtod(text, &end) : 0;
    if (text && *text && !*end && value >= -12 && value <= 12) {
        *to = value;
        return true;
    }
    yaml_problem(yaml, node, SEVERITY_ERROR,
                 "'gain' is a number of decibels from -12 to 12");
    return false;
}

static bool
read_words(struct yaml *yaml, const struct yaml_node *map, const char *key,
           char to[PROFILE_TEXT])
{
    const struct yaml_node *node = yaml_get(map, key);
    const char             *text = yaml_text(node);
    if (text && *text && text_copy(to, PROFILE_TEXT, text)) return true;

    yaml_problem(yaml, node ? node : map, SEVERITY_ERROR,
                 node ? "'%s' is a text of at most %d bytes"
                      : "'%s' is missing: a text of at most %d bytes",
                 key, PROFILE_TEXT - 1);
    return false;
}

static bool
read_map(struct profile *profile, struct yaml *yaml,
         const struct yaml_node *map)
{
    static const char *const known[] = {"about", "voice", "rate",
                                        "pitch", "range", "word_gap",
                                        "gain",  "comma", "clips"};
    if (!yaml_is_map(map)) {
        yaml_problem(yaml, map, SEVERITY_ERROR,
                     "a voice profile is a map with 'about' and 'voice'");
        return false;
    }
    bool good = yaml_known_keys(yaml, map, "a voice profile", known,
                                sizeof known / sizeof known[0]);
    good &= read_words(yaml, map, "about", profile->about);
    good &= read_words(yaml, map, "voice", profile->voice);
    for (size_t i = 0; i < NUMBERS; i++) {
        int *to = (int *)(void *)((char *)profile + numbers[i].at);
        good &= read_number(yaml, map, &numbers[i], to);
    }
    if (yaml_get(map, "clips"))
        good &= read_words(yaml, map, "clips", profile->clips);
    return read_gain(yaml, map, &profile->gain) && good;
}

// "calm" from ".../calm.yaml".
static void
name_of(char name[PROFILE_TEXT], const char *path)
{
    const char *slash = strrchr(path, '/');
    text_copy(name, PROFILE_TEXT, slash ? slash + 1 : path);
    size_t length = strlen(name), suffix = strlen(SUFFIX);
    if (length > suffix && strcmp(name + length - suffix, SUFFIX) == 0)
        name[length - suffix] = '\0';
}

enum status
profile_read(struct profile *profile, const char *path, struct report *report)
{
    struct yaml   *yaml = NULL;
    struct profile made = {0};

    enum status st = yaml_read(&yaml, path, report);
    if (st != STATUS_OK) return st;
    name_of(made.name, path);
    if (read_map(&made, yaml, yaml_root(yaml)))
        *profile = made;
    else
        st = STATUS_BAD_INPUT;
    yaml_free(yaml);
    return st;
}

static bool
list_add(struct profile_list *list, const char *file)
{
    char(*grown)[PROFILE_TEXT] =
        realloc(list->names, (list->count + 1) * sizeof *list->names);
    if (!grown) return false;
    list->names = grown;
    name_of(list->names[list->count++], file);
    return true;
}

// Adds FILE where it is a voice; what cannot be read is none.
static enum status
list_look(struct profile_list *list, const char *folder, const char *file)
{
    char          path[PATH_SIZE];
    struct yaml  *yaml   = NULL;
    struct report report = {0};
    size_t        length = strlen(file), suffix = strlen(SUFFIX);

    if (length <= suffix || length - suffix >= PROFILE_TEXT ||
        strcmp(file + length - suffix, SUFFIX) != 0 ||
        !path_join(path, folder, file))
        return STATUS_OK;
    enum status st = yaml_read(&yaml, path, &report);
    bool        is = st == STATUS_OK && yaml_get(yaml_root(yaml), "voice");
    yaml_free(yaml);
    report_release(&report);
    if (is && !list_add(list, file)) st = STATUS_NO_MEMORY;
    return st == STATUS_NO_MEMORY ? st : STATUS_OK;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

enum status
profile_list_read(struct profile_list *list, const char *folder)
{
    enum status st  = STATUS_OK;
    DIR        *dir = opendir(folder);

    memset(list, 0, sizeof *list);
    if (!dir) return errno == ENOMEM ? STATUS_NO_MEMORY : STATUS_NOT_FOUND;
    for (struct dirent *entry; st == STATUS_OK && (entry = readdir(dir));)
        st = list_look(list, folder, entry->d_name);
    closedir(dir);
    if (list->count)
        qsort(list->names, list->count, sizeof *list->names, by_name);
    return st;
}

void
profile_list_release(struct profile_list *list)
{
    free(list->names);
    memset(list, 0, sizeof *list);
}
