// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommands: each a main() of its own, in a file of its name.
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

// Their names, one a line.
void
commands_print(void);

int
cmd_start(int argc, char **argv);

int
cmd_play(int argc, char **argv);
int
cmd_render(int argc, char **argv);
int
cmd_plan(int argc, char **argv);
int
cmd_check(int argc, char **argv);
int
cmd_format(int argc, char **argv);
int
cmd_new(int argc, char **argv);
int
cmd_list(int argc, char **argv);
int
cmd_voices(int argc, char **argv);
int
cmd_devices(int argc, char **argv);
int
cmd_listen(int argc, char **argv);
int
cmd_config(int argc, char **argv);
int
cmd_doctor(int argc, char **argv);
int
cmd_complete(int argc, char **argv);
int
cmd_serve(int argc, char **argv);
int
cmd_tell(int argc, char **argv);
int
cmd_history(int argc, char **argv);
int
cmd_setup(int argc, char **argv);
#endif
