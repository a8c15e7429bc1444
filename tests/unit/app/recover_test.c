// SPDX-License-Identifier: GPL-3.0-or-later
// A device that is lost in the middle of a set, and what becomes of the
// session.
#include "app/interrupt.h"
#include "fake_helper.h"
#include "history/past.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int64_t  lost_at; // the frame, in all
static int64_t  reached;
static int      opens;       // tries, the first included
static int      fails;       // of them, after the loss
static unsigned other_rates; // then so many come at another rate
static bool     enough;      // somebody pressed Ctrl-C
static bool     enough_when_lost;
static bool     hangs; // the first try after the loss
static int      execs; // fresh starts of the program, all in vain

// In place of the program's own, which wants signals.
bool
interrupted(void)
{
    return enough;
}

int
execv(const char *path, char *const argv[])
{
    (void)path;
    (void)argv;
    execs++;
    errno = ENOENT;
    return -1;
}

static struct host_ops lossy;

static enum status
open_lossy(struct host **out, const struct host_config *config,
           host_render *render, void *ctx, struct diag *diag)
{
    int again = opens++; // 0: the first

    if (again > 0 && again <= fails) {
        diag_set(diag, NULL, "it is not there");
        return hangs ? STATUS_LOST : STATUS_NO_DEVICE;
    }
    enum status st = fake_host.open(out, config, render, ctx, diag);
    if (st) return st;
    (*out)->ops = &lossy;
    if (again > fails && again <= fails + (int)other_rates)
        (*out)->rate = 44100;
    return STATUS_OK;
}

static enum status
run_lossy(struct host *host, int64_t frames, struct diag *diag)
{
    if (lost_at && reached >= lost_at) {
        lost_at = 0;
        enough  = enough_when_lost;
        diag_set(diag, NULL, "The device is gone.");
        return STATUS_LOST;
    }
    reached += (int64_t)fake_block;
    return fake_host.run(host, frames, diag);
}

// A session, whose device is lost at FRAME.
static json_t *
play(int64_t frame, struct player_result *result)
{
    lossy      = fake_host;
    lossy.open = open_lossy;
    lossy.run  = run_lossy;
    lost_at    = frame;
    reached    = 0;
    opens      = 0;
    enough     = false;

    json_t *events   = fake_play(&lossy, false, result);
    fails            = 0;
    other_rates      = 0;
    enough_when_lost = false;
    return events;
}

static const json_t *
nth(const json_t *events, const char *kind, int n)
{
    const json_t *event;
    size_t        i;

    json_array_foreach(events, i, event)
    {
        if (fake_is(event, kind) && n-- == 0) return event;
    }
    return NULL;
}

static int64_t
frame_of(const json_t *event)
{
    assert_non_null(event);
    return json_integer_value(json_object_get(event, "frame"));
}

static const char *
reason(const json_t *events)
{
    const json_t *end = nth(events, "end", 0);
    assert_non_null(end);
    return json_string_value(json_object_get(end, "reason"));
}

static int
count(const json_t *events, const char *kind)
{
    int n = 0;
    while (nth(events, kind, n)) n++;
    return n;
}

// The frame in the middle of the first work of the session on a good device.
static int64_t
middle_of_work(const json_t *whole)
{
    for (int i = 0;; i++) {
        const json_t *event = nth(whole, "segment", i);
        assert_non_null(event);
        const char *kind = json_string_value(json_object_get(event, "kind"));
        if (strcmp(kind, "work") == 0) return frame_of(event) + 10 * RATE;
    }
}

static void
the_session_waits_and_goes_on_where_it_was(void **state)
{
    struct player_result result;

    (void)state;
    json_t *whole = play(0, &result);
    int64_t at    = middle_of_work(whole);

    fails          = 1;
    json_t *broken = play(at, &result);
    assert_int_equal(opens, 3); // the first, one in vain, one that plays
    assert_string_equal(result.ended, "completed");
    assert_int_equal(count(broken, "lost"), 1);
    assert_int_equal(count(broken, "back"), 1);
    assert_int_equal(count(broken, "segment"), count(whole, "segment"));
    // no frame of the session passed while there was no device
    int64_t lost = frame_of(nth(broken, "lost", 0));
    assert_in_range(lost, at, at + RATE / 2);
    assert_int_equal(frame_of(nth(broken, "back", 0)), lost);
    // paused by the loss, told where we are, and resumed: by the device
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"pause", "where", "resume"};
        const json_t            *event   = nth(broken, "command", i);
        assert_non_null(event);
        assert_string_equal(
            json_string_value(json_object_get(event, "command")), names[i]);
        assert_string_equal(json_string_value(json_object_get(event, "source")),
                            "device");
    }
    // later by what was said meanwhile, no more
    int64_t later =
        frame_of(nth(broken, "end", 0)) - frame_of(nth(whole, "end", 0));
    assert_in_range(later, RATE, 15 * RATE);
    json_decref(whole);
    json_decref(broken);
}

static void
one_that_comes_back_at_another_rate_is_not_taken(void **state)
{
    struct player_result result;

    (void)state;
    other_rates    = 1;
    json_t *events = play(60 * RATE, &result);
    assert_int_equal(opens, 3);
    assert_string_equal(reason(events), "completed");
    assert_int_equal(count(events, "back"), 1);
    json_decref(events);
}

static void
who_does_not_want_to_wait_ends_it(void **state)
{
    struct player_result result;

    (void)state;
    enough_when_lost = true;
    json_t *events   = play(60 * RATE, &result);
    assert_int_equal(opens, 1);
    assert_int_equal(count(events, "back"), 0);
    assert_string_equal(reason(events), "interrupted");
    assert_string_equal(result.ended, "interrupted");
    assert_in_range(frame_of(nth(events, "end", 0)), 60 * RATE, 61 * RATE);
    json_decref(events);
}

// Sound hangs for good, and the program cannot be started: it waits on, and
// the session is one in the history, to its end.
static void
where_it_cannot_start_afresh_the_history_goes_on(void **state)
{
    static char          name[] = "play", *arguments[] = {name, NULL};
    struct player_result result;
    struct past_sessions sessions;
    struct store        *store = NULL;
    char                 folder[96];

    (void)state;
    snprintf(folder, sizeof folder, "%s", fake_path("stuck"));
    setenv("XDG_DATA_HOME", folder, 1);
    unsetenv("ROLLCALL_PROFILE");
    fake_keep      = true;
    fake_arguments = arguments;
    fails          = 1;
    hangs          = true;
    execs          = 0;
    json_decref(play(60 * RATE, &result));
    fake_keep      = false;
    fake_arguments = NULL;
    hangs          = false;
    assert_int_equal(execs, 1);
    assert_string_equal(result.ended, "completed");
    assert_int_equal(
        store_open(&store, fake_path("stuck/rollcall/history.db"), true, NULL),
        STATUS_OK);
    assert_int_equal(past_sessions(&sessions, store, NULL), STATUS_OK);
    assert_int_equal(sessions.count, 1);
    assert_string_equal(sessions.list[0].ended, "completed");
    past_release(&sessions);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_session_waits_and_goes_on_where_it_was),
        cmocka_unit_test(one_that_comes_back_at_another_rate_is_not_taken),
        cmocka_unit_test(who_does_not_want_to_wait_ends_it),
        cmocka_unit_test(where_it_cannot_start_afresh_the_history_goes_on),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
