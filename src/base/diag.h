// SPDX-License-Identifier: GPL-3.0-or-later
// One message about one failure: where, what, and what to do.
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

struct diag {
    char text[1024]; // complete sentence(s), no newline at the end
};

// "WHERE: message", or only the message where WHERE is NULL.  A NULL diag is
// fine and keeps nothing.  Longer text is cut.
void
diag_set(struct diag *diag, const char *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#endif
