// SPDX-License-Identifier: GPL-3.0-or-later
// The voice of the one who uses it: how they say the commands, a few takes of
// each, kept in a small file of their own.
//
// What is heard is compared with the takes of its command and of all others;
// how much that counts was fitted to speakers with several takes of a word:
// docs/setup.md.
#ifndef LISTEN_PERSON_H
#define LISTEN_PERSON_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/phrases.h"
#include "listen/sketch.h"
#include <stdbool.h>
#include <stddef.h>

#define PERSON_TAKES 3 // of a phrase
#define PERSON_MOST  120
#define PERSON_NAME  48
#define PERSON_NEAR  0.85 // farther off, a take is of something else
#define PERSON_CLEAR 0.05 // how much nearer another command must be

struct person;

struct take {
    char          command[PERSON_NAME];
    char          phrase[PERSON_NAME];
    int           number; // of the command: person_number(); else -1
    struct sketch sketch;
};

// How what was heard lies to the takes.
struct kinship {
    bool   known;  // there are takes to compare with
    bool   moved;  // to this command by the takes: see listener.c
    double near;   // distance to the nearest of the command
    double rest;   // how much farther the nearest of another command is
    double spread; // mean distance between the takes of the command
    int    other;  // a command whose take is clearly nearer, -1: none
};

// Without any takes; NULL: no memory.
struct person *
person_new(void);

// A file as person_write() made it; every problem of it is in *diag.
enum status
person_read(struct person **out, const char *path, struct diag *diag);

void
person_free(struct person *person); // NULL is fine

// Makes the folder where there is none.  A file that is there stays whole until
// the new one is.
enum status
person_write(const struct person *person, const char *path, struct diag *diag);

size_t
person_count(const struct person *person);
const struct take *
person_take(const struct person *person, size_t i);

// How many takes there are of PHRASE.
int
person_takes(const struct person *person, const char *phrase);

// False where there is no room.
bool
person_add(struct person *person, const char *command, const char *phrase,
           const struct sketch *sketch);

// Gives the takes the numbers their commands have in PHRASES.  One whose
// command is not there is never compared with.
void
person_number(struct person *person, const struct phrases *phrases);

// Takes in what was just heard, in memory only.  Where PERSON_TAKES of the
// phrase were learnt so, the oldest of those makes room; none where the person
// has no take of their own of it.
void
person_learn(struct person *person, int command, const char *phrase,
             const struct sketch *sketch);

// Compares what was heard as PHRASE of COMMAND with the takes of commands in
// ALLOWED, bit I for command I.
struct kinship
person_kinship(const struct person *person, int command, const char *phrase,
               uint64_t allowed, const struct sketch *sketch);

// A logistic regression: what each part adds to the logarithm of the odds.
struct person_weights {
    double base;
    double sure; // of that logarithm as for anybody
    double near, rest, spread, moved;
};

// CONFIDENCE, 0..1, with what the takes say about it.
double
person_weigh(const struct person_weights *weights,
             const struct kinship *kinship, double confidence);

// By the weights in use, fitted to the trials of "own voice known" in the
// bench.
double
person_judge(const struct kinship *kinship, double confidence);
#endif
