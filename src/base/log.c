// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

static _Atomic(enum log_level) shown = LOG_WARNING;

void
log_level(enum log_level level)
{
    atomic_store(&shown, level);
}

void
log_print(enum log_level level, const char *format, ...)
{
    if (level > atomic_load(&shown)) return;

    char    line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    fprintf(stderr, "rollcall: %s\n", line); // one call: lines stay whole
}
