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
typed_open(void)
{
    struct typed *typed = calloc(1, sizeof *typed);
    struct diag   diag  = {""};
    char          path[PATH_SIZE];

    if (!typed || !language_path(path, "commands.yaml")) return typed;
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

bool
typed_command(const struct typed *typed, enum command *command,
              const char *line)
{
    const struct phrases *phrases = typed ? typed->phrases : NULL;
    int                   found   = phrases ? phrases_find(phrases, line) : -1;

    if (command_parse(command, line)) return true;
    return found >= 0 &&
           command_parse(command,
                         phrases->commands[phrases->phrases[found].command]);
}
