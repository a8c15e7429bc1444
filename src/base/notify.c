// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// Opened anew for each: they are rare, and the manager may be another by then.
static void
tell(const char *text)
{
    struct sockaddr_un to   = {.sun_family = AF_UNIX};
    const char        *path = getenv("NOTIFY_SOCKET");
    size_t             length;

    if (!path || (*path != '/' && *path != '@')) return;
    length = strlen(path);
    if (length >= sizeof to.sun_path) return;
    memcpy(to.sun_path, path, length);
    if (*path == '@') to.sun_path[0] = '\0'; // abstract
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return;
    (void)sendto(fd, text, strlen(text), MSG_NOSIGNAL, (struct sockaddr *)&to,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
    close(fd);
}

void
notify_ready(const char *text)
{
    char message[256];
    snprintf(message, sizeof message, "READY=1\nSTATUS=%s", text);
    tell(message);
}

void
notify_status(const char *text)
{
    char message[256];
    snprintf(message, sizeof message, "STATUS=%s", text);
    tell(message);
}

void
notify_stopping(void)
{
    tell("STOPPING=1");
}

static long
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Three times as often as it wants to hear it; 0: it does not.
static long
wanted_ms(void)
{
    const char *every = getenv("WATCHDOG_USEC");
    const char *whose = getenv("WATCHDOG_PID");

    if (!every || (whose && atol(whose) != (long)getpid())) return 0;
    return atol(every) / 3000;
}

void
notify_alive(void)
{
    static long next;
    long        every = wanted_ms();
    long        now   = now_ms();

    if (every <= 0 || now < next) return;
    next = now + every;
    tell("WATCHDOG=1");
}
