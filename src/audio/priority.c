// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE // SCHED_RESET_ON_FORK
#include "audio/priority.h"

#ifdef __linux__
#include "audio/deadline.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    PRIORITY = 5,      // of 99; what plays for everybody is above
    ALONE    = 100000, // us on a processor without sleep: no longer real time
    AT_MOST  = 200000, // ... and the process is killed; RealtimeKit wants it
    PATIENCE = 1000,   // ms for the system bus
};

static atomic_int raised; // the thread's number in the system

// The number is part of its clock's: ~number * 8 + 6 (Linux,
// include/linux/posix-timers_types.h).
static bool
number_of(pthread_t thread, pid_t *number)
{
    clockid_t clock;

    if (pthread_getcpuclockid(thread, &clock)) return false;
    *number = (pid_t)(~(unsigned)clock >> 3);
    return true;
}

static int
set_limit(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_RTTIME, &limit);
    if (limit.rlim_max > AT_MOST) limit.rlim_max = AT_MOST;
    limit.rlim_cur = limit.rlim_max < ALONE ? limit.rlim_max : ALONE;
    return setrlimit(RLIMIT_RTTIME, &limit);
}

static int
schedule(pid_t number, int policy, int priority)
{
    const struct sched_param param = {.sched_priority = priority};

    return sched_setscheduler(number, policy | SCHED_RESET_ON_FORK, &param);
}

// JACK's threads are by themselves, and higher.
static bool
has_it(pid_t number)
{
    int policy = sched_getscheduler(number) & ~SCHED_RESET_ON_FORK;

    return policy == SCHED_FIFO || policy == SCHED_RR;
}

// The system has moved the limit by a second, beyond that at which it kills.
static void
on_too_long(int signal)
{
    int saved = errno;

    (void)signal;
    schedule(atomic_load(&raised), SCHED_OTHER, 0);
    set_limit();
    errno = saved;
}

static bool
watch_out(void)
{
    struct sigaction action = {.sa_handler = on_too_long,
                               .sa_flags   = SA_RESTART};

    return sigaction(SIGXCPU, &action, NULL) == 0 && set_limit() == 0;
}

// ---- by RealtimeKit ----

#ifdef ROLLCALL_SD_BUS
#include <systemd/sd-bus.h>

struct request {
    pid_t number;
    bool  given;
    char  why[256];
};

static void
ask_thread(void *ctx)
{
    struct request *request = ctx;
    sd_bus         *bus     = NULL;
    sd_bus_error    error   = SD_BUS_ERROR_NULL;

    int r = sd_bus_open_system(&bus);
    if (r >= 0)
        r = sd_bus_call_method(bus, "org.freedesktop.RealtimeKit1",
                               "/org/freedesktop/RealtimeKit1",
                               "org.freedesktop.RealtimeKit1",
                               "MakeThreadRealtime", &error, NULL, "tu",
                               (uint64_t)request->number, (uint32_t)PRIORITY);
    request->given = r >= 0;
    snprintf(request->why, sizeof request->why, "%s",
             error.message ? error.message : strerror(r < 0 ? -r : 0));
    sd_bus_error_free(&error);
    sd_bus_flush_close_unref(bus);
}

static bool
ask(pid_t number, struct diag *diag)
{
    struct request *request = calloc(1, sizeof *request);

    if (!request) {
        diag_set(diag, NULL, "no memory left");
        return false;
    }
    request->number = number;
    if (!deadline_run(ask_thread, request, PATIENCE)) {
        diag_set(diag, NULL, "the system bus does not answer");
        return false; // REQUEST is the lost thread's
    }
    bool given = request->given;
    if (!given)
        diag_set(diag, NULL,
                 "neither this user's limits (RLIMIT_RTPRIO) nor RealtimeKit "
                 "give it: %s",
                 request->why);
    free(request);
    return given;
}
#else
static bool
ask(pid_t number, struct diag *diag)
{
    (void)number;
    diag_set(diag, NULL, "this user's limits (RLIMIT_RTPRIO) do not give it");
    return false;
}
#endif

bool
priority_raise(pthread_t thread, struct diag *diag)
{
    pid_t number;

    bool known = number_of(thread, &number);
    if (known && has_it(number)) return true;
    if (!known || !watch_out()) {
        diag_set(diag, NULL, "the system cannot keep watch over it");
        return false;
    }
    atomic_store(&raised, number);
    return schedule(number, SCHED_RR, PRIORITY) == 0 || ask(number, diag);
}

#else

bool
priority_raise(pthread_t thread, struct diag *diag)
{
    (void)thread;
    diag_set(diag, NULL, "this system is not asked for it"); // nor needs it
    return false;
}
#endif
