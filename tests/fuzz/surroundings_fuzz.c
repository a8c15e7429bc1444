// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/surroundings.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct surroundings s      = {0};
    struct report       report = {0};
    enum phrase         advice[SURROUNDINGS_MOST_ADVICE];

    if (surroundings_parse(&s, "fuzz", (const char *)data, size, &report) ==
        STATUS_OK) {
        if (!(s.delay_ms >= 0 && s.delay_ms <= 2000)) abort();
        if (!(s.noise >= -120 && s.noise <= 6)) abort();
        if (surroundings_judge(&s, advice) > SURROUNDINGS_MOST_ADVICE) abort();
    }
    report_release(&report);
    return 0;
}
