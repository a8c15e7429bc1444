// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson at the microphone, held on a device that is not there: somebody
// says the first phrase, or nobody says anything.
#include "app/teacher.h"

#include "app/interrupt.h"
#include "audio/clip.h"
#include "fake_helper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool        enough; // somebody pressed Ctrl-C
static bool        has_microphone;
static struct pcm *answer; // that is given to every question, or NULL
static int64_t     answer_at;
static int64_t     heard; // frames of the microphone
static size_t      last_phrase;
static int         asked, deaf, taken, other;
static int         wanted; // takes, when last asked

static host_render *render_on;
static void        *render_ctx;

// In place of the program's own, which wants signals.
bool
interrupted(void)
{
    return enough;
}

static void
render(void *ctx, const float *in, float *out, size_t frames)
{
    static float    mixed[FAKE_MOST];
    static unsigned noise = 1;

    (void)ctx;
    (void)in;
    for (size_t i = 0; i < frames; i++) {
        int64_t at = heard++ - answer_at;
        noise      = noise * 1664525U + 1013904223U;
        mixed[i]   = 1e-3F * ((float)(noise >> 8) / 8388608.0F - 1);
        if (answer && at >= 0 && at < answer->frames)
            mixed[i] += answer->samples[at];
    }
    render_on(render_ctx, mixed, out, frames);
}

static enum status
open_microphone(struct host **out, const struct host_config *config,
                host_render *own, void *ctx, struct diag *diag)
{
    render_on      = own;
    render_ctx     = ctx;
    heard          = 0;
    enum status st = fake_host.open(out, config, render, NULL, diag);
    if (!st) (*out)->hears = has_microphone;
    return st;
}

// In place of the one that wants a sound card.
const struct host_ops host_portaudio = {"none", open_microphone, NULL, NULL};

static void
note(void *ctx, const struct teacher_step *step)
{
    assert_ptr_equal(ctx, &asked);
    assert_in_range(step->number, 1, step->count);
    if (step->number > last_phrase) {
        enough = true;
        return;
    }
    assert_string_equal(step->phrase, "next set");
    asked += step->moment == TEACHER_ASKS;
    deaf += step->moment == TEACHER_DEAF;
    if (step->moment == TEACHER_ASKS) {
        wanted    = step->wanted;
        answer_at = heard + RATE;
    }
    if (step->moment != TEACHER_HEARD) return;
    taken += step->result.verdict == LESSON_TAKEN;
    other += step->result.verdict != LESSON_TAKEN;
}

// Up to the second phrase.  How many phrases were missed.
static int
teach(const char *path, bool silent, enum status expected, struct diag *diag)
{
    const struct teacher_options options = {
        .path = path, .silent = silent, .step = note, .ctx = &asked};
    int missed = 0;

    enough      = false;
    last_phrase = 1;
    asked = deaf = taken = other = 0;
    assert_int_equal(teacher_run(&options, &missed, diag), expected);
    return missed;
}

static void
a_phrase_nobody_says_is_asked_for_six_times(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = true;
    assert_int_equal(teach(fake_path("nobody.yaml"), true, STATUS_OK, &diag),
                     1);
    assert_int_equal(asked, 6);
    assert_int_equal(deaf, 6);
    assert_int_equal(taken + other, 0);
    assert_in_range(heard, 36 * RATE, 37 * RATE); // six seconds each
    assert_int_not_equal(access(fake_path("nobody.yaml"), F_OK), 0);
}

static void
without_a_microphone_there_is_no_lesson(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = false;
    teach(fake_path("nobody.yaml"), true, STATUS_NO_DEVICE, &diag);
    assert_string_equal(diag.text, "there is no microphone");
    assert_int_equal(asked, 0);
}

// By flite, never by rollcall's own voice.
static struct pcm *
spoken(const char *text)
{
    struct pcm *pcm  = NULL;
    struct diag diag = {""};
    char        wave[96], command[256];

    snprintf(wave, sizeof wave, "%s", fake_path("said.wav"));
    snprintf(command, sizeof command,
             "flite -voice slt -t '%s' -o '%s' >/dev/null 2>&1", text, wave);
    if (system(command) != 0) skip();
    assert_int_equal(clip_read(&pcm, wave, RATE, &diag), STATUS_OK);
    return pcm;
}

static void
three_takes_of_a_phrase_are_learnt_and_kept(void **state)
{
    struct diag diag = {""};
    char        path[96];

    (void)state;
    has_microphone = true;
    snprintf(path, sizeof path, "%s", fake_path("voice.yaml"));
    answer     = spoken("next set");
    int missed = teach(path, true, STATUS_OK, &diag);
    assert_int_equal(missed, 0);
    assert_int_equal(taken, 3);
    assert_int_equal(wanted, 1); // at the last of them
    assert_int_equal(access(path, F_OK), 0);

    // another time it goes on with the next phrase
    teach(path, true, STATUS_OK, &diag);
    assert_int_equal(asked, 0);
    pcm_drop(answer);
    answer = NULL;
}

static void
takes_that_cannot_be_kept_end_it(void **state)
{
    struct diag diag = {""};

    (void)state;
    has_microphone = true;
    answer         = spoken("next set");
    teach("/proc/nowhere/voice.yaml", true, STATUS_FAILED, &diag);
    assert_non_null(strstr(diag.text, "/proc/nowhere"));
    assert_int_equal(taken, 0);
    assert_int_equal(other, 1);
    pcm_drop(answer);
    answer = NULL;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_nobody_says_is_asked_for_six_times),
        cmocka_unit_test(without_a_microphone_there_is_no_lesson),
        cmocka_unit_test(three_takes_of_a_phrase_are_learnt_and_kept),
        cmocka_unit_test(takes_that_cannot_be_kept_end_it),
    };
    return cmocka_run_group_tests(tests, fake_set_up, fake_tear_down);
}
