// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall render: a session as a sound file.
#include "app/interrupt.h"
#include "app/player.h"
#include "cli/commands.h"
#include "cli/session_options.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct options {
    struct player_options player;
    int                   shown; // percent on the bar, -1: none yet
};

static const struct argp_option option_list[] = {
    {"output", 'o', "FILE", 0,
     "What to write: .wav, .flac, .ogg, .opus or .mp3", 0},
    {"events", 'e', "FILE", 0, "Write what happens, one JSON object a line", 0},
    {"mic", 'm', "FILE", 0,
     "A recording as the microphone: its commands are obeyed", 0},
    {"script", 'c', "FILE", 0,
     "Commands at set times: 'SECONDS COMMAND' a line", 0},
    {"chapters", 'k', "FILE", 0,
     "Where exercises and sets begin: a cue sheet (.cue) or lines (.lrc)", 0},
    {"split", 'S', "exercise", 0,
     "A file for each exercise: upper-back-02-trapezius.flac", 0},
    {"no-listen", 'n', 0, 0, "Do not listen to the --mic file", 0},
    {0}};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct player_options *o = &((struct options *)state->input)->player;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->prepare;
        state->child_inputs[1] = o;
        return 0;
    case 'o': o->sound.path = arg; return 0;
    case 'e': o->events = arg; return 0;
    case 'm': o->sound.microphone = arg; return 0;
    case 'c': o->script = arg; return 0;
    case 'n': o->listen = false; return 0;
    case 'k': o->chapters = arg; return 0;
    case 'S':
        if (strcmp(arg, "exercise") != 0)
            argp_error(state, "--split takes 'exercise', not '%s'", arg);
        o->sound.split = true;
        return 0;
    case ARGP_KEY_SUCCESS:
        if (!o->sound.path)
            argp_error(state, "where to? Give a sound file, for example "
                              "-o session.flac");
        if (o->sound.split && o->chapters)
            argp_error(state, "--chapters is for a sound in one file");
        return 0;
    default: return session_routine(key, arg, state, &o->prepare);
    }
}

static const struct argp_child children[] = {
    {&session_argp, 0, "The session", 1},
    {&music_argp, 0, "Music and sound", 2},
    {0}};

static const struct argp argp = {
    option_list,
    parse,
    "ROUTINE -o FILE",
    "Writes a whole session to a sound file, faster than it plays."
    "\v" SESSION_ROUTINE "  rollcall render upper-back -o upper-back.flac\n"
    "  rollcall render lats -o lats.ogg --voice brisk --sets 2\n\n"
    "A script for --script, its times in seconds of the rendered file:\n\n"
    "  40.0 pause\n"
    "  55.5 resume\n"
    "  90 next_set\n\n"
    "Commands: start next next_set next_exercise back repeat repeat_set pause "
    "resume stop end_session more_time less_time lighter deeper louder quieter "
    "less_talk more_talk explain undo pain sharp yes no left right other_side, "
    "a number from 0 to 10, time_left where what_next help why muscle feel "
    "avoid, and what else docs/commands.md has.\n",
    children,
    0,
    0};

#define BAR 40

// "[####      ]  45 %  4:43", redrawn in place, on a terminal only.
static void
show_progress(void *ctx, int64_t done, int64_t total)
{
    struct options *options = ctx;
    int             percent = total > 0 ? (int)(done * 100 / total) : 100;
    int             seconds = (int)(done / PREPARE_RATE);
    int             marks   = percent * BAR / 100;

    if (percent == options->shown) return;
    options->shown = percent;
    fprintf(stderr, "\r[%.*s%*s] %3d %%  %d:%02d ", marks,
            "########################################", BAR - marks, "",
            percent, seconds / 60, seconds % 60);
    fflush(stderr);
}

int
cmd_render(int argc, char **argv)
{
    struct options options = {
        .player = {.host = &host_file, .listen = true},
        .shown  = -1,
    };
    struct player_result result;
    struct report        report   = {0};
    struct diag          diag     = {0};
    bool                 terminal = isatty(STDERR_FILENO) == 1;

    argp_parse(&argp, argc, argv, 0, 0, &options);
    if (terminal) {
        options.player.progress = show_progress;
        options.player.ctx      = &options;
    }
    interrupt_watch();
    enum status st = player_run(&options.player, &result, &report, &diag);
    if (options.shown >= 0) fprintf(stderr, "\r%*s\r", BAR + 20, "");
    if (st) return session_failed(argv[0], st, &report, &diag);

    report_print(&report, stderr); // warnings
    report_release(&report);
    if (strcmp(result.ended, "interrupted") == 0) {
        fprintf(stderr, "%s: interrupted; nothing was kept\n", argv[0]);
        return 1;
    }
    int seconds = (int)(result.seconds + 0.5);
    fprintf(stderr, "%s%s: %d:%02d%s\n", options.player.sound.path,
            options.player.sound.split ? ", in parts" : "", seconds / 60,
            seconds % 60,
            strcmp(result.ended, "stopped") == 0
                ? ", where the script left it paused"
                : "");
    return 0;
}
