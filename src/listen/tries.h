// SPDX-License-Identifier: GPL-3.0-or-later
// Tries close together add up: who says "next" again after a near miss meant
// it the first time too.
#ifndef LISTEN_TRIES_H
#define LISTEN_TRIES_H

#define TRIES_SECONDS 6.0 // from the end of one try to the start of the next

struct tries {
    int    command; // of the last near miss; -1: none
    double doubt;   // what all tries of it leave, 0..1
    double ended;   // seconds
};

void
tries_init(struct tries *tries);

// The confidence in COMMAND, heard with CONFIDENCE from FROM to TO, in seconds
// of one clock; at least LEAST makes it taken and the tries forgotten.  Only
// what reaches half of LEAST is a try.
double
tries_add(struct tries *tries, int command, double confidence, double least,
          double from, double to);
#endif
