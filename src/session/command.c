// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/command.h"

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
        if (!same(names[i], text)) continue;
        *command = (enum command)i;
        return true;
    }
    return false;
}
