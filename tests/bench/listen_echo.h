// SPDX-License-Identifier: GPL-3.0-or-later
// A routine as the loudspeaker plays it in a room, heard by the microphone,
// alone or with commands spoken over it.
#ifndef BENCH_LISTEN_ECHO_H
#define BENCH_LISTEN_ECHO_H
#include "listen_case.h"

// In the rooms from this one on the model is fitted, so that there only the
// voice of the room's fold speaks; in those before it all voices do.
#define ECHO_FITTED 4

enum echo_spoken {
    ECHO_ALONE,
    ECHO_PHRASES, // commands of two words and more over it
    ECHO_ALL,     // any commands, and sentences that are none
};

struct echo_plan {
    const char          *voices;
    const struct corpus *corpus;
    const char          *routine; // its name; NULL: another in each room
    double               seconds; // of it; 0: all
    int                  first;   // room
    int                  rooms;   // how many from there
    double               level;   // dB over a speaking person
    enum echo_spoken     spoken;
};

enum status
echo_hear(struct cases *cases, const void *how, struct diag *diag);
#endif
