// SPDX-License-Identifier: GPL-3.0-or-later
// How alike two strings of phones sound.
#ifndef LISTEN_LIKENESS_H
#define LISTEN_LIKENESS_H
#include <stddef.h>

#define SOUNDS_MOST 64

struct sounds {
    unsigned char phones[SOUNDS_MOST];
    size_t        count; // what does not fit is left out
};

// Adds phones by their names in the CMU dictionary, "S T AA P".  Unknown ones
// are left out.
void
sounds_add(struct sounds *sounds, const char *names);

// What it costs to turn one into the other: a phone changed into one of its
// kin 0.5, into another 1, left out or put in 0.8.
double
sounds_distance(const struct sounds *a, const struct sounds *b);
#endif
