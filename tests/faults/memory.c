// SPDX-License-Identifier: GPL-3.0-or-later
// Lets one allocation of the program fail.  Linked into it with --wrap, so that
// it meets the program's own calls and no library's.
//
//   ROLLCALL_FAULT=N         the Nth fails; "N-" that one and all behind it
//   ROLLCALL_FAULT_WAYS=once only those count that came here by a new way: by
//                            other callers than any before; "doubled", the
//                            first, 2nd, 4th, 8th ... by each way
//   ROLLCALL_FAULT_LOG=FILE  gets how many there were, and the callers of the
//                            one that failed
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

#define CALLERS 8
#define WAYS    8192 // room for half as many

extern const char __executable_start, etext; // the linker's: where our code is

struct way {
    int       count;
    uintptr_t callers[CALLERS]; // from the inmost, as addresses in the file
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t        seen[WAYS];
static unsigned        times[WAYS];
static unsigned long   calls, fails_at;
static bool            begun, goes_on, ways_only, ways_doubled;
static int             log_file = -1;

static void
begin(void)
{
    const char *fault = getenv("ROLLCALL_FAULT");
    const char *path  = getenv("ROLLCALL_FAULT_LOG");
    const char *ways  = getenv("ROLLCALL_FAULT_WAYS");
    char       *end   = NULL;

    begun        = true;
    fails_at     = fault ? strtoul(fault, &end, 10) : 0;
    goes_on      = fault && *end == '-';
    ways_only    = ways != NULL;
    ways_doubled = ways && strcmp(ways, "doubled") == 0;
    if (path) log_file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static _Unwind_Reason_Code
take_caller(struct _Unwind_Context *context, void *ctx)
{
    struct way *way  = ctx;
    uintptr_t   at   = _Unwind_GetIP(context);
    uintptr_t   from = (uintptr_t)&__executable_start;

    if (at >= from && at < (uintptr_t)&etext)
        way->callers[way->count++] = at - from;
    return way->count < CALLERS ? _URC_NO_REASON : _URC_END_OF_STACK;
}

// Not the first two callers, which are in here.
static bool
counts(const struct way *way)
{
    uint64_t hash = 14695981039346656037U;

    for (int i = 2; i < way->count; i++)
        hash = (hash ^ way->callers[i]) * 1099511628211U;
    hash |= 1;
    size_t slot = hash % WAYS;
    while (seen[slot] && seen[slot] != hash) slot = (slot + 1) % WAYS;
    seen[slot]      = hash;
    unsigned before = times[slot]++;
    return ways_doubled ? (before & (before + 1)) == 0 : before == 0;
}

static void
tell(const struct way *way)
{
    char text[512];
    int  length = snprintf(text, sizeof text, "%lu\n", calls);

    if (log_file < 0) return;
    if (calls == fails_at)
        for (int i = 2; i < way->count; i++)
            length += snprintf(text + length, sizeof text - (size_t)length,
                               "%#lx\n", (unsigned long)way->callers[i] - 1);
    if (pwrite(log_file, text, (size_t)length, 0) < 0) abort();
}

static bool
fails(void)
{
    struct way way   = {0};
    bool       fault = false;

    _Unwind_Backtrace(take_caller, &way);
    pthread_mutex_lock(&lock);
    if (!begun) begin();
    if (!ways_only || counts(&way)) {
        calls++;
        fault = calls == fails_at;
        if (fault || !fails_at) tell(&way);
    }
    fault = fault || (goes_on && calls > fails_at);
    pthread_mutex_unlock(&lock);
    if (fault) errno = ENOMEM;
    return fault;
}

// clang-format off
#define WRAP(type, name, parameters, arguments) \
    type __real_##name parameters;              \
    type __wrap_##name parameters;              \
    type __wrap_##name parameters               \
    {                                           \
        return fails() ? NULL : __real_##name arguments; \
    }
// clang-format on

WRAP(void *, malloc, (size_t size), (size))
WRAP(void *, calloc, (size_t count, size_t size), (count, size))
WRAP(void *, realloc, (void *memory, size_t size), (memory, size))
WRAP(char *, strdup, (const char *text), (text))
WRAP(char *, strndup, (const char *text, size_t most), (text, most))
WRAP(FILE *, fopen, (const char *path, const char *mode), (path, mode))
WRAP(FILE *, fdopen, (int file, const char *mode), (file, mode))
WRAP(DIR *, opendir, (const char *path), (path))
WRAP(FILE *, open_memstream, (char **text, size_t *size), (text, size))
