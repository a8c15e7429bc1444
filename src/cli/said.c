// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/said.h"

#include "base/language.h"
#include <stdlib.h>

enum status
said_read(struct said *said, struct diag *diag)
{
    char path[PATH_SIZE];

    if (!language_path(path, "commands.yaml")) {
        diag_set(diag, NULL, "cannot tell where rollcall's own files are");
        return STATUS_NOT_FOUND;
    }
    enum status st = phrases_read(&said->phrases, path, diag);
    if (st != STATUS_OK) return st;
    size_t count = said->phrases->phrase_count;
    said->texts  = calloc(count + 1, sizeof *said->texts);
    if (!said->texts) {
        diag_set(diag, NULL, "out of memory");
        return STATUS_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++)
        if (!(said->phrases->asked >> said->phrases->phrases[i].command & 1))
            said->texts[said->count++] = said->phrases->phrases[i].text;
    return STATUS_OK;
}

void
said_release(struct said *said)
{
    phrases_free(said->phrases);
    free((void *)said->texts);
    *said = (struct said){0};
}
