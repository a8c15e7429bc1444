// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/ring.h"
#include <pthread.h>
#include <sched.h>

struct record {
    uint32_t number;
    uint32_t twice;
    uint32_t thrice;
};

static void
records_come_out_in_the_order_they_went_in(void **state)
{
    (void)state;
    struct ring ring;
    int         in[] = {1, 2, 3}, out[8];
    assert_true(ring_init(&ring, sizeof(int), 4));
    assert_int_equal(ring_push(&ring, in, 3), 3);
    assert_int_equal(ring_count(&ring), 3);
    assert_int_equal(ring_pop(&ring, out, 8), 3);
    assert_memory_equal(out, in, sizeof in);
    assert_int_equal(ring_pop(&ring, out, 8), 0);
    ring_release(&ring);
}

static void
a_full_ring_takes_what_fits(void **state)
{
    (void)state;
    struct ring ring;
    int         in[] = {1, 2, 3, 4, 5, 6}, out[6];
    assert_true(ring_init(&ring, sizeof(int), 4));
    assert_int_equal(ring_push(&ring, in, 6), 4);
    assert_int_equal(ring_push(&ring, in, 1), 0);
    assert_int_equal(ring_pop(&ring, out, 1), 1);
    assert_int_equal(ring_push(&ring, in + 4, 2), 1);
    assert_int_equal(ring_pop(&ring, out, 6), 4);
    assert_int_equal(out[0], 2);
    assert_int_equal(out[3], 5);
    ring_release(&ring);
}

static void
there_is_room_for_at_least_what_was_asked(void **state)
{
    (void)state;
    for (size_t asked = 1; asked <= 40; asked++) {
        struct ring ring;
        char        in[64] = {0};
        assert_true(ring_init(&ring, 1, asked));
        assert_in_range(ring_push(&ring, in, 64), asked, 2 * asked);
        ring_release(&ring);
    }
}

static void
indices_may_wrap_around(void **state)
{
    (void)state;
    struct ring ring;
    assert_true(ring_init(&ring, sizeof(int), 8));
    atomic_store(&ring.head, SIZE_MAX - 2);
    atomic_store(&ring.tail, SIZE_MAX - 2);
    for (int i = 0; i < 10; i++) {
        int out[3], in[3] = {3 * i, 3 * i + 1, 3 * i + 2};
        assert_int_equal(ring_push(&ring, in, 3), 3);
        assert_int_equal(ring_count(&ring), 3);
        assert_int_equal(ring_pop(&ring, out, 3), 3);
        assert_memory_equal(out, in, sizeof in);
    }
    ring_release(&ring);
}

#define RECORDS 20000

static void *
push_all(void *context)
{
    struct ring  *ring = context;
    struct record batch[7];
    uint32_t      next = 0;
    while (next < RECORDS) {
        size_t count = 1 + next % 7;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t number = next + i;
            batch[i]        = (struct record){number, 2 * number, 3 * number};
        }
        if (count > RECORDS - next) count = RECORDS - next;
        size_t taken = ring_push(ring, batch, count);
        if (taken == 0) sched_yield();
        next += (uint32_t)taken;
    }
    return NULL;
}

static void
a_thread_that_reads_never_sees_half_a_record(void **state)
{
    (void)state;
    struct ring ring;
    pthread_t   pusher;
    uint32_t    next = 0, torn = 0;
    assert_true(ring_init(&ring, sizeof(struct record), 64));
    assert_int_equal(pthread_create(&pusher, NULL, push_all, &ring), 0);
    while (next < RECORDS) {
        struct record batch[5];
        size_t        count = ring_pop(&ring, batch, 5);
        if (count == 0) sched_yield();
        for (size_t i = 0; i < count; i++, next++) {
            torn += batch[i].number != next || batch[i].twice != 2 * next ||
                    batch[i].thrice != 3 * next;
        }
    }
    pthread_join(pusher, NULL);
    assert_int_equal(torn, 0);
    assert_int_equal(ring_count(&ring), 0);
    ring_release(&ring);
}

struct watch {
    struct ring *ring;
    atomic_bool  over;
    size_t       most;
};

static void *
watch_count(void *context)
{
    struct watch *watch = context;
    while (!atomic_load(&watch->over)) {
        size_t count = ring_count(watch->ring);
        if (count > watch->most) watch->most = count;
        sched_yield();
    }
    return NULL;
}

static void
a_count_seen_from_outside_is_never_impossible(void **state)
{
    (void)state;
    struct ring  ring;
    struct watch watch = {.ring = &ring};
    pthread_t    pusher, watcher;
    uint32_t     next = 0;
    assert_true(ring_init(&ring, sizeof(struct record), 8));
    assert_int_equal(pthread_create(&pusher, NULL, push_all, &ring), 0);
    assert_int_equal(pthread_create(&watcher, NULL, watch_count, &watch), 0);
    while (next < RECORDS) {
        struct record batch[8];
        size_t        count = ring_pop(&ring, batch, 8);
        if (count == 0) sched_yield();
        next += (uint32_t)count;
    }
    atomic_store(&watch.over, true);
    pthread_join(pusher, NULL);
    pthread_join(watcher, NULL);
    assert_in_range(watch.most, 0, 8);
    ring_release(&ring);
}

static void
a_ring_that_was_only_zeroed_can_be_released(void **state)
{
    (void)state;
    struct ring ring = {0};
    ring_release(&ring);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_out_in_the_order_they_went_in),
        cmocka_unit_test(a_full_ring_takes_what_fits),
        cmocka_unit_test(there_is_room_for_at_least_what_was_asked),
        cmocka_unit_test(indices_may_wrap_around),
        cmocka_unit_test(a_thread_that_reads_never_sees_half_a_record),
        cmocka_unit_test(a_count_seen_from_outside_is_never_impossible),
        cmocka_unit_test(a_ring_that_was_only_zeroed_can_be_released),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
