// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall serve: always there, started by a phrase, steered from outside.
#include "app/serve.h"

#include "app/hooks.h"
#include "app/interrupt.h"
#include "cli/commands.h"
#include "cli/defaults.h"
#include "cli/device_options.h"
#include "cli/mqtt_options.h"
#include "cli/session_options.h"
#include "control/endpoint.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ROUTINE "upper-back"

enum { OPTION_NO_MPRIS = 0x200 };

struct options {
    struct serve_options serve;
    struct mqtt_config   mqtt;
};

static const struct argp_option option_list[] = {
    {"routine", 'r', "ROUTINE", 0,
     "What \"start\" plays until another is chosen; " ROUTINE " if not given",
     0},
    {"no-mpris", OPTION_NO_MPRIS, 0, 0,
     "Not on the session bus: no media keys, no headset buttons", 0},
    {0}};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct serve_options  *serve = &((struct options *)state->input)->serve;
    struct player_options *o     = &serve->player;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->prepare;
        state->child_inputs[1] = o;
        state->child_inputs[2] = &((struct options *)state->input)->mqtt;
        state->child_inputs[3] = o;
        return 0;
    case 'r': serve->routine = arg; return 0;
    case OPTION_NO_MPRIS: serve->control.mpris = false; return 0;
    case ARGP_KEY_SUCCESS:
        if (o->host == &host_pipe && !o->sound.output)
            argp_error(state, "--host pipe needs --output, a file or FIFO");
        return 0;
    case ARGP_KEY_ARG: argp_usage(state); return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {
    {&session_argp, 0, "The sessions", 1},
    {&music_argp, 0, "Music", 2},
    {&mqtt_argp, 0, "Home Assistant, and many rooms (docs/mqtt.md)", 3},
    {&device_argp, 0, NULL, 0},
    {0}};

static const struct argp argp = {
    option_list,
    parse,
    "",
    "Stays there and waits. \"Roll call start\" begins a session by voice; "
    "'rollcall tell', and every program that speaks docs/protocol.md, steers "
    "it from outside."
    "\v  rollcall serve &\n"
    "  rollcall tell play lats\n"
    "  rollcall tell pause\n\n"
    "Its socket is $ROLLCALL_SOCKET, or rollcall.sock in $XDG_RUNTIME_DIR; "
    "nobody but you can use it.  Ctrl-C ends it.\n",
    children,
    0,
    0};

static void
say_ready(void)
{
    fputs("rollcall: ready; 'rollcall tell --help' says how to steer it\n",
          stderr);
}

int
cmd_serve(int argc, char **argv)
{
    struct options options = {
        .serve = {.player  = {.host   = &host_portaudio,
                              .listen = true,
                              .keep   = true},
                  .routine = ROUTINE,
                  .control = {.mpris = true}},
    };
    struct serve_options *serve = &options.serve;
    char                  path[PATH_SIZE];
    struct report         report = {0};
    struct diag           diag   = {0};

    argp_parse(&argp, argc, argv, 0, 0, &options);
    interrupt_watch();
    if (options.mqtt.host) serve->control.mqtt = &options.mqtt;
    enum status st        = endpoint_path(path, &diag);
    serve->control.socket = path;
    serve->player.hooks   = defaults_hooks();
    if (!st) st = serve_run(serve, say_ready, &diag);
    hooks_close(serve->player.hooks);
    return st ? session_failed(argv[0], st, &report, &diag) : 0;
}
