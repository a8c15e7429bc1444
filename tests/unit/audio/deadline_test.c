// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/deadline.h"

#include "sound_helper.h"
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

static void
store_one(void *ctx)
{
    *(int *)ctx = 1;
}

static void
what_ends_in_time_has_been_done(void **state)
{
    (void)state;
    int done = 0;
    assert_true(deadline_run(store_one, &done, 10000));
    assert_int_equal(done, 1);
}

static atomic_bool let_go, ended;

static void
wait_until_let_go(void *ctx)
{
    (void)ctx;
    while (!atomic_load(&let_go)) deadline_sleep(1);
    atomic_store(&ended, true);
}

static void
what_hangs_is_left_alone(void **state)
{
    (void)state;
    assert_false(deadline_run(wait_until_let_go, NULL, 20));
    atomic_store(&let_go, true); // and may still end by itself
    while (!atomic_load(&ended)) deadline_sleep(1);
}

static void
look_at_signals(void *ctx)
{
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    *(bool *)ctx = sigismember(&now, SIGINT) && sigismember(&now, SIGTERM);
}

static void
signals_are_not_taken_there(void **state)
{
    (void)state;
    bool     blocked = false;
    sigset_t now;

    assert_true(deadline_run(look_at_signals, &blocked, 10000));
    assert_true(blocked);
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    assert_false(sigismember(&now, SIGINT));
}

// Two clocks, of which one stands still while the machine sleeps: they were
// apart by so much at the last look, to a millisecond or what came between
// reading one and the other.
static void
the_machine_slept_where_two_clocks_came_apart(void **state)
{
    (void)state;
    int64_t slept = DEADLINE_NOT_KNOWN;

    assert_false(deadline_woke(&slept)); // not known before
    int64_t now = slept;
    assert_false(deadline_woke(&slept));

    slept = now - 5000;
    assert_true(deadline_woke(&slept));
    assert_in_range(slept - now + 999, 0, 2 * 999);
    assert_false(deadline_woke(&slept));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_ends_in_time_has_been_done),
        cmocka_unit_test(what_hangs_is_left_alone),
        cmocka_unit_test(signals_are_not_taken_there),
        cmocka_unit_test(the_machine_slept_where_two_clocks_came_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
