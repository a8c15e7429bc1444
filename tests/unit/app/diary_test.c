// SPDX-License-Identifier: GPL-3.0-or-later
// What the history has of a session in which commands were taken back, and of
// one that broke off.
#include "fake_helper.h"
#include "history/past.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double
first_work(const json_t *events)
{
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        const char   *kind  = json_string_value(json_object_get(event, "kind"));
        if (fake_is(event, "segment") && strcmp(kind, "work") == 0)
            return json_number_value(json_object_get(event, "at"));
    }
    fail_msg("there is no work");
    return 0;
}

// Of lats as it is played here.
static double
find_work(void)
{
    struct player_result result;

    fake_script    = NULL;
    fake_keep      = false;
    json_t *events = fake_play(&fake_host, false, &result);
    double  work   = first_work(events);
    json_decref(events);
    fake_keep = true;
    return work;
}

static void
write_script(const char *text)
{
    static char path[96];

    snprintf(path, sizeof path, "%s", fake_path("commands.txt"));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    fake_script = path;
}

static void
keep_in(const char *name)
{
    char folder[96];

    snprintf(folder, sizeof folder, "%s", fake_path(name));
    setenv("XDG_DATA_HOME", folder, 1);
    unsetenv("ROLLCALL_PROFILE");
}

static struct store *
open_history(const char *path)
{
    struct store *store = NULL;
    struct diag   diag  = {""};

    if (store_open(&store, fake_path(path), true, &diag))
        fail_msg("%s", diag.text);
    return store;
}

// The windows of session ID are the left side, then the right, all done.
static void
check_both_done(struct store *store, int64_t id)
{
    struct past_segments windows;

    assert_int_equal(past_segments(&windows, store, id, NULL), STATUS_OK);
    assert_int_equal(windows.count, 2);
    for (size_t i = 0; i < windows.count; i++) {
        assert_string_equal(windows.list[i].side, i ? "right" : "left");
        assert_string_equal(windows.list[i].how, "done");
        assert_true(windows.list[i].done == windows.list[i].planned);
    }
    past_release(&windows);
}

static void
what_is_taken_back_makes_no_second_window(void **state)
{
    (void)state;
    struct player_result result;
    char                 script[256];
    double               work = find_work();

    keep_in("undone");
    snprintf(script, sizeof script,
             "%.1f louder\n%.1f undo\n"         // within the window
             "%.1f next\n%.1f undo\n"           // out of it and back
             "%.1f next_exercise\n%.1f undo\n", // over another one
             work + 10, work + 12, work + 15, work + 18, work + 21, work + 24);
    write_script(script);
    json_decref(fake_play(&fake_host, false, &result));
    assert_string_equal(result.ended, "completed");
    struct store *store = open_history("undone/rollcall/history.db");
    check_both_done(store, 1);
    store_close(store);
}

static void
back_to_the_beginning_taken_back_is_one_window(void **state)
{
    (void)state;
    struct player_result result;
    char                 script[256];
    double               work = find_work();

    keep_in("begun_anew");
    snprintf(script, sizeof script,
             "%.1f back\n%.1f undo\n" // within the window
             "%.1f back\n%.1f undo\n" // twice
             "%.1f louder\n%.1f next_set\n%.1f undo\n",
             work + 20, work + 23, work + 30, work + 32, work + 36, work + 37,
             work + 40);
    write_script(script);
    json_decref(fake_play(&fake_host, false, &result));
    struct store *store = open_history("begun_anew/rollcall/history.db");
    check_both_done(store, 1);
    store_close(store);
}

static void
what_was_begun_anew_for_good_is_a_second_window(void **state)
{
    (void)state;
    struct player_result result;
    struct past_segments windows;
    char                 script[256];
    double               work = find_work();

    keep_in("for_good");
    snprintf(script, sizeof script, "%.1f back\n%.1f louder\n%.1f undo\n",
             work + 20, work + 40, work + 42); // as far as before
    write_script(script);
    json_decref(fake_play(&fake_host, false, &result));
    struct store *store = open_history("for_good/rollcall/history.db");
    assert_int_equal(past_segments(&windows, store, 1, NULL), STATUS_OK);
    assert_int_equal(windows.count, 3);
    assert_string_equal(windows.list[0].how, "shortened");
    assert_string_equal(windows.list[1].how, "done");
    past_release(&windows);
    store_close(store);
}

// Its first seconds, reached by "next", are no window that was skipped.
static void
a_window_that_was_taken_back_leaves_nothing(void **state)
{
    (void)state;
    struct player_result result;
    char                 script[256];
    double               work = find_work();

    keep_in("nothing");
    snprintf(script, sizeof script, "%.1f next\n%.1f undo\n%.1f end_session\n",
             work - 1, work + 1, work + 8);
    write_script(script);
    json_decref(fake_play(&fake_host, false, &result));
    struct store        *store = open_history("nothing/rollcall/history.db");
    struct past_segments windows;
    assert_int_equal(past_segments(&windows, store, 1, NULL), STATUS_OK);
    assert_int_equal(windows.count, 1);
    past_release(&windows);
    store_close(store);
}

static void
a_pain_after_one_that_nobody_answered_for_is_a_second_one(void **state)
{
    (void)state;
    struct player_result result;
    struct past_sessions sessions;
    char                 script[256];
    double               work = find_work();

    keep_in("pains");
    snprintf(script, sizeof script,
             "%.1f pain\n%.1f resume\n%.1f sharp\n%.1f resume\n", work + 5,
             work + 9, work + 15, work + 40);
    write_script(script);
    json_decref(fake_play(&fake_host, false, &result));
    struct store *store = open_history("pains/rollcall/history.db");
    assert_int_equal(past_sessions(&sessions, store, NULL), STATUS_OK);
    assert_int_equal(sessions.list[0].pains, 2);
    past_release(&sessions);
    store_close(store);
}

// One that broke off, twenty seconds into its first window; what comes is told
// by SCRIPT.  Skips where nothing can be asked.
static struct store *
break_off(const char *name, const char *script)
{
    struct player_result result;
    char                 history[64];

    fake_breaks = (int64_t)((find_work() + 20) * RATE);
    keep_in(name);
    json_decref(fake_play(&fake_host, false, &result));
    fake_breaks = 0;
    write_script(script);
    json_t *events = fake_play(&fake_host, true, &result);
    bool    asked  = fake_is(json_array_get(events, 1), "segment") &&
                 json_object_get(json_array_get(events, 1), "elapsed");
    json_decref(events);
    if (!asked) skip(); // nobody listens: there is no acoustic model
    assert_string_equal(result.ended, "completed");
    snprintf(history, sizeof history, "%s/rollcall/history.db", name);
    return open_history(history);
}

static void
what_broke_off_and_is_not_gone_on_with_stays_as_it_was(void **state)
{
    (void)state;
    struct past_sessions sessions;
    struct past_segments windows;
    struct store        *store = break_off("broken", "5 no\n60 start\n");

    assert_int_equal(past_sessions(&sessions, store, NULL), STATUS_OK);
    assert_int_equal(sessions.count, 2);
    assert_string_equal(sessions.list[0].ended, "");
    assert_string_equal(sessions.list[1].ended, "completed");
    assert_int_equal(sessions.list[1].id, 2);
    past_release(&sessions);
    assert_int_equal(past_segments(&windows, store, 1, NULL), STATUS_OK);
    assert_int_equal(windows.count, 1);
    assert_string_equal(windows.list[0].how, "shortened");
    past_release(&windows);
    check_both_done(store, 2);
    store_close(store);
}

static void
what_is_gone_on_with_after_all_is_one_session(void **state)
{
    (void)state;
    struct past_sessions sessions;
    struct store        *store = break_off(
               "undone_no", "5 no\n9 undo\n12 no\n15 undo\n20 yes\n80 start\n");

    assert_int_equal(past_sessions(&sessions, store, NULL), STATUS_OK);
    assert_int_equal(sessions.count, 1);
    assert_string_equal(sessions.list[0].ended, "completed");
    past_release(&sessions);
    check_both_done(store, 1);
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_back_makes_no_second_window),
        cmocka_unit_test(back_to_the_beginning_taken_back_is_one_window),
        cmocka_unit_test(what_was_begun_anew_for_good_is_a_second_window),
        cmocka_unit_test(a_window_that_was_taken_back_leaves_nothing),
        cmocka_unit_test(
            a_pain_after_one_that_nobody_answered_for_is_a_second_one),
        cmocka_unit_test(
            what_broke_off_and_is_not_gone_on_with_stays_as_it_was),
        cmocka_unit_test(what_is_gone_on_with_after_all_is_one_session),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
