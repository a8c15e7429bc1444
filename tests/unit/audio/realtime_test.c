// SPDX-License-Identifier: GPL-3.0-or-later
// Real-time priority is taken where it is granted, and never needed.
#define _GNU_SOURCE // SCHED_RESET_ON_FORK
#include "audio/realtime.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static pthread_mutex_t waiting = PTHREAD_MUTEX_INITIALIZER;

static void *
wait_for_end(void *ctx)
{
    (void)ctx;
    pthread_mutex_lock(&waiting);
    pthread_mutex_unlock(&waiting);
    return NULL;
}

static void
a_thread_has_what_the_answer_says(void **state)
{
    struct sched_param param;
    pthread_t          thread;
    int                before, policy;

    (void)state;
    pthread_mutex_lock(&waiting);
    assert_int_equal(pthread_create(&thread, NULL, wait_for_end, NULL), 0);
    assert_int_equal(pthread_getschedparam(thread, &before, &param), 0);
    bool granted = realtime_ask(thread);
    assert_int_equal(pthread_getschedparam(thread, &policy, &param), 0);
    assert_int_equal(policy & ~SCHED_RESET_ON_FORK,
                     granted ? SCHED_RR : before);
    assert_int_equal(pthread_getschedparam(pthread_self(), &policy, &param), 0);
    assert_int_equal(policy, before); // nobody else has
    pthread_mutex_unlock(&waiting);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_has_what_the_answer_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
