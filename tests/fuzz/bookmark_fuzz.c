// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a bookmark: refused, or printed again to the same one.
#include "app/bookmark.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct bookmark bookmark, again;
    static char            text[BOOKMARK_SIZE], twice[BOOKMARK_SIZE];

    if (!bookmark_parse(&bookmark, (const char *)data, size)) return 0;
    if (!bookmark_print(text, &bookmark)) return 0;
    if (!bookmark_parse(&again, text, strlen(text)) ||
        !bookmark_print(twice, &again) || strcmp(text, twice) != 0)
        abort();
    return 0;
}
