// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/spin.h"

#include "audio/deadline.h"
#include "sound_helper.h"
#include <stdatomic.h>

static atomic_bool closing, busy;

static void *
idle_or_busy(void *ctx)
{
    (void)ctx;
    while (!atomic_load(&closing))
        if (!atomic_load(&busy)) deadline_sleep(1);
    return NULL;
}

// The clock told is our own: so many ms go by, however long they take.  A busy
// thread gets its second on a processor in the end.
static void
a_busy_thread_is_told_from_an_idle_one(void **state)
{
    (void)state;
    struct spin spin;
    pthread_t   thread;

    assert_int_equal(pthread_create(&thread, NULL, idle_or_busy, NULL), 0);
    spin_begin(&spin, thread);
    assert_false(spin_look(&spin, 1000));
    deadline_sleep(20);
    assert_false(spin_look(&spin, 1500)); // too soon
    assert_false(spin_look(&spin, 3000));

    atomic_store(&busy, true);
    bool seen = false;
    for (int i = 1; i <= 100 && !seen; i++) {
        deadline_sleep(100);
        seen = spin_look(&spin, 3000 + i * 1000LL);
        if (!seen) spin.used = 0; // of all its time up to now
    }
    assert_true(seen);

    atomic_store(&closing, true);
    pthread_join(thread, NULL);
    assert_false(spin_look(&spin, 200000)); // it is gone
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_busy_thread_is_told_from_an_idle_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
