// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall play: a session on the sound devices; rollcall start: the same, of a
// routine that is chosen by voice.
#include "app/chooser.h"
#include "app/hooks.h"
#include "app/interrupt.h"
#include "app/player.h"
#include "cli/commands.h"
#include "cli/defaults.h"
#include "cli/device_options.h"
#include "cli/session_options.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_NO_HISTORY = 0x200, OPTION_RECORD };

static const struct argp_option option_list[] = {
    {"events", 'e', "FILE", 0, "Write what happens, one JSON object a line", 0},
    {"record", OPTION_RECORD, "FILE", 0,
     "Keep what the microphone hears and what is played, in two channels (.wav "
     "or .flac), to find faults by with 'rollcall listen --recorded'",
     0},
    {"resume", 'r', "WHAT", 0,
     "Where a session of this routine broke off: ask (default) whether to go "
     "on there, yes or no",
     0},
    {"no-history", OPTION_NO_HISTORY, 0, 0,
     "Keep nothing of this session, and nothing to go on with", 0},
    {0}};

static error_t
parse_resume(struct argp_state *state, struct player_options *o,
             const char *wish)
{
    if (strcmp(wish, "ask") == 0)
        o->resume = RESUME_ASK;
    else if (strcmp(wish, "yes") == 0)
        o->resume = RESUME_YES;
    else if (strcmp(wish, "no") == 0)
        o->resume = RESUME_NO;
    else
        argp_error(state, "--resume is ask, yes or no, not '%s'", wish);
    return 0;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct player_options *o = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->prepare;
        state->child_inputs[1] = o;
        state->child_inputs[2] = o;
        return 0;
    case 'e': o->events = arg; return 0;
    case OPTION_RECORD: o->record = arg; return 0;
    case 'r': return parse_resume(state, o, arg);
    case OPTION_NO_HISTORY: o->keep = false; return 0;
    default: return session_routine(key, arg, state, &o->prepare);
    }
}

static const struct argp_child children[] = {
    {&session_argp, 0, "The session", 1},
    {&music_argp, 0, "Music and sound", 2},
    {&device_argp, 0, NULL, 0},
    {0}};

static const struct argp argp = {
    option_list,
    parse,
    "ROUTINE",
    "Leads you through a session, and obeys what you say: \"next\", \"next "
    "set\", \"repeat\", \"pause\", \"resume\", \"more time\", \"it hurts\". "
    "The same can be typed."
    "\v" SESSION_ROUTINE "  rollcall play upper-back\n"
    "  rollcall play shoulders --minutes 10\n"
    "  rollcall play lats --level gentle --sets 2\n"
    "  rollcall play lats --host pipe --output /tmp/snapfifo\n",
    children,
    0,
    0};

int
cmd_play(int argc, char **argv)
{
    struct player_options options = {
        .host   = &host_portaudio,
        .listen = true,
        .print  = true,
        .typed  = true,
        .keep   = true,
    };
    struct player_result result;
    struct report        report = {0};
    struct diag          diag   = {0};

    options.arguments = argv;
    argp_parse(&argp, argc, argv, 0, 0, &options);
    interrupt_watch();
    options.hooks  = defaults_hooks();
    enum status st = player_run(&options, &result, &report, &diag);
    hooks_close(options.hooks);
    if (st) return session_failed(argv[0], st, &report, &diag);

    report_print(&report, stderr); // warnings
    report_release(&report);
    if (result.xruns)
        fprintf(stderr, "the sound device stuttered %u times\n", result.xruns);
    if (result.late)
        fprintf(stderr, "%u sounds came late: the machine was busy\n",
                result.late);
    return strcmp(result.ended, "interrupted") == 0 ? 1 : 0;
}

// As "play" parses, without a routine: that is asked for.
static error_t
parse_start(int key, char *arg, struct argp_state *state)
{
    switch (key) {
    case ARGP_KEY_ARG:
        argp_error(state,
                   "the routine is chosen by voice; 'rollcall play %s' "
                   "begins at once",
                   arg);
        return EINVAL;
    case ARGP_KEY_NO_ARGS: return 0;
    default: return parse(key, arg, state);
    }
}

static const struct argp start_argp = {
    option_list,
    parse_start,
    NULL,
    "Asks aloud which session you would like, and plays it: say \"upper "
    "back\", \"the second one\", \"in ten minutes\".\vWithout any command "
    "rollcall does this, too.",
    children,
    0,
    0};

// How "play" would have been called, with the CHOICE behind all options;
// (*argc) + 4 places.
static void
call_play(const struct choice *choice, char minutes[32], int *argc,
          char *const *argv, char **to)
{
    static char name[] = "rollcall play";
    int         count  = 0;

    to[count++] = name;
    for (int i = 1; i < *argc; i++) to[count++] = argv[i];
    snprintf(minutes, 32, "--minutes=%d", choice->minutes);
    if (choice->minutes) to[count++] = minutes;
    to[count++] = (char *)choice->routine;
    to[count]   = NULL;
    *argc       = count;
}

int
cmd_start(int argc, char **argv)
{
    struct player_options options = {.host = &host_portaudio, .listen = true};
    struct choice         choice;
    struct report         report = {0};
    struct diag           diag   = {0};
    char                  minutes[32];

    argp_parse(&start_argp, argc, argv, 0, 0, &options);
    interrupt_watch();
    struct chooser_options asked = {.voice  = options.prepare.voice,
                                    .output = options.sound.output,
                                    .input  = options.sound.input};
    enum status            st    = chooser_run(&choice, &asked, &report, &diag);
    if (st) return session_failed(argv[0], st, &report, &diag);
    report_release(&report);
    if (!*choice.routine) return 0;

    char **call = calloc((size_t)argc + 4, sizeof *call);
    if (!call) return session_failed(argv[0], STATUS_NO_MEMORY, &report, &diag);
    call_play(&choice, minutes, &argc, argv, call);
    int status = cmd_play(argc, call);
    free(call);
    return status;
}
