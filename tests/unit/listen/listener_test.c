// SPDX-License-Identifier: GPL-3.0-or-later
// The whole listener on made sounds: what it must never do.  What it hears in
// speech is tested in tests/cli/listen_test.sh and measured by the bench.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/path.h"
#include "listen/listener.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>

#define RATE 48000

static struct listener *listener;
static uint32_t         seed;
static float            sound[RATE];
static float            played[RATE];

static float
noise(void)
{
    seed = seed * 1664525U + 1013904223U;
    return (float)(seed >> 8) / 8388608 - 1;
}

static int
open_listener(void **state)
{
    char        share[PATH_SIZE], voices[PATH_SIZE];
    struct diag diag = {""};
    (void)state;
    assert_true(path_share(share));
    assert_true(path_join(voices, share, "voices/en-us"));
    struct listener_config config = {
        .voices = voices, .rate = RATE, .cancel_echo = true};
    seed               = 1;
    enum status status = listener_open(&listener, &config, &diag);
    if (status != STATUS_OK) print_error("%s\n", diag.text);
    return status == STATUS_OK ? 0 : -1;
}

static int
close_listener(void **state)
{
    (void)state;
    listener_close(listener);
    return 0;
}

static int
taken(void)
{
    struct heard heard;
    int          count = 0;
    while (listener_next(listener, &heard)) count += heard.accepted;
    return count;
}

static void
feed_all(float value, int seconds)
{
    for (int i = 0; i < RATE; i++) sound[i] = value;
    for (int s = 0; s < seconds; s++)
        listener_feed(listener, sound, NULL, RATE);
}

static void
silence_dc_and_broken_samples_are_no_command(void **state)
{
    struct heard heard;
    (void)state;
    feed_all(0, 60);
    feed_all(NAN, 10);
    assert_false(listener_next(listener, &heard));
    feed_all(0.7F, 10);
    feed_all(INFINITY, 10);
    feed_all(-1e30F, 10);
    listener_finish(listener);
    assert_int_equal(taken(), 0);
}

static void
loud_noise_without_end_is_no_command(void **state)
{
    (void)state;
    for (int s = 0; s < 20; s++) {
        for (int i = 0; i < RATE; i++) sound[i] = 3 * noise();
        listener_feed(listener, sound, NULL, RATE);
    }
    listener_finish(listener);
    assert_int_equal(taken(), 0);
}

static void
results_nobody_asks_for_do_not_pile_up(void **state)
{
    struct heard heard;
    int          count = 0;
    (void)state;
    for (int s = 0; s < 100; s++) { // a knock a second
        memset(sound, 0, sizeof sound);
        for (int i = 0; i < RATE / 16; i++) sound[i] = 0.5F * noise();
        listener_feed(listener, sound, NULL, RATE);
    }
    while (listener_next(listener, &heard)) count++;
    assert_true(count <= 32);
    assert_true(heard.from > 90 * (int64_t)RATE);
}

static int64_t
burst_decided_at(size_t chunk)
{
    struct heard heard   = {0};
    int64_t      decided = 0;
    listener_reset(listener);
    seed = 7;
    memset(sound, 0, sizeof sound);
    for (int i = RATE / 2; i < RATE / 2 + RATE / 12; i++)
        sound[i] = 0.5F * noise();
    for (int times = 0; times < 2; times++)
        for (size_t at = 0; at < RATE; at += chunk)
            listener_feed(listener, sound + at, NULL,
                          RATE - at < chunk ? RATE - at : chunk);
    while (listener_next(listener, &heard))
        if (decided == 0) decided = heard.decided;
    return decided;
}

static void
the_size_of_the_pieces_fed_changes_nothing(void **state)
{
    (void)state;
    int64_t whole = burst_decided_at(RATE);
    assert_true(whole > RATE / 2);
    assert_int_equal(burst_decided_at(1), whole);
    assert_int_equal(burst_decided_at(441), whole);
    assert_int_equal(burst_decided_at(4097), whole);
}

static void
what_the_loudspeaker_plays_is_taken_out(void **state)
{
    struct heard heard;
    int          late = 0;
    (void)state;
    for (int s = 0; s < 40; s++) { // bursts of noise, 50 ms later in the room
        for (int i = 0; i < RATE; i++)
            played[i] = i % (RATE / 2) < RATE / 5 ? 0.3F * noise() : 0;
        for (int i = 0; i < RATE; i++)
            sound[i] = i < 2400 ? 0 : 0.3F * played[i - 2400];
        listener_feed(listener, sound, played, RATE);
        while (listener_next(listener, &heard))
            if (s >= 20) late++;
    }
    assert_int_equal(late, 0);
}

static void
every_state_names_commands(void **state)
{
    static const char *const states[] = {"idle", "ready", "playing", "paused",
                                         "question"};
    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        uint64_t commands = 0;
        assert_true(listener_state(listener, states[i], &commands));
        assert_true(commands != 0);
        assert_true(listener_commands(listener) == 64 ||
                    commands >> listener_commands(listener) == 0);
    }
    uint64_t commands;
    assert_false(listener_state(listener, "asleep", &commands));
}

static void
the_commands_that_a_session_needs_are_known(void **state)
{
    static const char *const wanted[] = {
        "start",     "next",      "next_set",  "next_exercise", "back",
        "repeat",    "pause",     "resume",    "stop",          "end_session",
        "more_time", "less_time", "time_left", "where",         "help",
        "louder",    "quieter",   "pain",      "yes",           "no"};
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        bool found = false;
        for (size_t c = 0; c < listener_commands(listener); c++)
            found |= strcmp(listener_command(listener, c), wanted[i]) == 0;
        if (!found) print_error("%s is missing\n", wanted[i]);
        assert_true(found);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_dc_and_broken_samples_are_no_command),
        cmocka_unit_test(loud_noise_without_end_is_no_command),
        cmocka_unit_test(results_nobody_asks_for_do_not_pile_up),
        cmocka_unit_test(the_size_of_the_pieces_fed_changes_nothing),
        cmocka_unit_test(what_the_loudspeaker_plays_is_taken_out),
        cmocka_unit_test(every_state_names_commands),
        cmocka_unit_test(the_commands_that_a_session_needs_are_known),
    };
    return cmocka_run_group_tests(tests, open_listener, close_listener);
}
