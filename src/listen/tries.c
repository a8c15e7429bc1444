// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/tries.h"

#include <stdbool.h>

void
tries_init(struct tries *tries)
{
    *tries = (struct tries){.command = -1, .doubt = 1};
}

double
tries_add(struct tries *tries, int command, double confidence, double least,
          double from, double to)
{
    bool near = confidence >= least / 2;
    bool same =
        tries->command == command && from - tries->ended <= TRIES_SECONDS;
    double doubt =
        near && same ? (1 - confidence) * tries->doubt : 1 - confidence;
    if (1 - doubt >= least)
        tries_init(tries);
    else if (near)
        *tries = (struct tries){command, doubt, to};
    return 1 - doubt;
}
