// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall format: routine files in canonical order.
#include "routine/format.h"

#include "cli/commands.h"
#include "cli/file.h"
#include "routine/library.h"
#include "yaml/yaml.h"
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "FILE...";
static const char about[] =
    "Puts the keys of routine and exercise files in their usual order.\v"
    "Comments stay with the key below them; blank lines within an exercise go, "
    "others become one.  Nothing else changes, and a file that is in order is "
    "not touched.  A FILE that is no path is the name of a routine.\n\n"
    "Examples:\n"
    "  rollcall format my-routine.yaml\n"
    "  rollcall format --check routines/*.yaml\n\n"
    "The names of files that were changed, or with --check would be, go to "
    "stdout.  The exit status is 0, with --check 1 where one would be changed, "
    "and 2 where one cannot be put in order.";

static const struct argp_option option_list[] = {
    {"check", 'c', NULL, 0, "Change nothing, only tell what would", 0}, {0}};

struct options {
    bool   check;
    char **files;
    int    count;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    (void)arg;
    switch (key) {
    case 'c': options->check = true; return 0;
    case ARGP_KEY_ARGS:
        options->files = state->argv + state->next;
        options->count = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {option_list, parse, usage, about,
                                 NULL,        NULL,  NULL};

// Formats the file PATH; *changed where it was not in order.
static enum status
format(const char *path, bool check, bool *changed, struct diag *diag)
{
    struct report report = {0};
    char         *old = NULL, *new = NULL;
    size_t        old_length = 0, new_length = 0;

    enum status st = file_load(&old, &old_length, path, YAML_MOST_BYTES, diag);
    if (st != STATUS_OK) return st;
    st = routine_format(&new, &new_length, path, old, old_length, &report);
    report_print(&report, stderr);
    report_release(&report);
    *changed = st == STATUS_OK &&
               (old_length != new_length || memcmp(old, new, new_length) != 0);
    if (*changed && !check) st = file_replace(path, new, new_length, diag);
    free(old);
    free(new);
    return st;
}

int
cmd_format(int argc, char **argv)
{
    struct options options = {0};
    int            ended   = 0;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) return 2;
    for (int i = 0; i < options.count; i++) {
        struct diag diag = {""};
        char        path[PATH_SIZE];
        bool        changed = false;
        enum status st      = library_find(path, options.files[i], &diag);
        if (st == STATUS_OK) st = format(path, options.check, &changed, &diag);
        if (*diag.text) fprintf(stderr, "rollcall: %s\n", diag.text);
        if (changed) puts(path);
        if (st != STATUS_OK)
            ended = status_exit(st) > ended ? status_exit(st) : ended;
        else if (changed && options.check && ended == 0)
            ended = 1;
    }
    return ended;
}
