// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/greeting.h"

#include "base/path.h"
#include "yaml/yaml.h"
#include <stdlib.h>

struct greeting {
    struct yaml *yaml; // whose the texts are
    const char  *text[GREETING_LINES];
};

static const char *const keys[GREETING_LINES] = {
    [GREETING_BROKE_OFF]      = "broke_off",
    [GREETING_DUE]            = "due",
    [GREETING_USUAL]          = "usual",
    [GREETING_LEFT_HAD_LESS]  = "left_had_less",
    [GREETING_RIGHT_HAD_LESS] = "right_had_less",
    [GREETING_HELLO]          = "hello",
    [GREETING_CHOICE]         = "choice",
    [GREETING_HOW]            = "how",
    [GREETING_AGAIN]          = "again",
    [GREETING_CHOSEN]         = "chosen",
    [GREETING_CHOSEN_IN]      = "chosen_in",
    [GREETING_MINUTES]        = "minutes",
    [GREETING_WHAT_THEN]      = "what_then",
    [GREETING_UNKNOWN]        = "unknown",
    [GREETING_GOODBYE]        = "goodbye",
};

static void
take_lines(struct greeting *greeting)
{
    const struct yaml_node *root = yaml_root(greeting->yaml);

    yaml_known_keys(greeting->yaml, root, "the greeting", keys, GREETING_LINES);
    for (int i = 0; i < GREETING_LINES; i++) {
        greeting->text[i] = yaml_text(yaml_get(root, keys[i]));
        if (!greeting->text[i] || !*greeting->text[i])
            yaml_problem(greeting->yaml, root, SEVERITY_ERROR,
                         "the line '%s' is missing", keys[i]);
    }
}

enum status
greeting_read(struct greeting **out, const char *voices, struct report *report)
{
    char             path[PATH_SIZE];
    int              before   = report->errors;
    struct greeting *greeting = calloc(1, sizeof *greeting);
    enum status      st       = greeting ? STATUS_OK : STATUS_NO_MEMORY;

    if (!st && !path_join(path, voices, "greeting.yaml")) st = STATUS_NOT_FOUND;
    if (!st) st = yaml_read(&greeting->yaml, path, report);
    if (!st) take_lines(greeting);
    if (!st && report->errors > before) st = STATUS_BAD_INPUT;
    if (st)
        greeting_free(greeting);
    else
        *out = greeting;
    return st;
}

void
greeting_free(struct greeting *greeting)
{
    if (!greeting) return;
    yaml_free(greeting->yaml);
    free(greeting);
}

const char *
greeting_text(const struct greeting *greeting, enum greeting_line line)
{
    return greeting->text[line];
}
