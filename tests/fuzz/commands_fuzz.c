// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/phrases.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Whatever the file says, each phrase is of a command, and each state allows
// only commands that there are.
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct phrases *phrases = NULL;
    struct diag     diag    = {""};

    if (phrases_parse(&phrases, "fuzz", (const char *)data, size, &diag) !=
        STATUS_OK)
        return 0;
    if (phrases->command_count > PHRASES_MOST_COMMANDS) abort();
    for (size_t i = 0; i < phrases->phrase_count; i++) {
        int command = phrases->phrases[i].command;
        if (command < 0 || (size_t)command >= phrases->command_count) abort();
        if (phrases_find(phrases, phrases->phrases[i].text) < 0) abort();
    }
    for (size_t i = 0; i < phrases->state_count; i++)
        if (phrases->command_count < 64 &&
            phrases->allowed[i] >> phrases->command_count)
            abort();
    phrases_free(phrases);
    return 0;
}
