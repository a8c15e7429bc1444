// SPDX-License-Identifier: GPL-3.0-or-later
// A callback on its own thread while the main thread asks for things; for the
// thread sanitizer, mostly.
#include "sound_helper.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

struct host_thread {
    struct engine *engine;
    atomic_bool    stop;
    float          loudest;
};

static void *
render_until_stopped(void *ctx)
{
    static const float  in[512];
    static float        out[512];
    struct host_thread *thread = ctx;

    for (int i = 0; !atomic_load(&thread->stop); i++) {
        size_t count = (size_t)(1 + i * 31 % 512);
        engine_render(thread->engine, in, out, count);
        for (size_t k = 0; k < count; k++)
            thread->loudest = fmaxf(thread->loudest, fabsf(out[k]));
    }
    return NULL;
}

static void
ask(struct engine *engine, struct pcm *pcm, int round)
{
    enum engine_layer layer = (enum engine_layer)(round % LAYERS);
    int64_t           now   = engine_frames(engine);

    engine_play(engine, layer, pcm, now + round % 700);
    if (round % 5 == 0) engine_hold(engine, layer, now + 100);
    if (round % 5 == 1) engine_gain(engine, 1, ENGINE_NOW);
    if (round % 7 == 0) engine_go_on(engine, layer, ENGINE_NOW);
    if (round % 11 == 0) engine_cut(engine, layer, now + 300);
}

static void
asking_and_rendering_go_on_side_by_side(void **state)
{
    (void)state;
    static struct heard_frame pairs[1000];
    struct host_thread        thread = {0};
    struct pcm               *pcm    = flat(0.01F, 300);
    pthread_t                 id;
    int64_t                   first = -1, next = 0;

    assert_int_equal(engine_new(&thread.engine, RATE, true), STATUS_OK);
    assert_int_equal(pthread_create(&id, NULL, render_until_stopped, &thread),
                     0);
    for (int i = 0; i < 20000; i++) {
        ask(thread.engine, pcm, i);
        engine_collect(thread.engine);
        size_t got = engine_heard(thread.engine, pairs, 1000, &first);
        if (got == 0) continue;
        assert_true(first >= next);
        next = first + (int64_t)got;
    }
    // However little of that the other thread had time for, this is heard.
    engine_go_on(thread.engine, LAYER_TONE, ENGINE_NOW);
    while (!engine_play(thread.engine, LAYER_TONE, pcm, ENGINE_NOW))
        engine_collect(thread.engine);
    int64_t enough = engine_frames(thread.engine) + RATE;
    while (engine_frames(thread.engine) < enough) engine_collect(thread.engine);
    atomic_store(&thread.stop, true);
    pthread_join(id, NULL);

    assert_true(thread.loudest > 0);
    assert_true(thread.loudest <= 1);
    engine_free(thread.engine);
    assert_int_equal(atomic_load(&pcm->holders), 1);
    pcm_drop(pcm);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asking_and_rendering_go_on_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
