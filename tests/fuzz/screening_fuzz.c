// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/screening.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct screening screening = {0};
    struct report    report    = {0};

    if (screening_parse(&screening, "fuzz", (const char *)data, size,
                        &report) == STATUS_OK) {
        if (screening.yes & ~screening.asked) abort();
        if (screening.asked >> GATE_COUNT) abort();
    }
    report_release(&report);
    return 0;
}
