// SPDX-License-Identifier: GPL-3.0-or-later
// A device that stutters, sleeps and loses its microphone on the frame.
#include "app/ears.h"
#include "fake_helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t
count(const json_t *events, const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(events); i++)
        n += fake_is(json_array_get(events, i), kind);
    return n;
}

static size_t
times_said(const json_t *events, const char *what)
{
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        if (!fake_is(event, "say")) continue;
        n += strstr(json_string_value(json_object_get(event, "text")), what) !=
             NULL;
    }
    return n;
}

static bool
completed(const json_t *events)
{
    const json_t *last = json_array_get(events, json_array_size(events) - 1);
    return strcmp(json_string_value(json_object_get(last, "reason")),
                  "completed") == 0;
}

static void
drop_all(json_t *events, const char *kind)
{
    for (size_t i = json_array_size(events); i-- > 0;)
        if (fake_is(json_array_get(events, i), kind))
            json_array_remove(events, i);
}

// ---- tests ----

static void
stutter(struct host *host, int64_t frame)
{
    if (frame == 20 * RATE) host->xruns = 1;
    if (frame >= 30 * RATE && frame < 33 * RATE) host->xruns++;
}

static void
xruns_are_counted_and_shift_nothing(void **state)
{
    (void)state;
    struct player_result result;

    fake_trouble     = NULL;
    json_t *plain    = fake_play(&fake_host, false, &result);
    fake_trouble     = stutter;
    json_t *stutters = fake_play(&fake_host, false, &result);

    assert_int_equal(result.xruns, 1 + 300);
    assert_in_range(count(stutters, "xrun"), 4, 5);
    drop_all(stutters, "xrun");
    assert_true(json_equal(plain, stutters));
    assert_true(completed(plain));
    json_decref(plain);
    json_decref(stutters);
}

static void
sleep_a_minute(struct host *host, int64_t frame)
{
    if (frame == 40 * RATE) host->slept = 60000;
}

static void
after_a_sleep_it_says_where_we_were_and_goes_on(void **state)
{
    (void)state;
    struct player_result result;

    fake_trouble   = sleep_a_minute;
    json_t *events = fake_play(&fake_host, false, &result);
    assert_int_equal(count(events, "slept"), 1);
    assert_int_equal(count(events, "command"), 3); // pause, where, resume
    assert_true(completed(events));
    json_decref(events);
}

static void
lose_microphone(struct host *host, int64_t frame)
{
    if (frame == 30 * RATE) host->hears = false;
    if (frame == 60 * RATE) host->hears = true;
}

static void
a_lost_microphone_is_told_once_and_its_return_too(void **state)
{
    (void)state;
    struct player_result result;

    fake_trouble   = lose_microphone;
    json_t *events = fake_play(&fake_host, true, &result);
    assert_int_equal(count(events, "microphone"), 2);
    assert_int_equal(times_said(events, "cannot hear you"), 1);
    assert_int_equal(times_said(events, "hear you again"), 1);
    assert_int_equal(count(events, "pause"), 0);
    assert_true(completed(events));
    json_decref(events);
}

static size_t renewals;

void
__real_ears_renew(struct ears *ears);

void
__wrap_ears_renew(struct ears *ears);

void
__wrap_ears_renew(struct ears *ears)
{
    renewals++;
    __real_ears_renew(ears);
}

static void
begin_anew_and_go_deaf(struct host *host, int64_t frame)
{
    if (frame == RATE / 2) host->restarts = 1;
    if (frame == RATE) host->hears = false; // so that "ready" is not waited for
}

static void
streams_begun_anew_renew_the_ears_once(void **state)
{
    (void)state;
    struct player_result result;

    fake_trouble   = begin_anew_and_go_deaf;
    renewals       = 0;
    json_t *events = fake_play(&fake_host, true, &result);
    assert_int_equal(renewals, 1);
    assert_int_equal(count(events, "stall"), 0);
    assert_true(completed(events));
    json_decref(events);
}

static void
lose_microphone_early(struct host *host, int64_t frame)
{
    if (frame == RATE) host->hears = false;
}

static void
without_ears_nothing_waits_for_a_word(void **state)
{
    (void)state;
    struct player_result result;

    fake_trouble   = lose_microphone_early;
    json_t *events = fake_play(&fake_host, true, &result);
    assert_true(completed(events));
    assert_true(result.seconds < 600);
    json_decref(events);
}

static void
without_its_model_it_plays_and_says_that_it_cannot_hear(void **state)
{
    (void)state;
    struct player_result result;
    char                 model[4096];

    fake_trouble = NULL;
    snprintf(model, sizeof model, "%s", fake_path("model"));
    assert_int_equal(mkdir(model, 0700), 0);
    assert_int_equal(setenv("POCKETSPHINX_PATH", model, 1), 0);
    assert_int_equal(mkdir(fake_path("model/en-us"), 0700), 0); // and no more
    json_t *events = fake_play(&fake_host, true, &result);
    unsetenv("POCKETSPHINX_PATH");

    assert_true(completed(events));
    assert_int_equal(times_said(events, "I cannot hear you today"), 1);
    json_decref(events);
}

// Half of FILE is there, all of the others.
static void
make_half(const char *whole, const char *model, const char *file)
{
    char command[40960];

    snprintf(
        command, sizeof command,
        "rm -rf '%s' && mkdir -p '%s/en-us' && cp -r '%s/en-us/en-us' "
        "'%s/en-us/cmudict-en-us.dict' '%s/en-us' && truncate -s $(($(stat "
        "-c %%s '%s/en-us/%s') / 2)) '%s/en-us/%s'",
        model, model, whole, whole, model, whole, file, model, file);
    assert_int_equal(system(command), 0);
}

static void
a_damaged_model_keeps_nobody_from_a_session(void **state)
{
    (void)state;
    static const char *const files[] = {"en-us/mdef", "en-us/means",
                                        "en-us/sendump", "cmudict-en-us.dict"};
    struct player_result     result;
    const char              *whole = getenv("POCKETSPHINX_PATH");
    char                     folder[4096];

    if (!whole) whole = "/usr/share/pocketsphinx/model";
    fake_trouble = NULL;
    snprintf(folder, sizeof folder, "%s", fake_path("half"));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        make_half(whole, folder, files[i]);
        assert_int_equal(setenv("POCKETSPHINX_PATH", folder, 1), 0);
        json_t *events = fake_play(&fake_host, true, &result);
        unsetenv("POCKETSPHINX_PATH");
        assert_true(completed(events));
        json_decref(events);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xruns_are_counted_and_shift_nothing),
        cmocka_unit_test(after_a_sleep_it_says_where_we_were_and_goes_on),
        cmocka_unit_test(a_lost_microphone_is_told_once_and_its_return_too),
        cmocka_unit_test(streams_begun_anew_renew_the_ears_once),
        cmocka_unit_test(without_ears_nothing_waits_for_a_word),
        cmocka_unit_test(
            without_its_model_it_plays_and_says_that_it_cannot_hear),
        cmocka_unit_test(a_damaged_model_keeps_nobody_from_a_session),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
