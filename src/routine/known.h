// SPDX-License-Identifier: GPL-3.0-or-later
// The words a routine uses for parts of the body, muscles and tools.
#ifndef ROUTINE_KNOWN_H
#define ROUTINE_KNOWN_H
#include <stdbool.h>
#include <stddef.h>

struct known {
    size_t             count;
    const char *const *words;
};

// What a routine or an exercise is for, as one would ask for it: "shoulders".
extern const struct known known_bodies;

// A routine may name others; "rollcall check" warns of them.
extern const struct known known_muscles;
extern const struct known known_tools;

bool
known_has(const struct known *known, const char *word);

// Whether TOOL presses on the body, as a roller or a ball does.
bool
known_presses(const char *tool);

// Whether an exercise for PART is one for BODY: the same, or a part of it
// ("calves" of "legs").
bool
known_covers(const char *body, const char *part);
#endif
