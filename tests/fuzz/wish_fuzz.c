// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wish.h"

#include "plan/fit.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wish wish;
    char       *line = malloc(size + 1);

    if (!line) return 0;
    memcpy(line, data, size);
    line[size] = '\0';
    wish_parse(&wish, line);
    if (wish.minutes < 0 || wish.minutes > FIT_MOST_MINUTES) abort();
    if (strlen(wish.what) >= sizeof wish.what) abort();
    free(line);
    return 0;
}
