// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall check: whether routine files are right.
#include "cli/commands.h"
#include "cli/guess.h"
#include "cli/said.h"
#include "routine/library.h"
#include "routine/lint.h"
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
    "A file may be a routine, or an exercise for routines to use.\n\n"
    "Problems go to stderr as FILE:LINE:COLUMN: error: ..., so an editor can "
    "jump to them.  Warnings tell of what is right but will not go well: words "
    "that are commands, cues that do not fit, pressure without a caution.  The "
    "exit status is 0 where all files are right (warnings are fine) and 2 "
    "where one is not.";

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

// What the rules want to know.
struct knowledge {
    struct lint        lint;
    struct said        said;
    struct phrasebook *book;
};

static int64_t
session_length(void *ctx, const struct routine *routine)
{
    const struct knowledge *known = ctx;
    return guess_session(routine, known->book, NULL);
}

static enum status
learn(struct knowledge *known, struct diag *diag)
{
    *known         = (struct knowledge){.lint = {.speech  = guess_speech,
                                                 .session = session_length,
                                                 .ctx     = known}};
    enum status st = guess_phrases(&known->book, diag);
    if (st == STATUS_OK) st = said_read(&known->said, diag);
    known->lint.count   = known->said.count;
    known->lint.phrases = known->said.texts;
    return st;
}

static void
forget(struct knowledge *known)
{
    said_release(&known->said);
    phrasebook_free(known->book);
}

static enum status
check(const char *file, const struct knowledge *known)
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
    st = routine_lint(&routine, path, &known->lint, &report);
    report_print(&report, stderr);
    if (st == STATUS_OK) printf("%s: ok\n", path);
    routine_free(routine);
    report_release(&report);
    return st;
}

int
cmd_check(int argc, char **argv)
{
    struct options   options = {0};
    struct diag      diag    = {""};
    struct knowledge known;
    bool             right = true;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) return 2;
    enum status st = learn(&known, &diag);
    if (st != STATUS_OK) fprintf(stderr, "rollcall: %s\n", diag.text);
    for (int i = 0; st == STATUS_OK && i < options.count; i++) {
        if (check(options.files[i], &known) != STATUS_OK) right = false;
    }
    forget(&known);
    if (st != STATUS_OK) return status_exit(st);
    return right ? 0 : 2;
}
