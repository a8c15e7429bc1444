// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as they come into whole lines of bounded length.
#ifndef CONTROL_FRAMING_H
#define CONTROL_FRAMING_H
#include <stdbool.h>
#include <stddef.h>

#define FRAMING_LONGEST 4096 // bytes of a line, without its end

struct framing {
    size_t length;
    bool   skipping; // the rest of a line that is too long
    char   line[FRAMING_LONGEST + 1];
};

enum framing_found {
    FRAMING_NONE, // all bytes are used up, and no line is whole
    FRAMING_LINE,
    FRAMING_TOO_LONG, // told once, at its end; it is not kept
};

// Takes from *bytes (*count of them; both move on) up to the end of a line.
// FRAMING_LINE: *line is it, without "\n" or "\r\n", NUL-terminated, until the
// next call; it may hold NULs of its own, *length tells.  Empty lines are
// passed over.
enum framing_found
framing_take(struct framing *framing, const char **bytes, size_t *count,
             const char **line, size_t *length);
#endif
