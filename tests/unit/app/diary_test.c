// SPDX-License-Identifier: GPL-3.0-or-later
// What the history has of a session in which commands were taken back.
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

// Commands so many seconds after the work began.
static const char *
write_script(double work)
{
    static char path[96];

    snprintf(path, sizeof path, "%s", fake_path("commands.txt"));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file,
            "%.1f louder\n%.1f undo\n"        // within the window
            "%.1f next\n%.1f undo\n"          // out of it and back
            "%.1f next_exercise\n%.1f undo\n" // over another one
            ,
            work + 10, work + 12, work + 15, work + 18, work + 21, work + 24);
    fclose(file);
    return path;
}

static void
what_is_taken_back_makes_no_second_window(void **state)
{
    (void)state;
    struct player_result result;
    struct past_segments windows;
    struct store        *store = NULL;
    struct diag          diag  = {""};
    char                 folder[96];

    json_t *plain = fake_play(&fake_host, false, &result);
    snprintf(folder, sizeof folder, "%s", fake_path("data"));
    setenv("XDG_DATA_HOME", folder, 1);
    unsetenv("ROLLCALL_PROFILE");
    fake_script    = write_script(first_work(plain));
    fake_keep      = true;
    json_t *events = fake_play(&fake_host, false, &result);
    assert_string_equal(result.ended, "completed");

    assert_int_equal(
        store_open(&store, fake_path("data/rollcall/history.db"), true, &diag),
        STATUS_OK);
    assert_int_equal(past_segments(&windows, store, 1, &diag), STATUS_OK);
    assert_int_equal(windows.count, 2);
    for (size_t i = 0; i < windows.count; i++) {
        assert_string_equal(windows.list[i].side, i ? "right" : "left");
        assert_string_equal(windows.list[i].how, "done");
        assert_true(windows.list[i].done == windows.list[i].planned);
    }
    past_release(&windows);
    store_close(store);
    json_decref(plain);
    json_decref(events);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_taken_back_makes_no_second_window),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
