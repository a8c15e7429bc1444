// SPDX-License-Identifier: GPL-3.0-or-later
// RealtimeKit without its daemon, on the system bus: gives a thread real-time
// priority where its process is one that the real one would give it to.  Says
// "there" once it can be asked.  For root.
#define _GNU_SOURCE // prlimit, SCHED_RESET_ON_FORK
#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <systemd/sd-bus.h>

#define NAME "org.freedesktop.RealtimeKit1"

static const rlim_t most = 200000; // us, its --rttime-usec-max

static int
process_of(sd_bus_message *m, pid_t *process)
{
    sd_bus_creds *creds = NULL;

    int r = sd_bus_query_sender_creds(m, SD_BUS_CREDS_PID, &creds);
    if (r >= 0) r = sd_bus_creds_get_pid(creds, process);
    sd_bus_creds_unref(creds);
    return r;
}

static int
on_make(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    struct rlimit limit;
    pid_t         process;
    uint64_t      thread;
    uint32_t      priority;

    (void)ctx;
    int r = sd_bus_message_read(m, "tu", &thread, &priority);
    if (r >= 0) r = process_of(m, &process);
    if (r < 0) return r;
    if (prlimit(process, RLIMIT_RTTIME, NULL, &limit) || limit.rlim_max > most)
        return sd_bus_error_set(error, SD_BUS_ERROR_ACCESS_DENIED,
                                "its RLIMIT_RTTIME is too large");
    const struct sched_param param = {.sched_priority = (int)priority};
    if (sched_setscheduler((pid_t)thread, SCHED_RR | SCHED_RESET_ON_FORK,
                           &param))
        return sd_bus_error_set_errno(error, errno);
    return sd_bus_reply_method_return(m, "");
}

static const sd_bus_vtable kit[] = {SD_BUS_VTABLE_START(0),
                                    SD_BUS_METHOD("MakeThreadRealtime", "tu",
                                                  "", on_make,
                                                  SD_BUS_VTABLE_UNPRIVILEGED),
                                    SD_BUS_VTABLE_END};

int
main(void)
{
    sd_bus *bus = NULL;

    int r = sd_bus_open_system(&bus);
    if (r >= 0)
        r = sd_bus_add_object_vtable(bus, NULL, "/org/freedesktop/RealtimeKit1",
                                     NAME, kit, NULL);
    if (r >= 0) r = sd_bus_request_name(bus, NAME, 0);
    if (r >= 0) puts("there");
    fflush(stdout);
    while (r >= 0) {
        r = sd_bus_process(bus, NULL);
        if (r == 0) r = sd_bus_wait(bus, UINT64_MAX);
    }
    fprintf(stderr, "rtkit: %s\n", strerror(-r));
    return 1;
}
