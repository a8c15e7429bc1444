// SPDX-License-Identifier: GPL-3.0-or-later
// A pipe gets every frame once, in order, and outlives its reader.
#include "audio/host.h"
#include "sound_helper.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/host_pipe_test.XXXXXX";
static char path[64];

// A ramp, so that every frame is known.
static void
ramp(void *ctx, const float *in, float *out, size_t frames)
{
    int *at = ctx;
    assert_null(in);
    for (size_t i = 0; i < frames; i++) out[i] = (float)(*at)++ / 32767.0F;
}

static struct host *
opened(int *at)
{
    struct host_config config = {.rate = 48000, .path = path};
    struct host       *host   = NULL;
    struct diag        diag;
    assert_int_equal(host_pipe.open(&host, &config, ramp, at, &diag),
                     STATUS_OK);
    return host;
}

static void
every_frame_is_written_once(void **state)
{
    (void)state;
    int           at   = 0;
    struct host  *host = opened(&at);
    unsigned char bytes[2];

    assert_true(host->live);
    while (at < 4000)
        assert_int_equal(host->ops->run(host, 480, NULL), STATUS_OK);
    assert_int_equal(host->ops->close(host, NULL), STATUS_OK);
    FILE *file = fopen(path, "rb");
    for (int i = 0; i < at; i++) {
        assert_int_equal(fread(bytes, 1, 2, file), 2);
        assert_int_equal(bytes[0] | bytes[1] << 8, i);
    }
    assert_int_equal(fread(bytes, 1, 1, file), 0);
    fclose(file);
    unlink(path);
}

static void
never_more_than_asked_for_is_rendered(void **state)
{
    (void)state;
    int          at   = 0;
    struct host *host = opened(&at);

    for (int i = 0; i < 20; i++) {
        int before = at;
        assert_int_equal(host->ops->run(host, 100, NULL), STATUS_OK);
        assert_in_range(at - before, 0, 100);
    }
    host->ops->close(host, NULL);
    unlink(path);
}

static void
a_reader_that_leaves_is_a_loss(void **state)
{
    (void)state;
    int         at   = 0;
    struct diag diag = {{0}};

    assert_int_equal(mkfifo(path, 0600), 0);
    int          reader = open(path, O_RDONLY | O_NONBLOCK);
    struct host *host   = opened(&at);
    close(reader);
    enum status st = STATUS_OK;
    while (!st) st = host->ops->run(host, 480, &diag);
    assert_int_equal(st, STATUS_LOST);
    assert_string_equal(diag.text, "The pipe was lost: Broken pipe.");
    host->ops->close(host, NULL);
    unlink(path);
}

static void
a_reader_that_stands_still_keeps_nobody(void **state)
{
    (void)state;
    int at = 0;

    assert_int_equal(mkfifo(path, 0600), 0);
    int          reader = open(path, O_RDONLY | O_NONBLOCK);
    struct host *host   = opened(&at);
    int          before = -1;
    for (int i = 0; i < 400 && at != before; i++) { // until the pipe is full
        before = at;
        usleep(30000);
        assert_int_equal(host->ops->run(host, 48000, NULL), STATUS_OK);
    }
    assert_int_equal(at, before);
    close(reader);
    host->ops->close(host, NULL);
    unlink(path);
}

static void
a_standstill_is_counted_and_not_made_up_for(void **state)
{
    (void)state;
    int          at   = 0;
    struct host *host = opened(&at);

    assert_int_equal(host->ops->run(host, 480, NULL), STATUS_OK);
    assert_int_equal(host->stalls, 0);
    usleep(600000);
    int before = at;
    assert_int_equal(host->ops->run(host, 48000, NULL), STATUS_OK);
    assert_in_range(at - before, 1, 48000 * 2 / 10);
    assert_int_equal(host->stalls, 1);
    assert_true(host->stalled >= 48000 * 3 / 10);
    host->ops->close(host, NULL);
    unlink(path);
}

static void
a_machine_that_slept_is_noticed(void **state)
{
    (void)state;
    int          at   = 0;
    struct host *host = opened(&at);

    assert_int_equal(host->ops->run(host, 480, NULL), STATUS_OK);
    int64_t awake = host->slept;
    host->slept -= 60000; // a minute more than when it was looked at last
    assert_int_equal(host->ops->run(host, 480, NULL), STATUS_OK);
    assert_in_range(host->slept - awake + 999, 0, 2 * 999);
    host->ops->close(host, NULL);
    unlink(path);
}

static void
a_place_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    struct host_config config = {.rate = 48000, .path = "/nowhere/fifo"};
    struct host       *host   = NULL;
    struct diag        diag;
    assert_int_equal(host_pipe.open(&host, &config, ramp, NULL, &diag),
                     STATUS_FAILED);
    assert_non_null(strstr(diag.text, "/nowhere/fifo"));
    assert_int_equal(host_pipe.close(NULL, NULL), STATUS_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_is_written_once),
        cmocka_unit_test(never_more_than_asked_for_is_rendered),
        cmocka_unit_test(a_reader_that_leaves_is_a_loss),
        cmocka_unit_test(a_reader_that_stands_still_keeps_nobody),
        cmocka_unit_test(a_standstill_is_counted_and_not_made_up_for),
        cmocka_unit_test(a_machine_that_slept_is_noticed),
        cmocka_unit_test(a_place_that_cannot_be_written_is_told),
    };
    if (!mkdtemp(folder)) return 1;
    snprintf(path, sizeof path, "%s/pipe", folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
