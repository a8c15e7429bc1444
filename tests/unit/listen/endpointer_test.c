// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/endpointer.h"
#include <cmocka.h>

static struct endpointer e;
static uint32_t          seed;

// What the endpointer said of a stretch of sound.
struct said {
    int     opened, ended, brief, longer;
    int64_t at_end; // frame at which it last ended
};

static float
noise(void)
{
    seed = seed * 1664525U + 1013904223U;
    return (float)(seed >> 8) / 8388608 - 1;
}

static void
count(struct said *said, enum endpointer_event event)
{
    said->opened += event == ENDPOINTER_OPENED;
    said->ended += event == ENDPOINTER_ENDED;
    said->brief += event == ENDPOINTER_BRIEF;
    said->longer += event == ENDPOINTER_LONG;
    if (event == ENDPOINTER_ENDED) said->at_end = e.frame;
}

// While what may be echo is at ECHO dB.
static struct said
hear_over(int frames, float level, float echo)
{
    struct said said = {0};
    for (int f = 0; f < frames; f++) {
        float frame[ENDPOINTER_FRAME] = {0};
        // a last sample of nothing: the pre-emphasis carries nothing over
        for (int i = 0; i < ENDPOINTER_FRAME - 1; i++)
            frame[i] = level * noise();
        count(&said, endpointer_feed(&e, frame, echo, 0));
    }
    return said;
}

static struct said
hear(int frames, float level)
{
    return hear_over(frames, level, -120);
}

static int
fresh(void **state)
{
    (void)state;
    seed = 1;
    endpointer_init(&e);
    return 0;
}

static void
a_word_is_cut_out_with_what_was_before_it(void **state)
{
    (void)state;
    hear(200, 0.001F);
    assert_int_equal(hear(50, 0.1F).opened, 1);
    struct said said = hear(40, 0.001F);
    assert_int_equal(said.ended, 1);
    assert_int_equal(e.from, 200);
    assert_int_equal(e.to, 250);
}

static void
a_quarter_second_of_silence_ends_it(void **state)
{
    (void)state;
    hear(200, 0.001F);
    hear(50, 0.1F);
    assert_int_equal(hear(ENDPOINTER_SILENCE - 1, 0.001F).ended, 0);
    assert_int_equal(hear(1, 0.001F).ended, 1);

    size_t  samples;
    int64_t first;
    endpointer_speech(&e, &samples, &first);
    assert_int_equal(first, 200 - ENDPOINTER_BEFORE + 4);
    assert_int_equal(samples / ENDPOINTER_FRAME,
                     250 + ENDPOINTER_AFTER - first);
}

static void
the_room_before_a_stretch_is_kept(void **state)
{
    (void)state;
    hear(200, 0.001F);
    for (int f = 0; f < 5; f++) {
        hear(ENDPOINTER_ROOM + ENDPOINTER_BEFORE + 31 * f, 0.001F);
        hear(40, 0.1F);
        assert_int_equal(hear(ENDPOINTER_SILENCE, 0.001F).ended, 1);
        assert_true(endpointer_room(&e) >=
                    (size_t)ENDPOINTER_ROOM * ENDPOINTER_FRAME);
    }
}

static void
a_short_pause_within_a_phrase_does_not(void **state)
{
    (void)state;
    hear(200, 0.001F);
    hear(30, 0.1F);
    assert_int_equal(hear(15, 0.001F).ended, 0);
    assert_int_equal(hear(30, 0.1F).opened, 0);
    assert_int_equal(hear(30, 0.001F).ended, 1);
    assert_int_equal(e.from, 200);
    assert_int_equal(e.to, 275);
}

static void
a_click_opens_nothing(void **state)
{
    (void)state;
    hear(200, 0.001F);
    assert_int_equal(hear(3, 0.9F).opened, 0);
    assert_int_equal(hear(100, 0.001F).opened, 0);
}

static void
a_knock_is_too_brief(void **state)
{
    (void)state;
    hear(200, 0.001F);
    assert_int_equal(hear(6, 0.5F).opened, 1);
    assert_int_equal(hear(30, 0.001F).brief, 1);
}

static void
speech_without_end_is_said_to_be_long_once(void **state)
{
    (void)state;
    hear(200, 0.001F);
    struct said said = {0};
    for (int i = 0; i < 100; i++) { // syllables, so that the floor stays low
        struct said part = hear(14, 0.1F);
        said.longer += part.longer;
        part = hear(6, 0.001F);
        said.ended += part.ended;
    }
    assert_int_equal(said.longer, 1);
    assert_int_equal(said.ended, 0);
    assert_int_equal(hear(30, 0.001F).ended, 0);
    assert_int_equal(hear(50, 0.1F).opened, 1);
}

static void
a_fan_becomes_the_floor_within_four_seconds(void **state)
{
    (void)state;
    hear(200, 0.001F);
    hear(400, 0.05F);
    assert_false(e.open && !e.passing);
    assert_int_equal(hear(1000, 0.05F).opened, 0);
    assert_int_equal(hear(50, 0.5F).opened, 1);
}

// Hiss above 4 kHz, and over it a voice that has nothing there.
static int
opened_over_hiss(float voice)
{
    float last   = 0;
    int   opened = 0;
    for (int f = 0; f < 250; f++) {
        float frame[ENDPOINTER_FRAME];
        for (int i = 0; i < ENDPOINTER_FRAME; i++) {
            float now = noise();
            frame[i]  = 0.05F * (now - last);
            last      = now;
            if (f >= 200) frame[i] += voice * ((i / 16) % 2 ? 1.0F : -1.0F);
        }
        opened += endpointer_feed(&e, frame, -120, 0) == ENDPOINTER_OPENED;
        if (f == 150) opened = 0; // the room is known
    }
    return opened;
}

static void
a_voice_is_heard_in_the_band_that_hiss_leaves_free(void **state)
{
    (void)state;
    assert_int_equal(opened_over_hiss(0), 0);
    endpointer_init(&e);
    assert_int_equal(opened_over_hiss(0.05F), 1);
}

static void
hours_of_anything_keep_it_within_bounds(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++) {
        hear(500, 1.0F);
        hear(7 * i % 300, 0.0F);
        assert_true(e.kept <= ENDPOINTER_MOST);
    }
}

// Syllables of 0.14 s, up to 6 dB apart: no floor follows them.
static struct said
hear_din(int syllables)
{
    static const float levels[] = {0.05F, 0.03F, 0.06F, 0.04F};
    struct said        said     = {0};
    for (int i = 0; i < syllables; i++)
        for (int half = 0; half < 2; half++) {
            struct said part =
                half == 0 ? hear(14, levels[i % 4]) : hear(6, 0.001F);
            said.ended += part.ended;
            said.longer += part.longer;
        }
    return said;
}

static void
a_word_stands_out_of_a_din(void **state)
{
    (void)state;
    hear(200, 0.001F);
    struct said said = hear_din(40);
    assert_int_equal(said.longer, 1);
    assert_int_equal(said.ended, 0);
    assert_false(e.amid);
    hear(50, 0.5F);
    said = hear_din(2);
    assert_int_equal(said.ended, 1);
    assert_true(e.amid);
    assert_in_range(e.to - e.from, 48, 66);
}

static void
a_voice_is_open_while_its_ratio_says_so(void **state)
{
    (void)state;
    struct said said                    = {0};
    float       frame[ENDPOINTER_FRAME] = {0};
    hear(300, 0.05F);
    for (int f = 0; f < 100; f++) {
        for (int i = 0; i < ENDPOINTER_FRAME; i++) frame[i] = 0.05F * noise();
        float ratio = f < 10 || f >= 60 ? 0 : f < 30 ? 4 : 1;
        count(&said, endpointer_feed(&e, frame, -120, ratio));
    }
    assert_int_equal(said.opened, 1);
    assert_int_equal(said.ended, 1);
    assert_int_equal(e.to - e.from, 50);
}

static void
what_is_left_of_an_echo_is_no_part_of_what_a_person_says(void **state)
{
    (void)state;
    hear(200, 0.0001F);
    assert_int_equal(hear_over(60, 0.003F, -70).opened, 1);
    hear_over(50, 0.1F, -70);
    assert_int_equal(hear_over(40, 0.0001F, -70).ended, 1);
    assert_int_equal(e.from, 260);
    assert_int_equal(e.to, 310);
}

static void
without_an_echo_a_soft_beginning_belongs_to_it(void **state)
{
    (void)state;
    hear(200, 0.0001F);
    hear(60, 0.003F);
    hear(50, 0.1F);
    assert_int_equal(hear(40, 0.0001F).ended, 1);
    assert_int_equal(e.from, 200);
}

// On and off by turns, faster than a silence that ends anything.
static struct said
flicker(int frames, float on, float off)
{
    struct said all = {0};
    for (int f = 0; f < frames; f++) {
        struct said said = hear(1, f % 24 < 14 ? on : off);
        all.opened += said.opened;
        all.ended += said.ended;
        all.longer += said.longer;
    }
    return all;
}

static void
a_noise_that_flickers_is_the_room_after_some_seconds(void **state)
{
    (void)state;
    hear(300, 0.0005F);
    flicker(500, 0.03F, 0.009F);
    struct said later = flicker(500, 0.03F, 0.009F);
    assert_int_equal(later.opened, 0);
    assert_false(e.open);
    assert_int_equal(hear(50, 0.3F).opened, 1);
    assert_int_equal(flicker(60, 0.03F, 0.009F).ended, 1);
}

static void
talk_goes_up_and_down_by_more_than_a_room(void **state)
{
    (void)state;
    hear(300, 0.0005F);
    assert_int_equal(flicker(1000, 0.1F, 0.003F).longer, 1);
    assert_true(e.open);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_word_is_cut_out_with_what_was_before_it,
                               fresh),
        cmocka_unit_test_setup(a_quarter_second_of_silence_ends_it, fresh),
        cmocka_unit_test_setup(the_room_before_a_stretch_is_kept, fresh),
        cmocka_unit_test_setup(a_short_pause_within_a_phrase_does_not, fresh),
        cmocka_unit_test_setup(a_click_opens_nothing, fresh),
        cmocka_unit_test_setup(a_knock_is_too_brief, fresh),
        cmocka_unit_test_setup(speech_without_end_is_said_to_be_long_once,
                               fresh),
        cmocka_unit_test_setup(a_fan_becomes_the_floor_within_four_seconds,
                               fresh),
        cmocka_unit_test_setup(a_word_stands_out_of_a_din, fresh),
        cmocka_unit_test_setup(a_voice_is_open_while_its_ratio_says_so, fresh),
        cmocka_unit_test_setup(
            what_is_left_of_an_echo_is_no_part_of_what_a_person_says, fresh),
        cmocka_unit_test_setup(without_an_echo_a_soft_beginning_belongs_to_it,
                               fresh),
        cmocka_unit_test_setup(
            a_voice_is_heard_in_the_band_that_hiss_leaves_free, fresh),
        cmocka_unit_test_setup(
            a_noise_that_flickers_is_the_room_after_some_seconds, fresh),
        cmocka_unit_test_setup(talk_goes_up_and_down_by_more_than_a_room,
                               fresh),
        cmocka_unit_test_setup(hours_of_anything_keep_it_within_bounds, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
