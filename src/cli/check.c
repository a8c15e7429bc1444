// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall check: whether routine files are right.
#include "cli/commands.h"
#include "routine/library.h"
#include "routine/routine.h"
#include <argp.h>
#include <stdio.h>

static const char usage[] = "FILE...";
static const char about[] =
    "Checks routine files, and shows every problem with its line.\v"
    "A FILE that is no path is the name of a routine, as in \"rollcall "
    "list\".\n\n"
    "Examples:\n"
    "  rollcall check my-routine.yaml\n"
    "  rollcall check upper-back\n"
    "  rollcall check routines/*.yaml\n\n"
    "Problems go to stderr as FILE:LINE:COLUMN: error: ..., so an editor can "
    "jump to them.  The exit status is 0 where all files are right (warnings "
    "are fine) and 2 where one is not.";

struct options {
    char **files;
    int    count;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    (void)arg;
    switch (key) {
    case ARGP_KEY_ARGS:
        options->files = state->argv + state->next;
        options->count = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {NULL, parse, usage, about, NULL, NULL, NULL};

static enum status
check(const char *file)
{
    struct report   report  = {0};
    struct routine *routine = NULL;
    struct diag     diag    = {""};
    char            path[PATH_SIZE];

    enum status st = library_find(path, file, &diag);
    if (st != STATUS_OK) {
        fprintf(stderr, "rollcall: %s\n", diag.text);
        return st;
    }
    st = routine_read(&routine, path, &report);
    report_print(&report, stderr);
    if (st == STATUS_OK) printf("%s: ok\n", path);
    routine_free(routine);
    report_release(&report);
    return st;
}

int
cmd_check(int argc, char **argv)
{
    struct options options = {0};
    bool           right   = true;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) return 2;
    for (int i = 0; i < options.count; i++) {
        if (check(options.files[i]) != STATUS_OK) right = false;
    }
    return right ? 0 : 2;
}
