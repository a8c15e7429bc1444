// SPDX-License-Identifier: GPL-3.0-or-later
// A device that was started is one that plays, or what is wrong is told.
#include "audio/settle.h"

#include "audio/deadline.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { RATE = 48000 };

// A device that asks for so many frames every few milliseconds, from another
// thread, until it is told to end.
struct device {
    struct stream stream;
    long long     frames;
    int           pause; // ms
    atomic_bool   ends;
    pthread_t     thread;
};

static struct device device;

static void *
ask(void *ctx)
{
    struct device *own = ctx;

    while (!atomic_load(&own->ends)) {
        atomic_fetch_add(&own->stream.asked, own->frames);
        deadline_sleep(own->pause);
    }
    return NULL;
}

static enum status
settle_with(long long frames, int pause, struct diag *diag)
{
    memset(&device, 0, sizeof device);
    device.frames = frames;
    device.pause  = pause;
    assert_int_equal(pthread_create(&device.thread, NULL, ask, &device), 0);
    enum status st = settle(&device.stream, RATE, diag);
    atomic_store(&device.ends, true);
    pthread_join(device.thread, NULL);
    return st;
}

static void
one_that_asks_again_and_again_plays(void **state)
{
    struct diag diag = {""};

    (void)state;
    assert_int_equal(settle_with(RATE / 200, 5, &diag), STATUS_OK);
    // the first frames and more: one call alone only fills a buffer
    assert_true(atomic_load(&device.stream.asked) >= 2 * RATE / 200);
}

// A fifth of a second at a time, as some loudspeakers by radio.
static void
one_that_asks_seldom_but_goes_on_plays(void **state)
{
    struct diag diag = {""};

    (void)state;
    assert_int_equal(settle_with(RATE / 5, 200, &diag), STATUS_OK);
}

static void
one_that_is_faster_than_time_leads_nowhere(void **state)
{
    struct diag diag = {""};

    (void)state;
    assert_int_equal(settle_with(1000LL * RATE, 5, &diag), STATUS_NO_DEVICE);
    assert_non_null(strstr(diag.text, "leads nowhere"));
}

static void
one_that_has_finished_does_not_play(void **state)
{
    struct diag diag = {""};

    (void)state;
    memset(&device, 0, sizeof device);
    atomic_store(&device.stream.finished, true);
    assert_int_equal(settle(&device.stream, RATE, &diag), STATUS_LOST);
    assert_non_null(strstr(diag.text, "does not play"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_asks_again_and_again_plays),
        cmocka_unit_test(one_that_asks_seldom_but_goes_on_plays),
        cmocka_unit_test(one_that_is_faster_than_time_leads_nowhere),
        cmocka_unit_test(one_that_has_finished_does_not_play),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
