// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "base/profile.h"
#include "base/text.h"
#include "yaml/yaml.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST  64 // settings
#define HOOKS "hooks"

struct value {
    char              *text; // NULL: as usual
    enum settings_from from;
    int                line;
};

struct settings {
    struct value       values[MOST];
    struct hook_list   hooks;
    enum settings_from file; // which one is read
};

// What yaml_known_keys() is given: keys of one level of the file.
struct keys {
    const char *text[MOST];
    char        room[MOST][32];
    size_t      count;
};

bool
settings_path(char path[PATH_SIZE])
{
    char        folder[PATH_SIZE];
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home   = getenv("HOME");

    if (config && config[0] == '/')
        return path_join(path, config, "rollcall/config.yaml");
    return home && home[0] == '/' && path_join(folder, home, ".config") &&
           path_join(path, folder, "rollcall/config.yaml");
}

static struct value *
value_of(struct settings *settings, const struct setting *setting)
{
    size_t count;
    return &settings->values[setting - setting_all(&count)];
}

enum status
settings_set(struct settings *settings, const struct setting *setting,
             const char *text, enum settings_from from, struct diag *diag)
{
    struct value *value = value_of(settings, setting);

    if (!setting_fits(setting, text, diag)) return STATUS_BAD_INPUT;
    char *copy = strdup(text);
    if (!copy) return STATUS_NO_MEMORY;
    free(value->text);
    *value = (struct value){.text = copy, .from = from};
    return STATUS_OK;
}

void
settings_unset(struct settings *settings, const struct setting *setting)
{
    struct value *value = value_of(settings, setting);

    free(value->text);
    *value = (struct value){0};
}

// A path in the file does not depend on where rollcall was started.
static bool
whole_path(char to[SETTING_SIZE], const char *text, struct diag *diag)
{
    const char *home = getenv("HOME");
    int         length;

    if (text[0] == '~' && text[1] == '/' && home && home[0] == '/')
        length = snprintf(to, SETTING_SIZE, "%s%s", home, text + 1);
    else
        length = snprintf(to, SETTING_SIZE, "%s", text);
    if (length >= 0 && length < SETTING_SIZE && to[0] == '/') return true;
    diag_set(diag, NULL, "a file is named from / or from ~/ here, not '%.60s'",
             text);
    return false;
}

static enum status
read_value(struct settings *settings, struct yaml *yaml,
           const struct setting *setting, const struct yaml_node *node)
{
    char        whole[SETTING_SIZE];
    struct diag diag = {""};
    const char *text = yaml_text(node);
    enum status st   = STATUS_BAD_INPUT;

    if (settings->file == SETTINGS_PERSON && !setting->person)
        diag_set(&diag, NULL,
                 "'%s' is for everybody here, so it stands in config.yaml",
                 setting->key);
    else if (!text)
        diag_set(&diag, NULL, "'%s' is one value, not %s", setting->key,
                 yaml_brief(node).text);
    else if (!setting->path || !*text)
        st = settings_set(settings, setting, text, settings->file, &diag);
    else if (whole_path(whole, text, &diag))
        st = settings_set(settings, setting, whole, settings->file, &diag);
    if (st == STATUS_BAD_INPUT)
        yaml_problem(yaml, node, SEVERITY_ERROR, "%s", diag.text);
    if (st == STATUS_OK)
        value_of(settings, setting)->line = yaml_line(yaml, node);
    return st == STATUS_NO_MEMORY ? st : STATUS_OK;
}

// The keys of one level: those of PREFIX, "" for the top.
static void
keys_below(struct keys *keys, const char *prefix)
{
    size_t                count, length = strlen(prefix);
    const struct setting *all = setting_all(&count);

    keys->count = 0;
    if (!*prefix) keys->text[keys->count++] = HOOKS;
    for (size_t i = 0; i < count; i++) {
        const char *rest = all[i].key + length;
        if (strncmp(all[i].key, prefix, length) != 0) continue;
        char  *key = keys->room[keys->count];
        size_t end = strcspn(rest, ".");
        snprintf(key, sizeof keys->room[0], "%.*s", (int)end, rest);
        if (keys->count && strcmp(keys->text[keys->count - 1], key) == 0)
            continue; // mqtt.host, mqtt.port: once
        keys->text[keys->count++] = key;
    }
}

static enum status
read_map(struct settings *settings, struct yaml *yaml,
         const struct yaml_node *map, const char *prefix)
{
    struct keys keys;
    char        name[64];
    enum status st = STATUS_OK;

    if (!yaml_is_map(map)) {
        yaml_problem(yaml, map, SEVERITY_ERROR,
                     "%s is a map, as 'level: gentle', not %s",
                     *prefix ? "this" : "the configuration",
                     yaml_brief(map).text);
        return STATUS_OK;
    }
    keys_below(&keys, prefix);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(prefix, "."), prefix);
    yaml_known_keys(yaml, map, *name ? name : "the configuration", keys.text,
                    keys.count);
    for (size_t i = 0; i < keys.count && !st; i++) {
        snprintf(name, sizeof name, "%s%s", prefix, keys.text[i]);
        const struct yaml_node *node    = yaml_get(map, keys.text[i]);
        const struct setting   *setting = setting_find(name);
        if (node && strcmp(name, HOOKS) == 0 &&
            settings->file == SETTINGS_PERSON) {
            yaml_problem(yaml, node, SEVERITY_ERROR,
                         "hooks are for everybody here, so they stand in "
                         "config.yaml");
        } else if (node && strcmp(name, HOOKS) == 0) {
            if (!hook_list_read(&settings->hooks, yaml, node))
                st = STATUS_NO_MEMORY;
        } else if (node && setting) {
            st = read_value(settings, yaml, setting, node);
        } else if (node) {
            text_copy(name + strlen(name), 2, ".");
            st = read_map(settings, yaml, node, name);
        }
    }
    return st;
}

static enum status
new_settings(struct settings **out, enum settings_from file)
{
    size_t count;

    (void)setting_all(&count);
    *out = count <= MOST ? calloc(1, sizeof **out) : NULL;
    if (!*out) return STATUS_NO_MEMORY;
    (*out)->file = file;
    return STATUS_OK;
}

enum status
settings_parse(struct settings **out, const char *name, const char *text,
               size_t length, struct report *report)
{
    struct settings *settings = NULL;
    struct yaml     *yaml     = NULL;

    enum status st = new_settings(&settings, SETTINGS_FILE);
    if (!st) st = yaml_parse(&yaml, name, text, length, report);
    if (!st) st = read_map(settings, yaml, yaml_root(yaml), "");
    yaml_free(yaml);
    if (!st)
        *out = settings;
    else
        settings_free(settings);
    return st;
}

// Nothing but comments is no mistake here: everything is as usual.
static bool
says_nothing(const char *path)
{
    char  line[YAML_MOST_LINE];
    bool  nothing = true;
    FILE *file    = fopen(path, "re");

    if (!file) return !path_exists(path);
    while (nothing && fgets(line, sizeof line, file)) {
        char first = line[strspn(line, " \t\r\n")];
        nothing    = first == '\0' || first == '#';
    }
    nothing = nothing && !ferror(file);
    (void)fclose(file);
    return nothing;
}

static enum status
read_file(struct settings *settings, const char *path, struct report *report)
{
    struct yaml *yaml = NULL;

    if (says_nothing(path)) return STATUS_OK;
    enum status st = yaml_read(&yaml, path, report);
    if (!st) st = read_map(settings, yaml, yaml_root(yaml), "");
    yaml_free(yaml);
    return st == STATUS_NO_MEMORY ? st : STATUS_OK;
}

static enum status
read_environment(struct settings *settings, struct diag *diag)
{
    size_t                count;
    const struct setting *all = setting_all(&count);
    enum status           st  = STATUS_OK;

    for (size_t i = 0; i < count && !st; i++) {
        char        variable[64];
        struct diag why = {""};
        setting_variable(&all[i], variable);
        const char *text = getenv(variable);
        if (!text || !*text) continue;
        st = settings_set(settings, &all[i], text, SETTINGS_ENVIRONMENT, &why);
        if (st == STATUS_BAD_INPUT) diag_set(diag, variable, "%s", why.text);
    }
    return st;
}

enum status
settings_open(struct settings **out, struct report *report, struct diag *diag)
{
    struct settings *settings = NULL;
    char             path[PATH_SIZE];

    enum status st = new_settings(&settings, SETTINGS_FILE);
    if (!st && settings_path(path)) st = read_file(settings, path, report);
    if (!st) st = read_environment(settings, diag);
    if (!st)
        *out = settings;
    else
        settings_free(settings);
    return st;
}

bool
settings_person_path(char path[PATH_SIZE])
{
    return profile_path(path, "settings.yaml");
}

enum status
settings_person(struct settings **out, struct report *report)
{
    struct settings *settings = NULL;
    char             path[PATH_SIZE];

    enum status st = new_settings(&settings, SETTINGS_PERSON);
    if (!st && settings_person_path(path))
        st = read_file(settings, path, report);
    if (!st)
        *out = settings;
    else
        settings_free(settings);
    return st;
}

enum status
settings_take(struct settings *to, const struct settings *from)
{
    for (size_t i = 0; i < MOST; i++) {
        const struct value *value = &from->values[i];
        struct value       *own   = &to->values[i];
        if (value->from <= own->from) continue;
        free(own->text);
        *own      = *value;
        own->text = strdup(value->text);
        if (!own->text) return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

void
settings_free(struct settings *settings)
{
    if (!settings) return;
    for (size_t i = 0; i < MOST; i++) free(settings->values[i].text);
    hook_list_release(&settings->hooks);
    free(settings);
}

const struct hook_list *
settings_hooks(const struct settings *settings)
{
    return &settings->hooks;
}

static const struct value *
seen(const struct settings *settings, const struct setting *setting)
{
    size_t count;
    return &settings->values[setting - setting_all(&count)];
}

const char *
settings_value(const struct settings *settings, const struct setting *setting)
{
    const char *text = seen(settings, setting)->text;
    return text ? text : setting->usual;
}

enum settings_from
settings_from(const struct settings *settings, const struct setting *setting)
{
    return seen(settings, setting)->from;
}

int
settings_line(const struct settings *settings, const struct setting *setting)
{
    return seen(settings, setting)->line;
}
