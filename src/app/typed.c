// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/typed.h"

#include "base/language.h"
#include "base/log.h"
#include "listen/phrases.h"
#include <stdlib.h>

struct typed {
    struct phrases *phrases;
};

struct typed *
typed_open(const char *file)
{
    struct typed *typed = calloc(1, sizeof *typed);
    struct diag   diag  = {""};
    char          path[PATH_SIZE];

    if (!typed || !language_path(path, file)) return typed;
    if (phrases_read(&typed->phrases, path, &diag) != STATUS_OK)
        log_print(LOG_WARNING, "%s", diag.text);
    return typed;
}

void
typed_close(struct typed *typed)
{
    if (typed) phrases_free(typed->phrases);
    free(typed);
}

const char *
typed_name(const struct typed *typed, const char *line)
{
    const struct phrases *phrases = typed ? typed->phrases : NULL;
    int                   found   = phrases ? phrases_find(phrases, line) : -1;

    return found >= 0 ? phrases->commands[phrases->phrases[found].command]
                      : NULL;
}

bool
typed_command(const struct typed *typed, enum command *command,
              const char *line)
{
    if (command_parse(command, line)) return true;
    const char *name = typed_name(typed, line);
    return name && command_parse(command, name);
}
