// SPDX-License-Identifier: GPL-3.0-or-later
// The own voice after the device was opened again, with another delay.
#include "app/ears.h"

#include "base/path.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    RATE   = 48000,
    BLOCK  = 480,
    CHANGE = 12 * RATE, // frame at which the delay becomes another
    END    = 16 * RATE,
    BEFORE = 1200, // frames of delay
    AFTER  = 7200,
};

static float played[END];

static float
noise(void)
{
    static uint32_t state = 1;
    state                 = state * 1664525U + 1013904223U;
    return (float)(state >> 8) / 8388608.0F - 1;
}

// Four syllables a second of something like speech, in sentences.
static struct pcm *
sentences(void)
{
    struct pcm *pcm = pcm_new(RATE, END);

    assert_non_null(pcm);
    for (int64_t i = 0; i < END; i++) {
        double t = (double)i / RATE, rest = fmod(t, 2.5);
        double loud     = rest < 2 ? fabs(sin(12.566 * t)) : 0;
        pcm->samples[i] = (float)(0.2 * loud) * noise();
    }
    return pcm;
}

// One block: the microphone hears what was played DELAY frames before.
static void
play_block(struct engine *engine, int64_t at, int64_t delay)
{
    float in[BLOCK];

    for (int64_t i = 0; i < BLOCK; i++) {
        int64_t from = at + i - delay;
        in[i]        = 1e-4F * noise() + (from < 0 ? 0 : 0.5F * played[from]);
    }
    engine_render(engine, in, played + at, BLOCK);
}

// For how many blocks after the change somebody seems to speak.
static int
speaks(bool renew)
{
    struct engine     *engine = NULL;
    struct ears       *ears   = NULL;
    struct diag        diag   = {""};
    struct ears_config config = {.rate = RATE};
    char               share[PATH_SIZE], voices[PATH_SIZE];
    int                blocks = 0;

    assert_true(path_share(share) && path_join(voices, share, "voices/en-us"));
    config.voices = voices;
    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    assert_int_equal(ears_open(&ears, engine, &config, &diag), STATUS_OK);
    struct pcm *pcm = sentences();
    assert_true(engine_play(engine, LAYER_SPEECH, pcm, 0));
    pcm_drop(pcm);
    for (int64_t at = 0; at < END; at += BLOCK) {
        if (at == CHANGE && renew) ears_renew(ears);
        play_block(engine, at, at < CHANGE ? BEFORE : AFTER);
        ears_pump(ears);
        blocks += at >= CHANGE && ears_speaking(ears) > 0;
    }
    engine_collect(engine);
    ears_close(ears);
    engine_free(engine);
    return blocks;
}

static void
a_device_opened_again_makes_nobody_of_the_own_voice(void **state)
{
    (void)state;
    assert_int_not_equal(speaks(false), 0); // this is what it is for
    assert_int_equal(speaks(true), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_device_opened_again_makes_nobody_of_the_own_voice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
