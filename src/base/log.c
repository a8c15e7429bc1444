// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static _Atomic(enum log_level) shown = LOG_WARNING;

void
log_level(enum log_level level)
{
    atomic_store(&shown, level);
}

// "<4>" and the like where stderr is the journal, which sorts lines by it: see
// sd-daemon(3).  Its socket is named by device and inode.
static const char *
priority(enum log_level level)
{
    static const char *const priorities[] = {"<3>", "<4>", "<6>", "<7>"};
    const char              *journal      = getenv("JOURNAL_STREAM");
    unsigned long long       device, inode;
    struct stat              err;
    char                    *end;

    if (!journal) return "";
    device = strtoull(journal, &end, 10);
    inode  = *end == ':' ? strtoull(end + 1, NULL, 10) : 0;
    return fstat(STDERR_FILENO, &err) == 0 && err.st_dev == device &&
                   err.st_ino == inode
               ? priorities[level]
               : "";
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
    // one call: lines stay whole
    fprintf(stderr, "%srollcall: %s\n", priority(level), line);
}
