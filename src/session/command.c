// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/command.h"

#include <string.h>

static const char *const names[COMMANDS] = {
#define X(id, name) [COMMAND_##id] = #name,
    COMMANDS_KNOWN(X)
#undef X
};

const char *
command_name(enum command command)
{
    return names[command];
}

const char *const *
command_names(void)
{
    return names;
}

int
command_number(enum command command)
{
    bool number = command >= COMMAND_NUMBER_0 && command <= COMMAND_NUMBER_10;
    return number ? (int)command - (int)COMMAND_NUMBER_0 : -1;
}

static bool
same(const char *name, const char *text)
{
    for (; *name && *text; name++, text++) {
        char c = *text == '-' || *text == ' ' ? '_' : *text;
        if (c != *name) return false;
    }
    return *name == *text;
}

bool
command_parse(enum command *command, const char *text)
{
    for (int i = 0; i < COMMANDS; i++) {
        bool number = command_number((enum command)i) >= 0;
        if (!same(names[i], text) &&
            !(number && same(names[i] + strlen("number_"), text)))
            continue;
        *command = (enum command)i;
        return true;
    }
    return false;
}
