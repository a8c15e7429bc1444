// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_broker.h"

#include "fleet_players.h"
#include <fcntl.h>
#include <mosquitto.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t             broker;
static struct mosquitto *watcher, *dawdler;
static pthread_mutex_t   lock = PTHREAD_MUTEX_INITIALIZER;
static double            status[FLEET_MOST];
static bool              online[FLEET_MOST];
static atomic_long       messages;

double
bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// Whether somebody listens there; *port 0: one where nobody does.
static bool
is_open(int *port)
{
    struct sockaddr_in address = {.sin_family      = AF_INET,
                                  .sin_port        = htons((uint16_t)*port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t          size    = sizeof address;
    int                fd      = socket(AF_INET, SOCK_STREAM, 0);
    bool               open    = false;

    if (*port)
        open = connect(fd, (struct sockaddr *)&address, size) == 0;
    else if (bind(fd, (struct sockaddr *)&address, size) == 0 &&
             getsockname(fd, (struct sockaddr *)&address, &size) == 0)
        *port = ntohs(address.sin_port);
    close(fd);
    return open;
}

enum status
broker_start(int *port, struct diag *diag)
{
    char text[16];

    if (!*port) is_open(port);
    snprintf(text, sizeof text, "%d", *port);
    broker = fork();
    if (broker == 0) {
        int nothing = open("/dev/null", O_WRONLY);
        dup2(nothing, STDERR_FILENO);
        dup2(nothing, STDOUT_FILENO);
        execlp("mosquitto", "mosquitto", "-p", text, (char *)NULL);
        execl("/usr/sbin/mosquitto", "mosquitto", "-p", text, (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 500; i++) {
        if (is_open(port)) return STATUS_OK;
        if (waitpid(broker, NULL, WNOHANG) > 0) break;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    diag_set(diag, NULL, "no mosquitto could be started; is it installed?");
    return STATUS_FAILED;
}

void
broker_stop(void)
{
    if (broker <= 0) return;
    kill(broker, SIGKILL);
    waitpid(broker, NULL, 0);
    broker = 0;
}

void
broker_usage(double *cpu, double *memory)
{
    char          path[64];
    unsigned long user = 0, system = 0;
    long          pages = 0;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)broker);
    FILE *file = fopen(path, "re");
    *cpu = *memory = 0;
    if (!file) return;
    // fields 14, 15 (ticks) and 24 (pages) of proc(5)
    if (fscanf(file,
               "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu "
               "%*d %*d %*d %*d %*d %*d %*u %*u %ld",
               &user, &system, &pages) == 3) {
        *cpu    = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
        *memory = (double)pages * (double)sysconf(_SC_PAGESIZE);
    }
    fclose(file);
}

static void
on_message(struct mosquitto *mosq, void *ctx,
           const struct mosquitto_message *message)
{
    const char *topic = message->topic, *room = strstr(topic, "/room-");
    const char *what = strrchr(topic, '/');
    int         i    = room ? (int)strtol(room + 6, NULL, 10) : -1;

    (void)mosq;
    (void)ctx;
    atomic_fetch_add(&messages, 1);
    if (i < 0 || i >= FLEET_MOST) return;
    pthread_mutex_lock(&lock);
    if (strcmp(what, "/status") == 0) status[i] = bench_now();
    if (strcmp(what, "/availability") == 0)
        online[i] = message->payloadlen == 6; // "online"
    pthread_mutex_unlock(&lock);
}

static void
on_connect(struct mosquitto *mosq, void *ctx, int reason)
{
    (void)ctx;
    if (reason == 0) mosquitto_subscribe(mosq, NULL, "rollcall/#", 0);
}

enum status
watcher_open(int port, struct diag *diag)
{
    mosquitto_lib_init();
    watcher = mosquitto_new("watcher", true, NULL);
    mosquitto_connect_callback_set(watcher, on_connect);
    mosquitto_message_callback_set(watcher, on_message);
    mosquitto_reconnect_delay_set(watcher, 1, 1, false);
    if (mosquitto_connect(watcher, "127.0.0.1", port, 60) == 0 &&
        mosquitto_loop_start(watcher) == 0)
        return STATUS_OK;
    diag_set(diag, NULL, "the broker does not let us in");
    return STATUS_FAILED;
}

void
watcher_close(void)
{
    if (!watcher) return;
    mosquitto_disconnect(watcher);
    mosquitto_loop_stop(watcher, true);
    mosquitto_destroy(watcher);
    watcher = NULL;
}

int
watcher_online(void)
{
    int count = 0;

    pthread_mutex_lock(&lock);
    for (int i = 0; i < FLEET_MOST; i++) count += online[i];
    pthread_mutex_unlock(&lock);
    return count;
}

long
watcher_messages(void)
{
    return atomic_load(&messages);
}

double
watcher_status(int room)
{
    pthread_mutex_lock(&lock);
    double at = status[room];
    pthread_mutex_unlock(&lock);
    return at;
}

void
watcher_forget(void)
{
    pthread_mutex_lock(&lock);
    memset(status, 0, sizeof status);
    memset(online, 0, sizeof online);
    pthread_mutex_unlock(&lock);
}

void
watcher_tell(const char *command)
{
    mosquitto_publish(watcher, NULL, "rollcall/class/" FLEET_CLASS "/command",
                      (int)strlen(command), command, 1, false);
}

enum status
dawdler_open(int port)
{
    dawdler = mosquitto_new("dawdler", true, NULL);
    mosquitto_connect_callback_set(dawdler, on_connect);
    if (mosquitto_connect(dawdler, "127.0.0.1", port, 600) != 0)
        return STATUS_FAILED;
    for (int i = 0; i < 20; i++) mosquitto_loop(dawdler, 10, 1);
    return STATUS_OK; // and never again
}

void
dawdler_close(void)
{
    if (dawdler) mosquitto_destroy(dawdler);
    dawdler = NULL;
}
