// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/script.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct script script;
    struct report report = {0};

    if (script_parse(&script, "fuzz", (const char *)data, size, &report) ==
        STATUS_OK) {
        for (size_t i = 1; i < script.count; i++) {
            if (script.lines[i].at < script.lines[i - 1].at) abort();
        }
    }
    script_release(&script);
    report_release(&report);
    return 0;
}
