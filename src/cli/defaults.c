// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/defaults.h"

#include "app/again.h"
#include "app/hooks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct settings *settings;
static int              errors; // in the file

bool
defaults_read(void)
{
    struct report report = {0};
    struct diag   diag   = {""};

    enum status st = settings_open(&settings, &report, &diag);
    report_print(&report, stderr);
    if (report.errors)
        fprintf(stderr, "rollcall: what is wrong there does not count; the "
                        "rest does\n");
    errors = report.errors;
    report_release(&report);
    if (st == STATUS_NO_MEMORY)
        fputs("rollcall: there is not enough memory\n", stderr);
    else if (st)
        fprintf(stderr, "rollcall: %s\n", diag.text);
    return st == STATUS_OK;
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

// Puts what SETTING stands for at TO: no argument, or one.
static int
put(char **to, const struct setting *setting)
{
    const char *value = settings_value(settings, setting);

    if (settings_from(settings, setting) == SETTINGS_USUAL) return 0;
    if (setting_is_yes_or_no(setting)) {
        const char *option =
            strcmp(value, "yes") == 0 ? setting->option : setting->off;
        to[0] = option ? strdup(option) : NULL;
        return to[0] != NULL;
    }
    if (!setting->option) return 0;
    size_t size = strlen(setting->option) + strlen(value) + 2;
    to[0]       = malloc(size);
    if (!to[0]) return 0;
    snprintf(to[0], size, "%s=%s", setting->option, value);
    return 1;
}

char **
defaults_arguments(unsigned commands, int *argc, char **argv)
{
    size_t                count;
    const struct setting *all  = setting_all(&count);
    int                   used = 1;

    if (!settings || !commands || again_waits()) return argv;
    static char **made; // to the end of the program
    made = calloc((size_t)*argc + count + 1, sizeof *made);
    if (!made) return argv;
    made[0] = argv[0];
    for (size_t i = 0; i < count; i++)
        if (all[i].commands & commands) used += put(&made[used], &all[i]);
    for (int i = 1; i < *argc; i++) made[used++] = argv[i];
    *argc = used;
    return made;
}
