// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/json_option.h"

#include <stdbool.h>

const struct argp_option json_options[] = {
    {"json", 'j', NULL, 0, "A JSON array instead of a table", 0}, {0}};

error_t
json_parse(int key, char *arg, struct argp_state *state)
{
    bool *json = state->input;

    (void)arg;
    if (key != 'j') return ARGP_ERR_UNKNOWN;
    *json = true;
    return 0;
}
