// SPDX-License-Identifier: GPL-3.0-or-later
// Commands whose only option is --json: for struct argp.
#ifndef CLI_JSON_OPTION_H
#define CLI_JSON_OPTION_H
#include <argp.h>

extern const struct argp_option json_options[];

// The input is a bool.
error_t
json_parse(int key, char *arg, struct argp_state *state);
#endif
