// SPDX-License-Identifier: GPL-3.0-or-later
// A loudspeaker is woken as soon as it is there.
#include "fake_helper.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAKING = 3 * RATE / 10, // the noise that wakes
    LEAD   = RATE / 10,     // what a live session is decided ahead
};

static struct host_ops flowing;
static int64_t         begun; // frames when the session's first were asked for

static enum status
open_flowing(struct host **out, const struct host_config *config,
             host_render *render, void *ctx, struct diag *diag)
{
    enum status st = fake_host.open(out, config, render, ctx, diag);

    if (st) return st;
    (*out)->ops   = &flowing;
    (*out)->flows = true;
    begun         = -1;
    return STATUS_OK;
}

// What the first call lets flow goes on for a while without another.
static enum status
run_flowing(struct host *host, int64_t frames, struct diag *diag)
{
    for (int i = 0; frames == 0 && i < 20; i++)
        if (fake_host.run(host, frames, diag)) return STATUS_FAILED;
    if (frames == 0) return STATUS_OK;
    if (begun < 0) begun = fake_frames;
    return fake_host.run(host, frames, diag);
}

static void
the_session_is_the_same_only_later(void **state)
{
    struct player_result result;

    (void)state;
    json_t *still = fake_play(&fake_host, false, &result);
    int64_t count = fake_frames;
    float  *sound = malloc((size_t)count * sizeof *sound);
    assert_non_null(sound);
    memcpy(sound, fake_sound, (size_t)count * sizeof *sound);

    flowing      = fake_host;
    flowing.open = open_flowing;
    flowing.run  = run_flowing;
    json_t *flew = fake_play(&flowing, false, &result);
    assert_string_equal(result.ended, "completed");
    assert_int_equal(result.late, 0);
    assert_true(json_equal(still, flew)); // to the frame

    int64_t later = begun + LEAD;
    assert_int_equal(begun, 20 * 480);
    assert_true(fake_frames >= count + later - 480);
    for (int64_t i = WAKING; i + later < fake_frames && i < count; i++)
        if (fabsf(fake_sound[i + later] - sound[i]) > 0)
            fail_msg("another sound at %lld", (long long)i);
    // it wakes from the first frame on, once
    assert_memory_equal(fake_sound, sound, LEAD * sizeof *sound);
    free(sound);
    json_decref(still);
    json_decref(flew);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_session_is_the_same_only_later),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
