// SPDX-License-Identifier: GPL-3.0-or-later
// Between sessions: what wakes it, what it answers, and a microphone that is
// there, is not, or goes.
#include "app/idle.h"

#include "app/interrupt.h"
#include "fake_helper.h"

#include <string.h>

static struct board   *board;
static struct steering steering;
static struct idle    *idle;
static int             looks; // at whether it is to end
static int             most;  // of them
static int             opens;
static bool            is_there; // the microphone
static bool            goes;     // once it is open
static bool            showed_ears;

// In place of the program's own, which wants signals.
bool
interrupted(void)
{
    showed_ears |= steering.state.hears;
    if (goes && opens > 0) is_there = false;
    return looks++ >= most;
}

static enum status
open_card(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    opens++;
    assert_true(config->listen);
    if (is_there) return fake_host.open(out, config, render, ctx, diag);
    diag_set(diag, NULL, "no card");
    return STATUS_NO_DEVICE;
}

// In place of the one that wants a sound card.
const struct host_ops host_portaudio = {"none", open_card, NULL, NULL};

static struct player_options options;

static int
set_up(void **state)
{
    (void)state;
    options = (struct player_options){.host = &host_portaudio, .listen = false};
    looks = opens = 0;
    most          = 100;
    is_there = goes = showed_ears = false;
    assert_int_equal(board_new(&board), STATUS_OK);
    steering_init(&steering, board, "lats");
    assert_int_equal(idle_new(&idle, &options, &steering), STATUS_OK);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    idle_free(idle);
    board_free(board);
    return 0;
}

static void
ask(struct wish wish)
{
    assert_true(board_ask(board, &wish));
}

static void
start_plays_what_was_selected(void **state)
{
    static const enum command starts[] = {COMMAND_START, COMMAND_RESUME};
    struct wish               wish;

    (void)state;
    for (int i = 0; i < 2; i++) {
        ask((struct wish){
            .kind = WISH_COMMAND, .command = starts[i], .token = 5});
        assert_int_equal(idle_wait(idle, &wish), IDLE_WISH);
        assert_int_equal(wish.kind, WISH_PLAY);
        assert_string_equal(wish.routine, "");
        assert_int_equal(wish.token, 5); // who plays answers
    }
    assert_int_equal(opens, 0); // nobody is to be heard
}

static void
what_is_wished_is_handed_on(void **state)
{
    struct wish wish;

    (void)state;
    ask((struct wish){.kind = WISH_PLAY, .routine = "hips", .minutes = 10});
    assert_int_equal(idle_wait(idle, &wish), IDLE_WISH);
    assert_string_equal(wish.routine, "hips");
    assert_int_equal(wish.minutes, 10);
}

static void
what_means_nothing_now_is_answered(void **state)
{
    struct board_reply reply;
    struct wish        wish;

    (void)state;
    ask((struct wish){
        .kind = WISH_COMMAND, .command = COMMAND_PAUSE, .token = 7});
    ask((struct wish){.kind = WISH_MUTE, .token = 8});
    ask((struct wish){.kind = WISH_PLAY});
    assert_int_equal(idle_wait(idle, &wish), IDLE_WISH);
    assert_true(board_next_answer(board, SOURCE_SOCKET, &reply));
    assert_int_equal(reply.token, 7);
    assert_int_equal(reply.outcome, OUTCOME_IDLE);
    assert_non_null(strstr(reply.text, "nothing is being played"));
    assert_true(board_next_answer(board, SOURCE_SOCKET, &reply));
    assert_int_equal(reply.token, 8);
    assert_int_equal(reply.outcome, OUTCOME_DONE);
    assert_true(steering.muted); // in the session, too
    assert_false(board_next_answer(board, SOURCE_SOCKET, &reply));
}

static void
a_microphone_is_open_while_it_waits_and_no_longer(void **state)
{
    struct wish wish;

    (void)state;
    options.listen = is_there = true;
    assert_int_equal(idle_wait(idle, &wish), IDLE_INTERRUPTED);
    assert_int_equal(opens, 1);
    assert_int_equal(looks, 101);
    assert_true(showed_ears);
    assert_true(fake_frames >= 99 * (int64_t)fake_block);
}

static void
one_that_is_not_there_is_not_asked_for_all_the_time(void **state)
{
    struct wish wish;

    (void)state;
    options.listen = true;
    for (int i = 0; i < 3; i++) {
        ask((struct wish){.kind = WISH_PLAY});
        assert_int_equal(idle_wait(idle, &wish), IDLE_WISH);
    }
    assert_int_equal(opens, 1); // and the next time in half a minute
    assert_false(showed_ears);
}

static void
one_that_goes_is_waited_for(void **state)
{
    struct wish wish;

    (void)state;
    options.listen = is_there = goes = true;
    fake_breaks                      = 10 * (int64_t)fake_block;
    most                             = 12;
    assert_int_equal(idle_wait(idle, &wish), IDLE_INTERRUPTED);
    assert_true(showed_ears);
    assert_false(steering.state.hears);
    fake_breaks = 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(start_plays_what_was_selected, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_wished_is_handed_on, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_means_nothing_now_is_answered,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_microphone_is_open_while_it_waits_and_no_longer, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(
            one_that_is_not_there_is_not_asked_for_all_the_time, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(one_that_goes_is_waited_for, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
