// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/deadline.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

struct call {
    void (*work)(void *ctx);
    void           *ctx;
    pthread_mutex_t mutex;
    pthread_cond_t  ended;
    bool            done;
    bool            left; // nobody waits any more
};

long long
deadline_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Two clocks, of which only one goes on while the machine sleeps.
static long long
slept_so_far(void)
{
#ifdef CLOCK_BOOTTIME
    struct timespec all;
    long long       awake = deadline_now();

    if (clock_gettime(CLOCK_BOOTTIME, &all)) return 0;
    return (long long)all.tv_sec * 1000 + all.tv_nsec / 1000000 - awake;
#else
    return 0;
#endif
}

bool
deadline_woke(int64_t *slept)
{
    int64_t all   = slept_so_far();
    bool    known = *slept != DEADLINE_NOT_KNOWN;

    if (known && all - *slept < 1000) return false;
    *slept = all;
    return known;
}

void
deadline_sleep(int ms)
{
    struct timespec pause = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static struct call *
call_new(void (*work)(void *ctx), void *ctx)
{
    pthread_condattr_t attr;
    struct call       *call = calloc(1, sizeof *call);

    if (!call) return NULL;
    call->work = work;
    call->ctx  = ctx;
    pthread_mutex_init(&call->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&call->ended, &attr);
    pthread_condattr_destroy(&attr);
    return call;
}

static void
call_free(struct call *call)
{
    pthread_cond_destroy(&call->ended);
    pthread_mutex_destroy(&call->mutex);
    free(call);
}

// The later of the two sides frees.
static void *
call_thread(void *ctx)
{
    struct call *call = ctx;

    call->work(call->ctx);
    pthread_mutex_lock(&call->mutex);
    bool left  = call->left;
    call->done = true;
    pthread_cond_signal(&call->ended);
    pthread_mutex_unlock(&call->mutex);
    if (left) call_free(call);
    return NULL;
}

static bool
call_start(struct call *call, pthread_t *thread)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool ok = pthread_create(thread, NULL, call_thread, call) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

static bool
call_wait(struct call *call, int ms)
{
    struct timespec until;
    int             st = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&call->mutex);
    while (!call->done && st == 0)
        st = pthread_cond_timedwait(&call->ended, &call->mutex, &until);
    bool done  = call->done;
    call->left = !done;
    pthread_mutex_unlock(&call->mutex);
    return done;
}

bool
deadline_run(void (*work)(void *ctx), void *ctx, int ms)
{
    struct call *call = call_new(work, ctx);
    pthread_t    thread;

    if (!call || !call_start(call, &thread)) {
        if (call) call_free(call);
        work(ctx); // no thread to be had: wait as long as it takes
        return true;
    }
    if (!call_wait(call, ms)) {
        pthread_detach(thread);
        return false;
    }
    pthread_join(thread, NULL);
    call_free(call);
    return true;
}
