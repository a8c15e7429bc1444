// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hooks.h"

#include "base/log.h"
#include "base/text.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS  20 // at programs that run
#define GRACE_S  2  // from asking one to end to ending it
#define MOST_ENV 32 // variables of an event

extern char **environ;

struct event {
    uint64_t bit;
    char    *line;
};

struct child {
    pid_t  pid; // 0: none
    time_t until;
    bool   asked; // to end
};

struct hooks {
    const struct hook_list *list;
    pthread_t               thread;
    pthread_mutex_t         lock; // of what follows, up to the blank line
    pthread_cond_t          wake;
    struct event            waiting[HOOKS_WAITING];
    size_t                  first, count;
    bool                    full; // told
    bool                    closing;
    time_t                  close_by;

    struct child children[HOOKS_RUNNING]; // of the thread
    bool         listening;               // of the main thread
};

static time_t
seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

// ---- one program -------------------------------------------------------

// ROLLCALL_EVENT=segment, ROLLCALL_EVENT_KIND=work and so on: what is a text
// or a number.
static size_t
fill_environment(char *variables[MOST_ENV], const char *line)
{
    json_t     *object = json_loads(line, 0, NULL);
    size_t      used   = 0;
    const char *key;
    json_t     *value;

    json_object_foreach(object, key, value)
    {
        bool  plain = strcmp(key, "event") == 0;
        char  text[HOOKS_LINE], name[64];
        char *dump =
            json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
        if (used == MOST_ENV) {
            free(dump);
            break;
        }
        snprintf(name, sizeof name, "ROLLCALL_EVENT%s%s", plain ? "" : "_",
                 plain ? "" : key);
        for (char *c = name; *c; c++) *c = (char)toupper((unsigned char)*c);
        snprintf(text, sizeof text, "%s=%s", name,
                 json_is_string(value)          ? json_string_value(value)
                 : dump && !json_is_null(value) ? dump
                                                : "");
        free(dump);
        variables[used] = strdup(text);
        if (variables[used]) used++;
    }
    json_decref(object);
    return used;
}

static char **
environment(const char *line, char *own[MOST_ENV], size_t *owned)
{
    size_t count = 0, used = 0;

    while (environ[count]) count++;
    *owned      = fill_environment(own, line);
    char **made = calloc(count + *owned + 1, sizeof *made);
    if (!made) return NULL;
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "ROLLCALL_EVENT", 14) != 0)
            made[used++] = environ[i];
    for (size_t i = 0; i < *owned; i++) made[used++] = own[i];
    return made;
}

// In a group of its own, with stdin from IN and nothing on stdout.
static int
spawn(pid_t *pid, char *const *run, char *const *env, int in)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t          how;
    sigset_t                   none, usual;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP |
                                       POSIX_SPAWN_SETSIGMASK |
                                       POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    int failed = posix_spawnp(pid, run[0], &files, &how, run, env);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

// Of this program alone.
static bool
private_pipe(int ends[2])
{
    return pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

// A new pipe takes a whole line at once, whether or not it is ever read.
static void
start(struct child *child, const struct hook *hook, const char *line)
{
    int    ends[2], failed = ENOMEM;
    char  *own[MOST_ENV];
    size_t owned = 0;
    char **env   = environment(line, own, &owned);

    if (env && private_pipe(ends)) {
        size_t length = strlen(line);
        failed        = spawn(&child->pid, hook->run, env, ends[0]);
        if (!failed && write(ends[1], line, length) != (ssize_t)length)
            log_print(LOG_WARNING, "hook %s did not take its event",
                      hook->run[0]);
        close(ends[0]); // not before: a program that does not read may be over
        close(ends[1]);
    }
    if (failed) {
        child->pid = 0;
        log_print(LOG_WARNING, "hook %s cannot be run: %s", hook->run[0],
                  strerror(failed));
    } else {
        child->until = seconds_now() + HOOKS_SECONDS;
        child->asked = false;
    }
    for (size_t i = 0; i < owned; i++) free(own[i]);
    free(env);
}

// ---- the thread --------------------------------------------------------

// Buries those that ended and ends those that take too long.  How many run.
static int
look_after(struct hooks *hooks)
{
    int    running = 0;
    time_t now     = seconds_now();

    for (int i = 0; i < HOOKS_RUNNING; i++) {
        struct child *child = &hooks->children[i];
        if (!child->pid) continue;
        if (waitpid(child->pid, NULL, WNOHANG) != 0) {
            child->pid = 0;
            continue;
        }
        running++;
        if (now < child->until) continue;
        kill(-child->pid, child->asked ? SIGKILL : SIGTERM);
        child->asked = true;
        child->until = now + GRACE_S;
    }
    return running;
}

static void
nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = LOOK_MS * 1000000}, NULL);
}

static bool
is_too_late(struct hooks *hooks)
{
    pthread_mutex_lock(&hooks->lock);
    bool late = hooks->closing && seconds_now() >= hooks->close_by;
    pthread_mutex_unlock(&hooks->lock);
    return late;
}

// NULL where nothing is begun any more.
static struct child *
free_child(struct hooks *hooks)
{
    while (!is_too_late(hooks)) {
        look_after(hooks);
        for (int i = 0; i < HOOKS_RUNNING; i++)
            if (!hooks->children[i].pid) return &hooks->children[i];
        nap();
    }
    return NULL;
}

static void
obey(struct hooks *hooks, const struct event *event)
{
    char line[HOOKS_LINE];

    snprintf(line, sizeof line, "%s\n", event->line);
    for (size_t i = 0; i < hooks->list->count; i++) {
        const struct hook *hook = &hooks->list->hooks[i];
        if (!(hook->events & event->bit)) continue;
        struct child *child = free_child(hooks);
        if (child) start(child, hook, line);
    }
}

// The next event; false where it is time to end.  While programs run it looks
// after them.
static bool
next_event(struct hooks *hooks, struct event *event)
{
    bool there;

    pthread_mutex_lock(&hooks->lock);
    while (!hooks->count && !hooks->closing) {
        pthread_mutex_unlock(&hooks->lock);
        int running = look_after(hooks);
        if (running) nap();
        pthread_mutex_lock(&hooks->lock);
        if (!running && !hooks->count && !hooks->closing)
            pthread_cond_wait(&hooks->wake, &hooks->lock);
    }
    while (hooks->count && hooks->closing && seconds_now() >= hooks->close_by) {
        free(hooks->waiting[hooks->first].line);
        hooks->first = (hooks->first + 1) % HOOKS_WAITING;
        hooks->count--;
    }
    there = hooks->count > 0;
    if (there) {
        *event       = hooks->waiting[hooks->first];
        hooks->first = (hooks->first + 1) % HOOKS_WAITING;
        hooks->count--;
    }
    pthread_mutex_unlock(&hooks->lock);
    return there;
}

static void *
serve(void *ctx)
{
    struct hooks *hooks = ctx;
    struct event  event;
    sigset_t      all;

    sigfillset(&all); // SIGPIPE of a program that does not read, above all
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    while (next_event(hooks, &event)) {
        obey(hooks, &event);
        free(event.line);
    }
    while (look_after(hooks)) nap();
    return NULL;
}

// ---- those who use it --------------------------------------------------

enum status
hooks_open(struct hooks **out, const struct hook_list *list)
{
    struct hooks *hooks = calloc(1, sizeof *hooks);
    if (!hooks) return STATUS_NO_MEMORY;

    hooks->list = list;
    pthread_mutex_init(&hooks->lock, NULL);
    pthread_cond_init(&hooks->wake, NULL);
    if (pthread_create(&hooks->thread, NULL, serve, hooks) != 0) {
        free(hooks);
        return STATUS_FAILED;
    }
    *out = hooks;
    return STATUS_OK;
}

void
hooks_close(struct hooks *hooks)
{
    if (!hooks) return;
    pthread_mutex_lock(&hooks->lock);
    hooks->closing  = true;
    hooks->close_by = seconds_now() + HOOKS_SECONDS;
    pthread_cond_signal(&hooks->wake);
    pthread_mutex_unlock(&hooks->lock);
    pthread_join(hooks->thread, NULL);
    pthread_cond_destroy(&hooks->wake);
    pthread_mutex_destroy(&hooks->lock);
    free(hooks);
}

void
hooks_run(struct hooks *hooks, uint64_t event, const char *line)
{
    bool wanted = false, tell = false;

    for (size_t i = 0; hooks && i < hooks->list->count; i++)
        wanted |= (hooks->list->hooks[i].events & event) != 0;
    if (!wanted || strlen(line) > HOOKS_LINE - 2) return;
    char *copy = strdup(line);
    if (!copy) return;
    pthread_mutex_lock(&hooks->lock);
    if (hooks->count < HOOKS_WAITING) {
        size_t last          = (hooks->first + hooks->count++) % HOOKS_WAITING;
        hooks->waiting[last] = (struct event){event, copy};
        copy                 = NULL;
        pthread_cond_signal(&hooks->wake);
    } else {
        tell        = !hooks->full;
        hooks->full = true;
    }
    pthread_mutex_unlock(&hooks->lock);
    free(copy);
    if (tell) log_print(LOG_WARNING, "hooks take too long; some are left out");
}

void
hooks_listening(struct hooks *hooks, bool on)
{
    if (!hooks || hooks->listening == on) return;
    hooks->listening = on;
    hooks_run(hooks, hook_event("listening"),
              on ? "{\"event\":\"listening\",\"on\":true}"
                 : "{\"event\":\"listening\",\"on\":false}");
}
