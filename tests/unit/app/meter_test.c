// SPDX-License-Identifier: GPL-3.0-or-later
// The ears watched at work, on a microphone that is not there.
#include "app/meter.h"

#include "app/interrupt.h"
#include "fake_helper.h"

#include <math.h>
#include <string.h>

static bool   has_microphone;
static bool   enough; // somebody pressed Ctrl-C
static int    levels, most_levels;
static double least, loudest;

// In place of the program's own, which wants signals.
bool
interrupted(void)
{
    return enough;
}

static enum status
open_microphone(struct host **out, const struct host_config *config,
                host_render *render, void *ctx, struct diag *diag)
{
    enum status st = fake_host.open(out, config, render, ctx, diag);
    if (!st) (*out)->hears = has_microphone;
    return st;
}

// In place of the one that wants a sound card.
const struct host_ops host_portaudio = {"none", open_microphone, NULL, NULL};

static void
note_level(void *ctx, double decibels, double speaking)
{
    assert_ptr_equal(ctx, &levels);
    assert_true(speaking >= 0);
    if (levels == 0 || decibels < least) least = decibels;
    if (levels == 0 || decibels > loudest) loudest = decibels;
    enough = ++levels == most_levels;
}

static void
note_heard(void *ctx, const struct heard *heard, double rate)
{
    assert_ptr_equal(ctx, &levels);
    assert_int_equal((int)rate, RATE);
    assert_false(heard->accepted); // nobody says anything
}

static enum status
watch(const char *state, float loud, struct diag *diag)
{
    const struct meter_options options = {.state = state,
                                          .heard = note_heard,
                                          .level = note_level,
                                          .ctx   = &levels};

    fake_voice     = loud;
    levels         = 0;
    most_levels    = 12;
    enough         = false;
    enum status st = meter_run(&options, diag);
    fake_voice     = 0;
    return st;
}

static void
how_loud_it_is_is_told_ten_times_a_second(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = true;
    assert_int_equal(watch("playing", 0.05F, &diag), STATUS_OK);
    assert_int_equal(levels, 12);
    assert_in_range(fake_frames, 12 * RATE / 10, 13 * RATE / 10);
    assert_true(fabs(least + 26.02) < 0.1);
    assert_true(fabs(loudest + 26.02) < 0.1);
}

static void
silence_is_a_number_too(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = true;
    assert_int_equal(watch(NULL, 0, &diag), STATUS_OK);
    assert_true(fabs(loudest + 120) < 0.1);
}

static void
a_state_that_there_is_not_is_told(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = true;
    assert_int_equal(watch("playin", 0, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "there is no state \"playin\""));
    assert_int_equal(levels, 0);
}

static void
without_a_microphone_there_is_nothing_to_watch(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = false;
    assert_int_equal(watch(NULL, 0, &diag), STATUS_NO_DEVICE);
    assert_string_equal(diag.text, "there is no microphone");
}

static void
a_device_that_fails_ends_it(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = true;
    fake_breaks    = RATE / 2;
    assert_int_equal(watch(NULL, 0, &diag), STATUS_FAILED);
    assert_in_range(levels, 4, 5);
    fake_breaks = 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(how_loud_it_is_is_told_ten_times_a_second),
        cmocka_unit_test(silence_is_a_number_too),
        cmocka_unit_test(a_state_that_there_is_not_is_told),
        cmocka_unit_test(without_a_microphone_there_is_nothing_to_watch),
        cmocka_unit_test(a_device_that_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
