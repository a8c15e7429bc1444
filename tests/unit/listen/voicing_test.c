// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/voicing.h"
#include <cmocka.h>

#define RATE   16000
#define LENGTH 16000 // one second

// A voice is a pulse 120 times a second; a scrape has no pitch.
static int16_t
voice_at(size_t i)
{
    return (int16_t)(8000 - (int)(i * 120 % RATE));
}

static int16_t
scrape_at(uint32_t *random)
{
    *random = *random * 1664525U + 1013904223U;
    return (int16_t)((int)(*random >> 18) - 8192);
}

static void
a_voice_has_a_pitch_and_a_scrape_none(void **state)
{
    static int16_t voice[LENGTH], scrape[LENGTH];
    uint32_t       random = 1;
    (void)state;
    for (size_t i = 0; i < LENGTH; i++) {
        voice[i]  = voice_at(i);
        scrape[i] = scrape_at(&random);
    }
    struct voicing_part all = {0, LENGTH / 160};
    assert_true(voicing_of(voice, LENGTH, all).share > 0.95);
    assert_true(voicing_of(scrape, LENGTH, all).share < 0.1);
    assert_true(voicing_of(voice, 100, all).share < 0.1); // too short to tell
}

static void
what_has_a_pitch_outside_is_told_in_seconds(void **state)
{
    static int16_t sound[LENGTH];
    uint32_t       random = 1;
    (void)state;
    for (size_t i = 0; i < LENGTH; i++)
        sound[i] = i < LENGTH / 2 ? voice_at(i) : scrape_at(&random);
    struct voicing_part voice = {0, 50}, scrape = {50, 100};
    assert_true(voicing_of(sound, LENGTH, voice).outside < 0.05);
    assert_true(voicing_of(sound, LENGTH, scrape).outside > 0.4);
    assert_true(voicing_of(sound, LENGTH, scrape).outside < 0.55);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_voice_has_a_pitch_and_a_scrape_none),
        cmocka_unit_test(what_has_a_pitch_outside_is_told_in_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
