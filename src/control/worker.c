// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

struct worker {
    void (*run)(void *ctx);
    void           *ctx;
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  ends;
    bool            ended;
};

static void *
run(void *ctx)
{
    struct worker *worker = ctx;

    worker->run(worker->ctx);
    pthread_mutex_lock(&worker->lock);
    worker->ended = true;
    pthread_cond_signal(&worker->ends);
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

static void
release(struct worker *worker)
{
    pthread_cond_destroy(&worker->ends);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

enum status
worker_start(struct worker **out, void (*work)(void *ctx), void *ctx)
{
    pthread_condattr_t attributes;
    sigset_t           all, before;
    struct worker     *worker = calloc(1, sizeof *worker);
    if (!worker) return STATUS_NO_MEMORY;

    worker->run = work;
    worker->ctx = ctx;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&worker->ends, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&worker->lock, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&worker->thread, NULL, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed) {
        release(worker);
        return STATUS_FAILED;
    }
    *out = worker;
    return STATUS_OK;
}

static bool
ends_within(struct worker *worker, int ms)
{
    struct timespec until;
    int             error = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_mutex_lock(&worker->lock);
    while (!worker->ended && error != ETIMEDOUT)
        error = pthread_cond_timedwait(&worker->ends, &worker->lock, &until);
    bool ended = worker->ended;
    pthread_mutex_unlock(&worker->lock);
    return ended;
}

bool
worker_end(struct worker *worker, int ms)
{
    if (!worker) return true;
    if (ms >= 0 && !ends_within(worker, ms)) {
        pthread_detach(worker->thread);
        return false;
    }
    pthread_join(worker->thread, NULL);
    release(worker);
    return true;
}
