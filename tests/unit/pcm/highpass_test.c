// SPDX-License-Identifier: GPL-3.0-or-later
#include "pcm/highpass.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { RATE = 48000 };

static const double pi = 3.14159265358979323846;

static float sound[RATE], other[RATE];

static void
fill(double hz, size_t count)
{
    memset(sound, 0, sizeof sound);
    for (size_t i = 0; i < count; i++)
        sound[i] = (float)(0.25 * sin(2 * pi * hz * (double)i / RATE));
}

static double
peak(size_t from, size_t to)
{
    double most = 0;
    for (size_t i = from; i < to; i++)
        most = fmax(most, (double)fabsf(sound[i]));
    return most;
}

static void
low_rumble_is_taken_out_and_a_voice_is_not(void **state)
{
    (void)state;
    struct highpass highpass;

    highpass_set(&highpass, RATE, 80);
    fill(20, RATE);
    highpass_run(&highpass, sound, RATE);
    assert_true(peak(RATE / 2, RATE) < 0.25 / 14); // 23 dB less

    highpass_set(&highpass, RATE, 80);
    fill(200, RATE / 2);
    highpass_run(&highpass, sound, RATE);
    assert_true(peak(RATE / 4, RATE / 2) > 0.25 * 0.98);
    assert_true(peak(3 * RATE / 4, RATE) <= 0); // nothing rings on
}

static void
nothing_below_0_hertz_is_all_of_it(void **state)
{
    (void)state;
    static const double hertz[] = {0, -1, NAN, RATE};
    struct highpass     highpass;

    fill(20, RATE);
    memcpy(other, sound, sizeof sound);
    for (size_t i = 0; i < sizeof hertz / sizeof *hertz; i++) {
        highpass_set(&highpass, RATE, hertz[i]);
        highpass_run(&highpass, sound, RATE);
        assert_memory_equal(sound, other, sizeof sound);
    }
}

// As music comes, piece by piece.
static void
what_comes_in_pieces_follows_on(void **state)
{
    (void)state;
    struct highpass highpass;

    highpass_set(&highpass, RATE, 80);
    fill(100, RATE);
    highpass_run(&highpass, sound, RATE);
    memcpy(other, sound, sizeof sound);

    highpass_set(&highpass, RATE, 80);
    fill(100, RATE);
    for (size_t done = 0, some = 1; done < RATE; some = some * 7 % 1009) {
        if (some > RATE - done) some = RATE - done;
        highpass_run(&highpass, sound + done, some);
        done += some;
    }
    assert_memory_equal(sound, other, sizeof sound);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(low_rumble_is_taken_out_and_a_voice_is_not),
        cmocka_unit_test(nothing_below_0_hertz_is_all_of_it),
        cmocka_unit_test(what_comes_in_pieces_follows_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
