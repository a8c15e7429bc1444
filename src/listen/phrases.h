// SPDX-License-Identifier: GPL-3.0-or-later
// What can be said: commands.yaml, the phrases of each command and the
// commands that count in each state of a session.
#ifndef LISTEN_PHRASES_H
#define LISTEN_PHRASES_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHRASES_MOST_COMMANDS 64
#define PHRASES_MOST_STATES   16
#define PHRASES_MOST          512
#define PHRASES_MOST_WORDS    6 // in a phrase

struct wording {
    char *text; // small letters, one space between words
    int   command;
};

struct phrases {
    char          *commands[PHRASES_MOST_COMMANDS];
    size_t         command_count;
    struct wording phrases[PHRASES_MOST];
    size_t         phrase_count;
    char          *states[PHRASES_MOST_STATES];
    uint64_t       allowed[PHRASES_MOST_STATES]; // bit I for command I
    size_t         state_count;
    uint64_t       asked; // the commands that count in states "asked ..." alone
};

// Reads a commands.yaml.  *diag holds every problem of it, or as many as fit.
enum status
phrases_read(struct phrases **out, const char *path, struct diag *diag);

// The same of a text; NAME stands where the file's name would.
enum status
phrases_parse(struct phrases **out, const char *name, const char *text,
              size_t length, struct diag *diag);

void
phrases_free(struct phrases *phrases); // NULL is fine

// The number of the command NAME, -1 where there is none.
int
phrases_command(const struct phrases *phrases, const char *name);

// The number of the phrase TEXT, -1 where there is none.
int
phrases_find(const struct phrases *phrases, const char *text);

// The commands of STATE; false where there is no such state.
bool
phrases_state(const struct phrases *phrases, const char *state,
              uint64_t *allowed);
#endif
