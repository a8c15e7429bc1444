// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall doctor: whether this machine can play a session.
#include "app/doctor.h"

#include "cli/commands.h"
#include "cli/defaults.h"
#include "cli/json_option.h"
#include <jansson.h>
#include <stdio.h>

static const char about[] =
    "Looks at everything a session needs - files, settings, voice, "
    "loudspeaker, microphone, models, folders - and says what to do where "
    "something is wrong.\v"
    "It opens the sound devices as a session would, for half a second of "
    "silence, and keeps nothing of what it hears.\n\n"
    "Examples:\n"
    "  rollcall doctor\n"
    "  rollcall doctor --json | jq -r '.[] | select(.finding == "
    "\"broken\")'\n\n"
    "The exit status is 1 where something is broken.";

static const struct argp argp = {json_options, json_parse, "",  about,
                                 NULL,         NULL,       NULL};

static const char *const findings[] = {"good", "note", "broken"};

static void
print_checks(const struct check *checks)
{
    for (int i = 0; i < DOCTOR_CHECKS; i++) {
        const struct check *check = &checks[i];
        printf("%-6s  %-11s  %s\n", findings[check->finding], check->name,
               check->found);
        if (*check->remedy) printf("%21s%s\n", "", check->remedy);
    }
}

static bool
print_json(const struct check *checks)
{
    json_t *array = json_array();

    for (int i = 0; i < DOCTOR_CHECKS; i++)
        json_array_append_new(
            array, json_pack("{s:s,s:s,s:s,s:s}", "part", checks[i].name,
                             "finding", findings[checks[i].finding], "found",
                             checks[i].found, "remedy", checks[i].remedy));
    bool whole = json_array_size(array) == DOCTOR_CHECKS;
    if (whole) json_dumpf(array, stdout, JSON_INDENT(2));
    if (whole) putchar('\n');
    json_decref(array);
    return whole;
}

int
cmd_doctor(int argc, char **argv)
{
    static struct check checks[DOCTOR_CHECKS];
    bool                json = false;

    argp_parse(&argp, argc, argv, 0, NULL, &json);
    defaults_check(~0U, argv);
    int  broken = doctor_look(checks, defaults_settings(), defaults_errors());
    bool good   = true;
    if (json)
        good = print_json(checks);
    else
        print_checks(checks);
    if (!good) fputs("rollcall: there is not enough memory\n", stderr);
    return good && broken == 0 ? 0 : 1;
}
