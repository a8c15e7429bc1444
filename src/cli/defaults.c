// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/defaults.h"

#include "app/again.h"
#include "app/hooks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct settings *settings;
static int              errors; // in the files

// What is wrong in a file, and what kept it from being read.
static void
tell(struct report *report, enum status st, const struct diag *diag)
{
    report_print(report, stderr);
    if (report->errors)
        fprintf(stderr, "rollcall: what is wrong there does not count; the "
                        "rest does\n");
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
