// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Whatever the file says, each value in effect is one that fits.
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct settings *settings = NULL;
    struct report    report   = {0};

    if (settings_parse(&settings, "fuzz", (const char *)data, size, &report) ==
        STATUS_OK) {
        size_t                count;
        const struct setting *all = setting_all(&count);
        struct diag           diag;
        for (size_t i = 0; i < count; i++) {
            const char *value = settings_value(settings, &all[i]);
            if (*value && !setting_fits(&all[i], value, &diag)) abort();
        }
        settings_free(settings);
    }
    report_release(&report);
    return 0;
}
