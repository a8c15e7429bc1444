// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/gates.h"

#include <string.h>

_Static_assert(GATE_COUNT <= 32, "gate_set has 32 bits");

const char *const gate_ids[GATE_COUNT] = {
#define X(id, key, words) #key,
    GATES(X)
#undef X
};

static const char *const words_of[GATE_COUNT] = {
#define X(id, key, words) words,
    GATES(X)
#undef X
};

static bool
is_same(const char *id, const char *text)
{
    for (; *id && *text; id++, text++) {
        char c = *text == ' ' || *text == '-' ? '_' : *text;
        if (c != *id) return false;
    }
    return *id == *text;
}

bool
gate_find(enum gate *gate, const char *text)
{
    for (int i = 0; i < GATE_COUNT; i++) {
        if (!is_same(gate_ids[i], text)) continue;
        *gate = (enum gate)i;
        return true;
    }
    return false;
}

const char *
gate_words(enum gate gate)
{
    return words_of[gate];
}
