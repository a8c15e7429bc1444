// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/clips.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status
read_nothing(struct pcm **out, const char *path, int most, struct diag *diag)
{
    (void)out;
    (void)most;
    if (strstr(path, "/../")) abort(); // out of its folder
    diag_set(diag, path, "nothing there");
    return STATUS_NOT_FOUND;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct clips *clips  = NULL;
    struct report report = {0};

    if (clips_parse(&clips, "/clips", (const char *)data, size, read_nothing,
                    &report) == STATUS_OK) {
        if (clips_find(clips, "")) abort();
        clips_find(clips, "Three.");
        clips_find(clips, (const char[]){"\xc3\xbc and on"});
    }
    clips_free(clips);
    report_release(&report);
    return 0;
}
