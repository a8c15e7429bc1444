// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE // gettid, SCHED_RESET_ON_FORK
#include "audio/priority.h"

#include "audio/deadline.h"
#include "sound_helper.h"
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_bool closing, busy;
static atomic_int  number; // the thread's
static atomic_uint naps;

static void *
idle_or_busy(void *ctx)
{
    (void)ctx;
    atomic_store(&number, gettid());
    while (!atomic_load(&closing)) {
        if (atomic_load(&busy)) continue;
        deadline_sleep(1);
        atomic_fetch_add(&naps, 1);
    }
    return NULL;
}

// What it did before does not count any more.
static void
let_it_sleep(void)
{
    unsigned before = atomic_load(&naps);
    while (atomic_load(&naps) == before) deadline_sleep(1);
}

static bool
is_ordinary(void)
{
    int policy = sched_getscheduler(atomic_load(&number));
    return (policy & ~SCHED_RESET_ON_FORK) == SCHED_OTHER;
}

// Once more, after it was taken away, as for a stream that starts again.
static void
busy_loses_it(pthread_t thread)
{
    struct diag diag = {0};

    let_it_sleep();
    assert_true(priority_raise(thread, &diag));
    assert_false(is_ordinary());
    deadline_sleep(300); // asleep itself, it keeps it
    assert_false(is_ordinary());

    atomic_store(&busy, true);
    for (int i = 0; i < 1000 && !is_ordinary(); i++) deadline_sleep(10);
    assert_true(is_ordinary());
    deadline_sleep(300); // and the process lives
    atomic_store(&busy, false);
}

static void
what_turns_in_circles_has_ordinary_priority_again(void **state)
{
    (void)state;
    struct diag diag = {0};
    pthread_t   thread;

    assert_int_equal(
        setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/dev/null", 1), 0);
    assert_int_equal(pthread_create(&thread, NULL, idle_or_busy, NULL), 0);
    while (!atomic_load(&number)) deadline_sleep(1);
    bool raised = priority_raise(thread, &diag);
    if (raised) {
        busy_loses_it(thread);
        busy_loses_it(thread);
    } else {
        print_message("not allowed here: %s\n", diag.text);
        assert_true(is_ordinary());
        assert_int_not_equal(diag.text[0], '\0');
    }
    atomic_store(&closing, true);
    pthread_join(thread, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_turns_in_circles_has_ordinary_priority_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
