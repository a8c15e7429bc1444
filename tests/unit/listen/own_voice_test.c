// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/own_voice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct own_voice own;
static int16_t          taken[4 * OWN_VOICE_FRAME];

// Frame N has samples of N / 1024 all along.
static void
play(int64_t from, int64_t to)
{
    float frame[OWN_VOICE_FRAME];
    for (int64_t n = from; n < to; n++) {
        for (int i = 0; i < OWN_VOICE_FRAME; i++) frame[i] = (float)n / 1024;
        own_voice_feed(&own, frame);
    }
}

static int
at_frame(int64_t n)
{
    return (int)(n * 32767 / 1024);
}

static void
what_was_played_is_found_by_its_frame(void **state)
{
    (void)state;
    own_voice_init(&own);
    play(0, 600);
    assert_true(own_voice_take(&own, 500, taken, 2 * OWN_VOICE_FRAME + 10));
    assert_in_range(taken[0], at_frame(500) - 1, at_frame(500) + 1);
    assert_in_range(taken[OWN_VOICE_FRAME], at_frame(501) - 1,
                    at_frame(501) + 1);
    assert_in_range(taken[2 * OWN_VOICE_FRAME + 9], at_frame(502) - 1,
                    at_frame(502) + 1);
}

static void
nothing_is_made_up_for_what_is_not_kept(void **state)
{
    (void)state;
    own_voice_init(&own);
    play(0, 600);
    assert_false(own_voice_take(&own, 10, taken, OWN_VOICE_FRAME));
    assert_int_equal(taken[0], 0);
    assert_false(own_voice_take(&own, 600, taken, OWN_VOICE_FRAME));
    assert_false(own_voice_take(&own, -5, taken, OWN_VOICE_FRAME));
}

static void
silence_was_no_voice(void **state)
{
    (void)state;
    own_voice_init(&own);
    for (int i = 0; i < 10; i++) own_voice_feed(&own, NULL);
    assert_false(own_voice_take(&own, 2, taken, 4 * OWN_VOICE_FRAME));
    play(900, 901);
    assert_true(own_voice_take(&own, 8, taken, 4 * OWN_VOICE_FRAME));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_played_is_found_by_its_frame),
        cmocka_unit_test(nothing_is_made_up_for_what_is_not_kept),
        cmocka_unit_test(silence_was_no_voice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
