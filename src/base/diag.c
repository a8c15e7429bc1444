// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

void
diag_set(struct diag *diag, const char *where, const char *format, ...)
{
    if (!diag) return;

    int used      = 0;
    diag->text[0] = '\0';
    if (where) {
        used = snprintf(diag->text, sizeof diag->text, "%s: ", where);
    }
    if (used < 0 || (size_t)used >= sizeof diag->text) return;

    va_list args;
    va_start(args, format);
    vsnprintf(diag->text + used, sizeof diag->text - (size_t)used, format,
              args);
    va_end(args);
}
