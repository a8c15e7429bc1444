// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall check: whether routine files are right.
#include "cli/commands.h"
#include "cli/guess.h"
#include "cli/overhear.h"
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
    "  rollcall check routines/*.yaml\n"
    "  rollcall check --listen my-routine.yaml\n\n"
    "A file may be a routine, or an exercise for routines to use.\n\n"
    "Problems go to stderr as FILE:LINE:COLUMN: error: ..., so an editor can "
    "jump to them.  Warnings tell of what is right but will not go well: words "
    "that are commands, cues that do not fit, pressure without a caution.\n\n"
    "--listen has the voice say each line and the listener hear it, as it "
    "would in a room: a line that is taken for a command is a warning, too.  "
    "It takes a while, and a language without an acoustic model cannot be "
    "listened to, which ends with 1.\n\n"
    "The exit status is 0 where all files are right (warnings are fine) and 2 "
    "where one is not.";

static const struct argp_option option_list[] = {
    {"listen", 'l', 0, 0,
     "Say each line, and warn of those that are heard as a command", 0},
    {"voice", 'v', "NAME", 0,
     "Whose voice says them, of 'rollcall voices'; calm if not given", 0},
    {0}};

struct options {
    char      **files;
    int         count;
    bool        listen;
    const char *voice;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'l': options->listen = true; return 0;
    case 'v': options->voice = arg; return 0;
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

// What the rules want to know.
struct knowledge {
    struct lint        lint;
    struct said        said;
    struct phrasebook *book;
    struct overhear   *ears; // NULL: nothing is listened to
};

static int64_t
session_length(void *ctx, const struct routine *routine, enum level level)
{
    const struct knowledge *known = ctx;
    return guess_session(routine, level, known->book, NULL);
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

// Voice and ears, where they are wanted.
static enum status
prick_up(struct knowledge *known, const struct options *options,
         struct diag *diag)
{
    struct report report = {0};

    if (!options->listen) return STATUS_OK;
    enum status st = overhear_open(&known->ears, options->voice, &report, diag);
    if (st == STATUS_OK) {
        known->lint.hears = overhear_line;
        known->lint.ears  = known->ears;
    }
    report_print(&report, stderr);
    report_release(&report);
    return st;
}

static void
forget(struct knowledge *known)
{
    overhear_close(known->ears);
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
    int              ended = 0;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) return 2;
    enum status st = learn(&known, &diag);
    enum status heard =
        st == STATUS_OK ? prick_up(&known, &options, &diag) : STATUS_OK;
    if (diag.text[0]) fprintf(stderr, "rollcall: %s\n", diag.text);
    for (int i = 0; st == STATUS_OK && i < options.count; i++) {
        int wrong = status_exit(check(options.files[i], &known));
        if (wrong && ended != 1) ended = wrong; // that it failed says more
    }
    forget(&known);
    if (st != STATUS_OK) return status_exit(st);
    if (ended) return ended;
    return heard == STATUS_OK ? 0 : 1;
}
