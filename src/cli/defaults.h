// SPDX-License-Identifier: GPL-3.0-or-later
// Settings as options given beforehand: what the command line says comes after
// them, and so over them.
#ifndef CLI_DEFAULTS_H
#define CLI_DEFAULTS_H
#include "app/settings.h"

// Reads the settings once for the whole program.  What is wrong in the file is
// printed to stderr and left out.  A failure is printed, too: a variable of the
// environment is wrong, or there is no memory.
enum status
defaults_read(void);

// What the person who is chosen keeps as their own, over the file and below
// the environment.  Told likewise.
enum status
defaults_read_person(void);

// Looks whether what the files set for COMMANDS, of enum setting_for, can be
// used: what it names is there, and so is what it needs, as a broker for a
// room, be it only in ARGV.  What cannot is told and does not count.
void
defaults_check(unsigned commands, char **argv);

// How many things in the files are wrong.
int
defaults_errors(void);

// The settings read; NULL before defaults_read(), and when it failed.
struct settings *
defaults_settings(void);

// Begins to run the hooks of the settings; NULL where there are none.  For
// hooks_close().
struct hooks;
struct hooks *
defaults_hooks(void);

// The arguments of a command, with the options that the settings stand for
// behind the first of them; ended by NULL, never freed.  COMMANDS: which
// settings it takes, of enum setting_for, and they are checked.  ARGV itself
// where there are none, NULL where there is no memory.
char **
defaults_arguments(unsigned commands, int *argc, char **argv);
#endif
