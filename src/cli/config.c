// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall config: the settings in effect, and where each came from.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/defaults.h"
#include "cli/keep.h"
#include <argp.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SETTING 0x1000 // of the options' keys

struct options {
    struct settings *settings;
    bool             json, example, path, keep;
};

static const char about[] =
    "Shows every setting with its value and where that came from.\v"
    "What you would give as options each time can stand in config.yaml, "
    "usually "
    "in ~/.config/rollcall: 'level: gentle'. A variable such as ROLLCALL_LEVEL "
    "counts more than the file, an option more than both; the options above "
    "show what they would do.\n\n"
    "Examples:\n"
    "  rollcall config\n"
    "  rollcall config --example    a config.yaml to begin with\n"
    "  rollcall config --level deep\n"
    "  rollcall --profile anna config --keep --level gentle\n\n"
    "The exit status is 2 where something in the file is wrong.";

static error_t
parse_setting(struct argp_state *state, int key, const char *arg)
{
    struct options       *options = state->input;
    struct diag           diag    = {""};
    size_t                count;
    const struct setting *all = setting_all(&count);

    if (key < FIRST_SETTING || key >= FIRST_SETTING + 2 * (int)count)
        return ARGP_ERR_UNKNOWN;
    const struct setting *setting = &all[(key - FIRST_SETTING) / 2];
    if (setting_is_yes_or_no(setting))
        arg = (key - FIRST_SETTING) % 2 ? "no" : "yes";
    if (settings_set(options->settings, setting, arg, SETTINGS_OPTION, &diag))
        argp_error(state, "%s", diag.text);
    return 0;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;

    switch (key) {
    case 'j': options->json = true; return 0;
    case 'e': options->example = true; return 0;
    case 'p': options->path = true; return 0;
    case 'k': options->keep = true; return 0;
    case ARGP_KEY_ARG: argp_usage(state); return 0;
    default: return parse_setting(state, key, arg);
    }
}

// Every setting that is an option is one of this command, too.
static struct argp_option *
make_options(void)
{
    static const struct argp_option own[] = {
        {"json", 'j', 0, 0, "A JSON array instead of a table", 1},
        {"example", 'e', 0, 0,
         "Print a config.yaml that has them all, with what is usual", 1},
        {"path", 'p', 0, 0, "Print which file it is", 1},
        {"keep", 'k', 0, 0,
         "From now on, what the options below set is so for this person", 1},
    };
    const size_t          owns = sizeof own / sizeof *own;
    size_t                count, used;
    const struct setting *all  = setting_all(&count);
    struct argp_option   *made = calloc(owns + 2 * count + 1, sizeof *made);

    if (!made) return NULL;
    memcpy(made, own, sizeof own);
    used = owns;
    for (size_t i = 0; i < count; i++) {
        int key = FIRST_SETTING + 2 * (int)i;
        if (all[i].option)
            made[used++] = (struct argp_option){
                .name  = all[i].option + 2,
                .key   = key,
                .arg   = setting_is_yes_or_no(&all[i]) ? NULL : "VALUE",
                .doc   = all[i].about,
                .group = 2};
        if (all[i].off)
            made[used++] = (struct argp_option){.name  = all[i].off + 2,
                                                .key   = key + 1,
                                                .doc   = all[i].about_off,
                                                .group = 2};
    }
    return made;
}

// "config.yaml:3", "ROLLCALL_LEVEL", "--level", "usual".
static void
where(char to[96], const struct settings *settings,
      const struct setting *setting)
{
    switch (settings_from(settings, setting)) {
    case SETTINGS_FILE:
        snprintf(to, 96, "config.yaml:%d", settings_line(settings, setting));
        break;
    case SETTINGS_PERSON:
        snprintf(to, 96, "settings.yaml:%d", settings_line(settings, setting));
        break;
    case SETTINGS_ENVIRONMENT: setting_variable(setting, to); break;
    case SETTINGS_OPTION:
        snprintf(to, 96, "%s",
                 setting->option ? setting->option : "--language");
        break;
    default: snprintf(to, 96, "usual"); break;
    }
}

static void
print_table(const struct settings *settings)
{
    size_t                count;
    const struct setting *all      = setting_all(&count);
    int                   widths[] = {7, 5};

    for (size_t i = 0; i < count; i++) {
        int key   = (int)strlen(all[i].key);
        int value = (int)strlen(settings_value(settings, &all[i]));
        if (key > widths[0]) widths[0] = key;
        if (value > widths[1]) widths[1] = value;
    }
    printf("%-*s  %-*s  from\n", widths[0], "setting", widths[1], "value");
    for (size_t i = 0; i < count; i++) {
        const char *value = settings_value(settings, &all[i]);
        char        from[96];
        where(from, settings, &all[i]);
        printf("%-*s  %-*s  %s\n", widths[0], all[i].key, widths[1],
               *value ? value : "-", from);
    }
}

static int
no_memory(void)
{
    fputs("rollcall config: there is not enough memory\n", stderr);
    return 1;
}

// A file may be called anything, JSON is UTF-8; NULL for want of memory.
static json_t *
value_json(const char *value)
{
    if (!*value) return json_null();
    char   *copy = strdup(value);
    json_t *json = NULL;

    if (copy) {
        text_mend(copy);
        json = json_string(copy);
    }
    free(copy);
    return json;
}

static int
print_json(const struct settings *settings)
{
    size_t                count;
    const struct setting *all   = setting_all(&count);
    json_t               *array = json_array();

    for (size_t i = 0; i < count; i++) {
        char from[96];
        where(from, settings, &all[i]);
        json_array_append_new(
            array,
            json_pack("{s:s,s:o,s:s,s:s}", "setting", all[i].key, "value",
                      value_json(settings_value(settings, &all[i])), "from",
                      from, "about", all[i].about));
    }
    bool whole = json_array_size(array) == count;
    if (whole) json_dumpf(array, stdout, JSON_INDENT(2));
    if (whole) putchar('\n');
    json_decref(array);
    return whole ? 0 : no_memory();
}

// "#mqtt:" stands above the first "#  host:" of its keys.
static void
print_line(const struct setting *setting, const char *before)
{
    const char *dot   = strchr(setting->key, '.');
    int         above = dot ? (int)(dot - setting->key) : 0;

    putchar('\n');
    if (dot && strncmp(before, setting->key, (size_t)above + 1) != 0)
        printf("#%.*s:\n", above, setting->key);
    printf("#%s%s: %s\n", dot ? "  " : "", dot ? dot + 1 : setting->key,
           setting->usual);
}

// Every line is a comment, with the usual value: a file to begin with.
static void
print_example(void)
{
    size_t                count;
    const struct setting *all = setting_all(&count);
    char                  path[PATH_SIZE];

    printf("# Settings of rollcall.  Take the # away in front of what you "
           "set.\n");
    if (settings_path(path)) printf("# This file is %s\n", path);
    for (size_t i = 0; i < count; i++) {
        const char *const *words = all[i].words;
        printf("\n# %s", all[i].about);
        for (size_t w = 0; words && words[w]; w++)
            printf("%s%s", w ? ", " : " (", words[w]);
        if (words) putchar(')');
        if (all[i].least || all[i].most)
            printf(" (%s%d to %d)", all[i].or_none ? "0, " : "", all[i].least,
                   all[i].most);
        print_line(&all[i], i > 0 ? all[i - 1].key : "");
    }
}

static int
print_path(void)
{
    char path[PATH_SIZE];

    if (!settings_path(path)) {
        fputs("rollcall config: there is no home folder to have it in\n",
              stderr);
        return 1;
    }
    puts(path);
    return 0;
}

static int
show(const struct options *options)
{
    if (options->keep) return keep_options(options->settings);
    if (options->path) return print_path();
    if (options->json && !options->example)
        return print_json(options->settings);
    if (options->example)
        print_example();
    else
        print_table(options->settings);
    return 0;
}

int
cmd_config(int argc, char **argv)
{
    struct options      options = {.settings = defaults_settings()};
    struct argp_option *list    = make_options();
    struct argp         argp    = {list, parse, "", about, NULL, NULL, NULL};

    if (!list || !options.settings) {
        free(list);
        return no_memory();
    }
    defaults_check(~0U, argv);
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int status = show(&options);
    free(list);
    if (status) return status;
    return defaults_errors() ? 2 : 0;
}
