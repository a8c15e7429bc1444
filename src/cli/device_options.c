// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/device_options.h"

#include <string.h>

enum { OPTION_LISTEN = 0x400, OPTION_REALTIME, OPTION_NO_REALTIME };

static const struct argp_option options[] = {
    {"no-listen", 'n', 0, 0, "Do not use the microphone", 0},
    {"listen", OPTION_LISTEN, 0, 0,
     "Use the microphone, whatever the settings say", 0},
    {"output", 'o', "DEVICE", 0,
     "The loudspeaker: part of a name from 'rollcall devices'; with --host "
     "pipe "
     "the file or FIFO to write",
     0},
    {"input", 'i', "DEVICE", 0,
     "The microphone: part of a name from 'rollcall devices'; with --host pipe "
     "none is used unless it is named here",
     0},
    {"host", 'H', "HOST", 0,
     "portaudio (default): the sound devices; pipe: raw sound, 16 bits "
     "little-endian mono at 48 kHz, at the pace of time, to --output; without "
     "it 'play' writes to stdout",
     0},
    {"realtime", OPTION_REALTIME, 0, 0,
     "Real-time priority for the sound, where the system lets this user have "
     "it: for a small or busy machine whose sound breaks up",
     0},
    {"no-realtime", OPTION_NO_REALTIME, 0, 0,
     "Ordinary priority, whatever the settings say", 0},
    {0}};

static void
parse_host(struct argp_state *state, struct player_options *o, const char *name)
{
    if (strcmp(name, "pipe") == 0)
        o->host = &host_pipe;
    else if (strcmp(name, "portaudio") == 0)
        o->host = &host_portaudio;
    else
        argp_error(state, "--host is portaudio or pipe, not '%s'", name);
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct player_options *o = state->input;

    switch (key) {
    case 'n': o->listen = false; return 0;
    case OPTION_LISTEN: o->listen = true; return 0;
    case 'o': o->sound.output = arg; return 0;
    case 'i': o->sound.input = arg; return 0;
    case OPTION_REALTIME: o->sound.realtime = true; return 0;
    case OPTION_NO_REALTIME: o->sound.realtime = false; return 0;
    case 'H': parse_host(state, o, arg); return 0;
    case ARGP_KEY_SUCCESS:
        if (o->host != &host_pipe) return 0;
        o->sound.path = o->sound.output;
        o->listen     = o->listen && o->sound.input; // none comes by the pipe
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp device_argp = {options, parse, 0, 0, 0, 0, 0};
