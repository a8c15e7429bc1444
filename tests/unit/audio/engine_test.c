// SPDX-License-Identifier: GPL-3.0-or-later
#include "sound_helper.h"

#include <math.h>
#include <string.h>

static float out[RATE];

static void
a_sound_begins_on_its_frame_inside_a_block(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 100), 777);
    render(engine, out, 8192, 8192);

    assert_silent(out, 0, 777);
    assert_level(out, 777, 877, 0.5F);
    assert_silent(out, 877, 8192);
    assert_int_equal(engine_late(engine), 0);
    engine_free(engine);
}

static void
a_sound_crosses_blocks_without_losing_a_sample(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, rising(0, 1.0F / 4096, 3000), 10);
    render(engine, out, 4096, 480);

    for (int i = 0; i < 3000; i++) assert_true(out[10 + i] == (float)i / 4096);
    assert_silent(out, 3010, 4096);
    engine_free(engine);
}

static void
sounds_that_meet_are_added(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.25F, 100), 0);
    play(engine, LAYER_TONE, flat(0.5F, 100), 50);
    render(engine, out, 200, 200);

    assert_level(out, 0, 50, 0.25F);
    assert_level(out, 50, 100, 0.75F);
    assert_level(out, 100, 150, 0.5F);
    assert_silent(out, 150, 200);
    engine_free(engine);
}

static void
a_late_sound_plays_at_once_in_full_and_is_counted(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    render(engine, out, 1000, 1000);
    play(engine, LAYER_SPEECH, flat(0.5F, 100), 990);
    render(engine, out, 1000, 1000);

    assert_level(out, 0, 100, 0.5F);
    assert_silent(out, 100, 1000);
    assert_int_equal(engine_late(engine), 1);
    engine_free(engine);
}

static void
now_is_never_late(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    render(engine, out, 1000, 1000);
    play(engine, LAYER_SPEECH, flat(0.5F, 100), ENGINE_NOW);
    assert_true(engine_gain(engine, 1, ENGINE_NOW));
    render(engine, out, 1000, 1000);

    assert_level(out, 0, 100, 0.5F);
    assert_int_equal(engine_late(engine), 0);
    engine_free(engine);
}

static void
a_hold_fades_out_within_20_ms(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 40000), 0);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    render(engine, out, 8000, 480);

    assert_level(out, 0, 1001, 0.5F); // the fade begins at full level
    for (int i = 1001; i < 1000 + FADE; i++) assert_true(out[i] < out[i - 1]);
    assert_silent(out, 1000 + FADE, 8000);
    engine_free(engine);
}

static void
going_on_resumes_from_the_sample_the_hold_began_with(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();
    float          step   = 1.0F / 65536;

    play(engine, LAYER_SPEECH, rising(0, step, 20000), 0);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    assert_true(engine_go_on(engine, LAYER_SPEECH, 5000));
    render(engine, out, 24100, 480);

    assert_true(out[999] == 999 * step);
    assert_silent(out, 1000 + FADE, 5001);
    for (int i = 0; i < 20000 - 1000; i++) {
        float whole = (float)(1000 + i) * step;
        if (i < FADE)
            assert_true(out[5000 + i] < whole);
        else
            assert_true(out[5000 + i] == whole);
    }
    assert_silent(out, 24000, 24100);
    engine_free(engine);
}

static void
fades_make_no_step(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();
    float          most   = 0.8F * (float)(3.2 / 2 / FADE);

    play(engine, LAYER_SPEECH, flat(0.8F, 40000), 0);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    assert_true(engine_go_on(engine, LAYER_SPEECH, 1100)); // while it fades
    assert_true(engine_hold(engine, LAYER_SPEECH, 1300));
    assert_true(engine_go_on(engine, LAYER_SPEECH, 9000));
    assert_true(engine_cut(engine, LAYER_SPEECH, 9400));
    render(engine, out, 16000, 480);

    for (int i = 1; i < 16000; i++)
        assert_true(fabsf(out[i] - out[i - 1]) <= 2 * most);
    assert_silent(out, 9400 + FADE, 16000);
    engine_free(engine);
}

static void
what_waits_keeps_its_distance_over_a_hold(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 100), 3000);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    render(engine, out, 5000, 480);
    play(engine, LAYER_SPEECH, flat(0.25F, 100), 4000); // asked for while held
    assert_true(engine_go_on(engine, LAYER_SPEECH, 6000));
    render(engine, out + 5000, 7000, 480);

    assert_silent(out, 0, 8000);
    assert_level(out, 8000, 8100, 0.5F);
    assert_silent(out, 8100, 9000);
    assert_level(out, 9000, 9100, 0.25F);
    assert_silent(out, 9100, 12000);
    assert_int_equal(engine_late(engine), 0);
    engine_free(engine);
}

static void
what_is_asked_for_after_going_on_is_not_moved(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    assert_true(engine_hold(engine, LAYER_SPEECH, 0));
    render(engine, out, 1000, 480);
    assert_true(engine_go_on(engine, LAYER_SPEECH, 2000));
    play(engine, LAYER_SPEECH, flat(0.5F, 100), 3000);
    render(engine, out + 1000, 4000, 480);

    assert_silent(out, 0, 3000);
    assert_level(out, 3000, 3100, 0.5F);
    assert_silent(out, 3100, 5000);
    engine_free(engine);
}

static void
a_sound_due_with_the_hold_waits_for_its_end(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 100), 1000);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    assert_true(engine_go_on(engine, LAYER_SPEECH, 2000));
    render(engine, out, 3000, 480);

    assert_silent(out, 0, 2000);
    assert_level(out, 2000, 2100, 0.5F); // begun whole: no fade in
    engine_free(engine);
}

static void
a_hold_leaves_the_other_layers_alone(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_ASIDE, flat(0.5F, 4000), 0);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    play(engine, LAYER_TONE, flat(0.25F, 100), 2000);
    render(engine, out, 5000, 480);

    assert_level(out, 0, 2000, 0.5F);
    assert_level(out, 2000, 2100, 0.75F);
    assert_level(out, 2100, 4000, 0.5F);
    engine_free(engine);
}

static void
holding_twice_holds_from_the_first(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 100), 3000);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    assert_true(engine_hold(engine, LAYER_SPEECH, 2000));
    assert_true(engine_go_on(engine, LAYER_SPEECH, 4000));
    assert_true(engine_go_on(engine, LAYER_SPEECH, 5000));
    render(engine, out, 8000, 480);

    assert_silent(out, 0, 6000);
    assert_level(out, 6000, 6100, 0.5F);
    engine_free(engine);
}

static void
a_cut_ends_within_20_ms_and_drops_what_waits(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 40000), 0);
    play(engine, LAYER_SPEECH, flat(0.5F, 100), 5000);
    assert_true(engine_cut(engine, LAYER_SPEECH, 1000));
    play(engine, LAYER_SPEECH, flat(0.25F, 100), 6000); // asked for later
    render(engine, out, 8000, 480);

    assert_level(out, 0, 1001, 0.5F);
    assert_true(out[1001] < 0.5F);
    assert_silent(out, 1000 + FADE, 6000);
    assert_level(out, 6000, 6100, 0.25F);
    assert_silent(out, 6100, 8000);
    engine_free(engine);
}

static void
a_cut_of_a_held_layer_is_silent_and_leaves_it_held(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 40000), 0);
    assert_true(engine_hold(engine, LAYER_SPEECH, 1000));
    assert_true(engine_cut(engine, LAYER_SPEECH, 4000));
    play(engine, LAYER_SPEECH, flat(0.25F, 100), 5000);
    assert_true(engine_go_on(engine, LAYER_SPEECH, 6000));
    render(engine, out, 12000, 480);

    // asked for at 5000, held since 1000, gone on at 6000: 10000
    assert_silent(out, 1000 + FADE, 10000);
    assert_level(out, 10000, 10100, 0.25F);
    engine_free(engine);
}

static void
the_gain_takes_50_ms_in_a_straight_line(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(0.5F, 10000), 0);
    assert_true(engine_gain(engine, 0.5F, 1000));
    render(engine, out, 10000, 480);

    assert_level(out, 0, 1001, 0.5F);
    for (int i = 0; i < RAMP; i++)
        assert_float_equal(out[1000 + i], 0.5F - 0.25F * (float)i / RAMP,
                           1e-6F);
    assert_level(out, 1000 + RAMP, 10000, 0.25F);
    engine_free(engine);
}

static void
a_gain_asked_for_in_silence_is_reached_in_silence(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    assert_true(engine_gain(engine, 0.5F, 100));
    play(engine, LAYER_SPEECH, flat(0.5F, 100), 100 + RAMP);
    render(engine, out, 4000, 480);

    assert_level(out, 100 + RAMP, 200 + RAMP, 0.25F);
    engine_free(engine);
}

static void
what_is_no_number_is_silence(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();

    play(engine, LAYER_SPEECH, flat(NAN, 100), 0);
    render(engine, out, 400, 480);

    assert_silent(out, 0, 400);
    engine_free(engine);
}

// Everything at once, all asked for at the start.
static void
busy_schedule(struct engine *engine)
{
    for (int i = 0; i < 60; i++)
        play(engine, (enum engine_layer)(i % LAYERS),
             rising(0.01F * (float)i, 1e-5F, 500 + 97 * i), 613 * i);
    for (int i = 0; i < 12; i++) {
        enum engine_layer layer = (enum engine_layer)(i % LAYERS);
        assert_true(engine_hold(engine, layer, 1000 + 3001 * i));
        assert_true(
            engine_gain(engine, 0.3F + 0.1F * (float)(i % 9), 1500 + 2777 * i));
        assert_true(engine_go_on(engine, layer, 1300 + 3001 * i));
    }
    assert_true(engine_cut(engine, LAYER_TONE, 20011));
    assert_true(engine_cut(engine, LAYER_SPEECH, 33333));
}

static void
blocks_of_any_size_give_the_same_samples(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 64, 479, 480, 8192, RATE};
    static float        other[RATE];

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct engine *engine = engine_at_rate();
        busy_schedule(engine);
        render(engine, i == 0 ? out : other, RATE, blocks[i]);
        if (i > 0) assert_memory_equal(out, other, sizeof out);
        engine_free(engine);
    }
}

static void
played_sounds_are_handed_back(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();
    struct pcm    *pcm    = flat(0.5F, 100);

    assert_true(engine_play(engine, LAYER_SPEECH, pcm, 0));
    assert_true(engine_play(engine, LAYER_SPEECH, pcm, 300));
    assert_int_equal(atomic_load(&pcm->holders), 3);

    render(engine, out, 200, 480);
    engine_collect(engine);
    assert_int_equal(atomic_load(&pcm->holders), 2);

    engine_free(engine); // with one still waiting
    assert_int_equal(atomic_load(&pcm->holders), 1);
    pcm_drop(pcm);
}

static void
more_sounds_than_fit_are_refused_until_some_have_played(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();
    struct pcm    *pcm    = flat(0.001F, 10);
    int            count  = 0;

    while (engine_play(engine, LAYER_SPEECH, pcm, count)) count++;
    assert_int_equal(count, 256);
    assert_int_equal(atomic_load(&pcm->holders), 1 + 256);

    render(engine, out, 20, 480);
    assert_true(engine_play(engine, LAYER_SPEECH, pcm, 300));
    render(engine, out, 400, 480);
    engine_collect(engine);
    assert_int_equal(atomic_load(&pcm->holders), 1);
    engine_free(engine);
    pcm_drop(pcm);
}

static void
nothing_is_lost_when_nobody_collects_for_long(void **state)
{
    (void)state;
    struct engine *engine = engine_at_rate();
    struct pcm    *pcm    = flat(0.001F, 10 * RATE);

    assert_true(engine_play(engine, LAYER_SPEECH, pcm, 0));
    for (int i = 0; i < 700; i++) { // each leaves a tail to hand back
        assert_true(engine_hold(engine, LAYER_SPEECH, ENGINE_NOW));
        assert_true(engine_go_on(engine, LAYER_SPEECH, ENGINE_NOW));
        render(engine, out, 200, 480);
    }
    assert_true(engine_cut(engine, LAYER_SPEECH, ENGINE_NOW));
    render(engine, out, 2000, 480);
    assert_silent(out, FADE, 2000);

    for (int i = 0; i < 3; i++) {
        engine_collect(engine);
        render(engine, out, 10, 480);
    }
    engine_collect(engine);
    assert_int_equal(atomic_load(&pcm->holders), 1);
    engine_free(engine);
    pcm_drop(pcm);
}

static void
the_microphone_is_paired_with_what_played_at_its_frame(void **state)
{
    (void)state;
    static struct heard_frame pairs[1000];
    static float              in[640];
    struct engine            *engine = NULL;
    int64_t                   first  = -1;

    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    play(engine, LAYER_SPEECH, rising(0.1F, 1e-4F, 1000), 100);
    for (int i = 0; i < 640; i++) in[i] = (float)-i;
    for (int i = 0; i < 10; i++)
        engine_render(engine, in + i * 64, out + i * 64, 64);

    assert_int_equal(engine_heard(engine, pairs, 100, &first), 100);
    assert_int_equal(first, 0);
    assert_int_equal(engine_heard(engine, pairs + 100, 900, &first), 540);
    assert_int_equal(first, 100);
    for (int i = 0; i < 640; i++) {
        assert_true(pairs[i].microphone == (float)-i);
        assert_true(pairs[i].reference == out[i]);
    }
    assert_int_equal(engine_heard(engine, pairs, 1000, &first), 0);
    engine_free(engine);
}

static void
what_nobody_listened_to_in_time_shows_as_a_jump(void **state)
{
    (void)state;
    static struct heard_frame pairs[3 * RATE];
    static float              in[480];
    struct engine            *engine = NULL;
    int64_t                   first  = -1;

    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    for (int i = 0; i < 300; i++) engine_render(engine, in, out, 480);
    size_t kept = engine_heard(engine, pairs, 3 * RATE, &first);
    assert_int_equal(first, 0);
    assert_in_range(kept, RATE, 2 * RATE);

    engine_render(engine, in, out, 480);
    assert_int_equal(engine_heard(engine, pairs, 3 * RATE, &first), 448);
    assert_int_equal(first, 300 * 480); // 144000 is a multiple of 64
    engine_free(engine);
}

static void
no_microphone_gives_no_pairs(void **state)
{
    (void)state;
    struct heard_frame pairs[64];
    struct engine     *engine = NULL;
    int64_t            first  = -1;

    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    render(engine, out, 4800, 480);
    assert_int_equal(engine_heard(engine, pairs, 64, &first), 0);
    engine_free(engine);
}

static void
a_muted_microphone_gives_silence_and_time_goes_on(void **state)
{
    (void)state;
    static struct heard_frame pairs[640];
    static float              in[64];
    struct engine            *engine = NULL;
    int64_t                   first  = -1;

    assert_int_equal(engine_new(&engine, RATE, true), STATUS_OK);
    for (int i = 0; i < 64; i++) in[i] = 0.5F;
    for (int i = 0; i < 10; i++) {
        engine_mute(engine, i >= 3 && i < 7);
        engine_render(engine, in, out, 64);
    }
    assert_int_equal(engine_heard(engine, pairs, 640, &first), 640);
    for (int i = 0; i < 640; i++) {
        bool muted = i >= 3 * 64 && i < 7 * 64;
        assert_true(pairs[i].microphone == (muted ? 0 : 0.5F));
    }
    engine_free(engine);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_begins_on_its_frame_inside_a_block),
        cmocka_unit_test(a_sound_crosses_blocks_without_losing_a_sample),
        cmocka_unit_test(sounds_that_meet_are_added),
        cmocka_unit_test(a_late_sound_plays_at_once_in_full_and_is_counted),
        cmocka_unit_test(now_is_never_late),
        cmocka_unit_test(a_hold_fades_out_within_20_ms),
        cmocka_unit_test(going_on_resumes_from_the_sample_the_hold_began_with),
        cmocka_unit_test(fades_make_no_step),
        cmocka_unit_test(what_waits_keeps_its_distance_over_a_hold),
        cmocka_unit_test(what_is_asked_for_after_going_on_is_not_moved),
        cmocka_unit_test(a_sound_due_with_the_hold_waits_for_its_end),
        cmocka_unit_test(a_hold_leaves_the_other_layers_alone),
        cmocka_unit_test(holding_twice_holds_from_the_first),
        cmocka_unit_test(a_cut_ends_within_20_ms_and_drops_what_waits),
        cmocka_unit_test(a_cut_of_a_held_layer_is_silent_and_leaves_it_held),
        cmocka_unit_test(the_gain_takes_50_ms_in_a_straight_line),
        cmocka_unit_test(a_gain_asked_for_in_silence_is_reached_in_silence),
        cmocka_unit_test(what_is_no_number_is_silence),
        cmocka_unit_test(blocks_of_any_size_give_the_same_samples),
        cmocka_unit_test(played_sounds_are_handed_back),
        cmocka_unit_test(
            more_sounds_than_fit_are_refused_until_some_have_played),
        cmocka_unit_test(nothing_is_lost_when_nobody_collects_for_long),
        cmocka_unit_test(
            the_microphone_is_paired_with_what_played_at_its_frame),
        cmocka_unit_test(what_nobody_listened_to_in_time_shows_as_a_jump),
        cmocka_unit_test(no_microphone_gives_no_pairs),
        cmocka_unit_test(a_muted_microphone_gives_silence_and_time_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
