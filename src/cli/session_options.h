// SPDX-License-Identifier: GPL-3.0-or-later
// The options that play, render and plan share, as an argp child.
#ifndef CLI_SESSION_OPTIONS_H
#define CLI_SESSION_OPTIONS_H
#include "app/player.h"
#include <argp.h>

// Its input is a struct prepare_options: the voice, the dose, the talk.
extern const struct argp session_argp;

// Takes the one argument ROUTINE, and errors where it is missing or not the
// last; for the end of a command's own parser.
error_t
session_routine(int key, char *arg, struct argp_state *state,
                struct prepare_options *o);

// What ROUTINE may be, for the end of a command's help.
#define SESSION_ROUTINE                                                        \
    "ROUTINE is a name from 'rollcall list', a file, or a part of the body, "  \
    "which takes the routine that is most for it.\n\n"

// Its input is a struct player_options: music, and what becomes of all sound.
extern const struct argp music_argp;

// Prints what went wrong: all problems of files, then DIAG if it says
// anything.  Gives the exit status.
int
session_failed(const char *name, enum status st, struct report *report,
               const struct diag *diag);
#endif
