// SPDX-License-Identifier: GPL-3.0-or-later
// Whole sessions on a device that is not there: it takes sound as fast as it
// is made, and stutters, sleeps and loses its microphone on the frame.
#include "app/player.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RATE  48000
#define BLOCK 480

// ---- the device ----

struct fake {
    struct host  host;
    host_render *render;
    void        *ctx;
    int64_t      done;
};

static void (*trouble)(struct host *host, int64_t frame);

static enum status
fake_open(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag);

static enum status
fake_run(struct host *host, int64_t frames, struct diag *diag)
{
    struct fake *own       = (struct fake *)host;
    float        in[BLOCK] = {0}, out[BLOCK];

    (void)frames;
    (void)diag;
    if (trouble) trouble(host, own->done);
    own->render(own->ctx, in, out, BLOCK);
    own->done += BLOCK;
    return STATUS_OK;
}

static enum status
fake_close(struct host *host, struct diag *diag)
{
    (void)diag;
    free(host);
    return STATUS_OK;
}

static const struct host_ops fake_host = {"fake", fake_open, fake_run,
                                          fake_close};

static enum status
fake_open(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    struct fake *own = calloc(1, sizeof *own);

    (void)diag;
    assert_non_null(own);
    own->host   = (struct host){.ops   = &fake_host,
                                .rate  = config->rate,
                                .live  = true,
                                .hears = config->listen};
    own->render = render;
    own->ctx    = ctx;
    *out        = &own->host;
    return STATUS_OK;
}

// ---- a session ----

static char folder[] = "/tmp/rollcall-health-XXXXXX";
static char path[64];

// Its events.  The caller's.
static json_t *
play(bool listen, struct player_result *result)
{
    struct player_options options = {
        .prepare = {.routine   = "lats",
                    .screening = SCREENING_NEVER,
                    .plan      = {.level = LEVEL_STANDARD,
                                  .sets  = 1,
                                  .talk  = TALK_QUIET}},
        .host    = &fake_host,
        .listen  = listen,
        .events  = path,
    };
    struct report report = {0};
    struct diag   diag   = {""};
    json_t       *events = json_array();
    char          line[4096];

    if (player_run(&options, result, &report, &diag) != STATUS_OK)
        fail_msg("%s", diag.text);
    report_release(&report);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        json_array_append_new(events, json_loads(line, 0, NULL));
    fclose(file);
    unlink(path);
    return events;
}

static bool
is_a(const json_t *event, const char *kind)
{
    return strcmp(json_string_value(json_object_get(event, "event")), kind) ==
           0;
}

static size_t
count(const json_t *events, const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(events); i++)
        n += is_a(json_array_get(events, i), kind);
    return n;
}

static size_t
times_said(const json_t *events, const char *what)
{
    size_t n = 0;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        if (!is_a(event, "say")) continue;
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
        if (is_a(json_array_get(events, i), kind)) json_array_remove(events, i);
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

    trouble = NULL;
    json_decref(play(false, &result)); // what is said is kept from now on
    json_t *plain    = play(false, &result);
    trouble          = stutter;
    json_t *stutters = play(false, &result);

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

    trouble        = sleep_a_minute;
    json_t *events = play(false, &result);
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

    trouble        = lose_microphone;
    json_t *events = play(true, &result);
    assert_int_equal(count(events, "microphone"), 2);
    assert_int_equal(times_said(events, "cannot hear you"), 1);
    assert_int_equal(times_said(events, "hear you again"), 1);
    assert_int_equal(count(events, "pause"), 0);
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

    trouble        = lose_microphone_early;
    json_t *events = play(true, &result);
    assert_true(completed(events));
    assert_true(result.seconds < 600);
    json_decref(events);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xruns_are_counted_and_shift_nothing),
        cmocka_unit_test(after_a_sleep_it_says_where_we_were_and_goes_on),
        cmocka_unit_test(a_lost_microphone_is_told_once_and_its_return_too),
        cmocka_unit_test(without_ears_nothing_waits_for_a_word),
    };
    char command[96];
    if (!mkdtemp(folder)) return 1;
    setenv("XDG_CACHE_HOME", folder, 1);
    snprintf(path, sizeof path, "%s/e.jsonl", folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    if (system(command)) failed++;
    return failed;
}
