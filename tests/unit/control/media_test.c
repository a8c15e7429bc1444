// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/media.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct state idle    = {.activity = ACTIVITY_IDLE};
static struct state waiting = {
    .activity = ACTIVITY_PLAYING, .kind = "ready", .length = 60};
static struct state rolling = {
    .activity = ACTIVITY_PLAYING, .kind = "work", .length = 40};
static struct state paused = {
    .activity = ACTIVITY_PAUSED, .kind = "work", .length = 40};

static void
one_button_starts_is_ready_pauses_and_goes_on(void **state)
{
    (void)state;
    assert_int_equal(media_command(&idle, MEDIA_PLAY_PAUSE), COMMAND_START);
    assert_int_equal(media_command(&waiting, MEDIA_PLAY_PAUSE), COMMAND_START);
    assert_int_equal(media_command(&rolling, MEDIA_PLAY_PAUSE), COMMAND_PAUSE);
    assert_int_equal(media_command(&paused, MEDIA_PLAY_PAUSE), COMMAND_RESUME);
}

static void
keys_without_a_meaning_do_nothing(void **state)
{
    (void)state;
    assert_int_equal(media_command(&idle, MEDIA_NEXT), COMMANDS);
    assert_int_equal(media_command(&idle, MEDIA_STOP), COMMANDS);
    assert_int_equal(media_command(&rolling, MEDIA_PLAY), COMMANDS);
    assert_int_equal(media_command(&paused, MEDIA_PAUSE), COMMANDS);
}

static void
seeking_moves_the_end_by_tens_of_seconds(void **state)
{
    int times;

    (void)state;
    assert_int_equal(media_seek(&rolling, 5, 16, &times), COMMAND_LESS_TIME);
    assert_int_equal(times, 1);
    assert_int_equal(media_seek(&rolling, 30, 8, &times), COMMAND_MORE_TIME);
    assert_int_equal(times, 2);
    assert_int_equal(media_seek(&rolling, 30, 32, &times), COMMANDS);
}

static void
seeking_past_an_end_is_the_next_or_the_set_again(void **state)
{
    int times;

    (void)state;
    assert_int_equal(media_seek(&rolling, 30, 41, &times), COMMAND_NEXT);
    assert_int_equal(times, 1);
    assert_int_equal(media_seek(&rolling, 3, -7, &times), COMMAND_REPEAT_SET);
    assert_int_equal(media_seek(&idle, 0, 10, &times), COMMANDS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_button_starts_is_ready_pauses_and_goes_on),
        cmocka_unit_test(keys_without_a_meaning_do_nothing),
        cmocka_unit_test(seeking_moves_the_end_by_tens_of_seconds),
        cmocka_unit_test(seeking_past_an_end_is_the_next_or_the_set_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
