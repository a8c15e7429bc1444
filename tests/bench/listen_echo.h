// SPDX-License-Identifier: GPL-3.0-or-later
// A routine as the loudspeaker plays it in a room, heard by the microphone,
// alone or with commands spoken over it.
#ifndef BENCH_LISTEN_ECHO_H
#define BENCH_LISTEN_ECHO_H
#include "listen_case.h"

struct echo_plan {
    const char          *voices;
    const struct corpus *corpus;
    const char          *routine; // its name; NULL: another in each room
    double               seconds; // of it; 0: all
    int                  rooms;   // how many
    double               level;   // dB over a speaking person
    bool                 spoken;  // commands over it, else alone
};

enum status
echo_hear(struct cases *cases, const void *how, struct diag *diag);
#endif
