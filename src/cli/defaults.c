// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/defaults.h"

#include "app/again.h"
#include "app/hooks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct settings *settings;
static int              errors; // in the files

static void
say_the_rest_counts(void)
{
    fputs("rollcall: what is wrong there does not count; the rest does\n",
          stderr);
}

// What is wrong in a file, and what kept it from being read.
static void
tell(struct report *report, enum status st, const struct diag *diag)
{
    report_print(report, stderr);
    if (report->errors) say_the_rest_counts();
    errors += report->errors;
    report_release(report);
    if (st == STATUS_NO_MEMORY)
        fputs("rollcall: there is not enough memory\n", stderr);
    else if (st)
        fprintf(stderr, "rollcall: %s\n", diag->text);
}

enum status
defaults_read(void)
{
    struct report report = {0};
    struct diag   diag   = {""};
    enum status   st     = settings_open(&settings, &report, &diag);

    tell(&report, st, &diag);
    return st;
}

enum status
defaults_read_person(void)
{
    struct settings *own    = NULL;
    struct report    report = {0};
    struct diag      diag   = {""};
    enum status      st     = settings_person(&own, &report);

    if (!st) st = settings_take(settings, own);
    settings_free(own);
    tell(&report, st, &diag);
    return st;
}

static bool
is_in_file(const struct setting *setting)
{
    enum settings_from from = settings_from(settings, setting);
    return from == SETTINGS_FILE || from == SETTINGS_PERSON;
}

static bool
is_option(const struct setting *setting, char **argv)
{
    size_t length = strlen(setting->option);

    for (; *argv; argv++)
        if (strncmp(*argv, setting->option, length) == 0 &&
            (!(*argv)[length] || (*argv)[length] == '='))
            return true;
    return false;
}

// What SETTING needs and nobody set; NULL where all is there.
static const struct setting *
wanting(const struct setting *setting, char **argv)
{
    const struct setting *missing = NULL;

    while (setting->needs) {
        setting = setting_find(setting->needs);
        if (settings_from(settings, setting) == SETTINGS_USUAL &&
            !is_option(setting, argv))
            missing = setting;
    }
    return missing;
}

static bool
is_usable(const struct setting *setting, char **argv, struct diag *diag)
{
    const char           *value   = settings_value(settings, setting);
    const struct setting *missing = wanting(setting, argv);

    if (missing && strcmp(value, setting->usual) != 0) {
        diag_set(diag, NULL, "'%s' does nothing without '%s'", setting->key,
                 missing->key);
        return false;
    }
    enum status st = setting->find ? setting->find(value, diag) : STATUS_OK;
    return st == STATUS_OK || st == STATUS_NO_MEMORY;
}

// As if SETTING were not in its file.
static void
leave_out(const struct setting *setting, const struct diag *diag)
{
    char path[PATH_SIZE];
    bool own = settings_from(settings, setting) == SETTINGS_PERSON;

    if (own ? settings_person_path(path) : settings_path(path))
        fprintf(stderr, "%s:%d: ", path, settings_line(settings, setting));
    fprintf(stderr, "error: %s\n", diag->text);
    settings_unset(settings, setting);
    errors++;
}

void
defaults_check(unsigned commands, char **argv)
{
    size_t                count;
    const struct setting *all    = setting_all(&count);
    int                   before = errors;

    for (size_t i = 0; settings && i < count; i++) {
        struct diag diag = {""};
        if ((all[i].commands & commands) && is_in_file(&all[i]) &&
            !is_usable(&all[i], argv, &diag))
            leave_out(&all[i], &diag);
    }
    if (errors > before) say_the_rest_counts();
}

int
defaults_errors(void)
{
    return errors;
}

struct settings *
defaults_settings(void)
{
    return settings;
}

struct hooks *
defaults_hooks(void)
{
    struct hooks           *hooks = NULL;
    const struct hook_list *list  = settings ? settings_hooks(settings) : NULL;

    if (list && list->count && hooks_open(&hooks, list) != STATUS_OK)
        fputs("rollcall: no hook can be run: there is no memory\n", stderr);
    return hooks;
}

// Puts what SETTING stands for at (*to): no argument, or one, and moves it on.
// False where there is no memory.
static bool
put(char ***to, const struct setting *setting)
{
    const char *value  = settings_value(settings, setting);
    const char *option = setting->option;
    bool        plain  = setting_is_yes_or_no(setting);

    if (settings_from(settings, setting) == SETTINGS_USUAL) return true;
    if (plain && strcmp(value, "yes") != 0) option = setting->off;
    if (!option) return true;
    size_t size = strlen(option) + strlen(value) + 2;
    char  *made = malloc(size);
    if (!made) return false;
    snprintf(made, size, "%s%s%s", option, plain ? "" : "=",
             plain ? "" : value);
    *(*to)++ = made;
    return true;
}

char **
defaults_arguments(unsigned commands, int *argc, char **argv)
{
    size_t                count;
    const struct setting *all = setting_all(&count);

    if (!settings || !commands || again_waits()) return argv;
    defaults_check(commands, argv);
    static char **made; // to the end of the program
    made = calloc((size_t)*argc + count + 1, sizeof *made);
    if (!made) return NULL;
    char **to = made;
    *to++     = argv[0];
    for (size_t i = 0; i < count; i++)
        if ((all[i].commands & commands) && !put(&to, &all[i])) return NULL;
    for (int i = 1; i < *argc; i++) *to++ = argv[i];
    *argc = (int)(to - made);
    return made;
}
