// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes put in order: formatting never hurts, and twice is as once.
#include "routine/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const char *
__lsan_default_suppressions(void);

// As in routine_fuzz.c.
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfyaml.so\n";
}

static void
expect(bool promise)
{
    if (!promise) abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct report report = {0};
    char         *once = NULL, *twice = NULL;
    size_t        length = 0, again = 0;
    enum status st = routine_format(&once, &length, "fuzz", (const char *)data,
                                    size, &report);

    expect((st == STATUS_OK) == (once != NULL));
    expect((st == STATUS_OK) == (report.errors == 0));
    if (once) {
        expect(once[length] == '\0');
        st = routine_format(&twice, &again, "fuzz", once, length, &report);
        expect(st == STATUS_OK);
        expect(again == length && memcmp(once, twice, length) == 0);
    }
    free(once);
    free(twice);
    report_release(&report);
    return 0;
}
