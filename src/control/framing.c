// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/framing.h"

#include <string.h>

// Keeps COUNT bytes of a line that has not ended.
static void
keep(struct framing *framing, const char *bytes, size_t count)
{
    if (count > FRAMING_LONGEST - framing->length) {
        framing->skipping = true;
        framing->length   = 0;
    }
    if (framing->skipping) return;
    memcpy(framing->line + framing->length, bytes, count);
    framing->length += count;
}

enum framing_found
framing_take(struct framing *framing, const char **bytes, size_t *count,
             const char **line, size_t *length)
{
    while (*count > 0) {
        const char *end  = memchr(*bytes, '\n', *count);
        size_t      some = end ? (size_t)(end - *bytes) : *count;

        keep(framing, *bytes, some);
        some += end != NULL;
        *bytes += some;
        *count -= some;
        if (!end) break;
        bool too_long = framing->skipping;
        *length       = framing->length;

        framing->skipping = false;
        framing->length   = 0;
        if (too_long) return FRAMING_TOO_LONG;
        if (*length > 0 && framing->line[*length - 1] == '\r') --*length;
        framing->line[*length] = '\0';
        *line                  = framing->line;
        if (*length > 0) return FRAMING_LINE;
    }
    return FRAMING_NONE;
}
