// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int64_t now;

static enum loss
lost(struct backoff *backoff)
{
    int       wait;
    enum loss loss = backoff_lost(backoff, &wait);

    now += wait;
    return loss;
}

static void
connected_for(struct backoff *backoff, int64_t ms)
{
    backoff_connected(backoff, now);
    for (int64_t end = now + ms; now < end; now += 1000)
        backoff_look(backoff, now);
}

static void
tries_come_less_and_less_often(void **state)
{
    struct backoff backoff;
    int            wait, before = 0;

    (void)state;
    backoff_init(&backoff);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(backoff_lost(&backoff, &wait), LOSS_UNREACHED);
        assert_int_equal(wait, i == 0                       ? BACKOFF_FIRST
                               : 2 * before <= BACKOFF_MOST ? 2 * before
                                                            : BACKOFF_MOST);
        assert_int_equal(backoff_tells(&backoff, LOSS_UNREACHED), i == 0);
        before = wait;
    }
}

static void
a_connection_that_has_lasted_begins_anew(void **state)
{
    struct backoff backoff;
    int            wait;

    (void)state;
    backoff_init(&backoff);
    for (int i = 0; i < 9; i++) (void)lost(&backoff);
    assert_true(backoff_tells(&backoff, LOSS_UNREACHED));
    connected_for(&backoff, 2 * BACKOFF_GOOD);
    assert_int_equal(backoff_lost(&backoff, &wait), LOSS_UNREACHED);
    assert_int_equal(wait, BACKOFF_FIRST);
    assert_true(backoff_tells(&backoff, LOSS_UNREACHED));
}

// Each is thrown out when the other has waited.
static void
of_two_with_one_name_each_tells_once(void **state)
{
    struct backoff two[2];
    int            told = 0, wait[2];

    (void)state;
    for (int i = 0; i < 2; i++) backoff_init(&two[i]);
    connected_for(&two[0], BACKOFF_GOOD * 5);
    for (int i = 0; i < 100; i++) {
        struct backoff *out = &two[i % 2], *in = &two[(i + 1) % 2];
        backoff_connected(in, now);
        enum loss loss = backoff_lost(out, &wait[i % 2]);
        assert_int_equal(loss, i == 0 ? LOSS_UNREACHED : LOSS_SOON);
        told += backoff_tells(out, loss);
        connected_for(in, wait[i % 2]);
    }
    assert_int_equal(told, 3);
    assert_int_equal(wait[0], BACKOFF_MOST);
    assert_int_equal(wait[1], BACKOFF_MOST);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tries_come_less_and_less_often),
        cmocka_unit_test(a_connection_that_has_lasted_begins_anew),
        cmocka_unit_test(of_two_with_one_name_each_tells_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
