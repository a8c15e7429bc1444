// SPDX-License-Identifier: GPL-3.0-or-later
// Scores by our own reading of the acoustic model against PocketSphinx's.
#include "listen/phones.h"
#include "listen/senlog.h"
#include "listen/sphinx.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MODEL  "/usr/share/pocketsphinx/model/en-us/en-us"
#define LENGTH 16000

static int16_t sound[LENGTH];

// A buzz that goes through vowels, with hisses between.
static void
make_sound(void)
{
    uint32_t dice = 1;
    double   a = 0, b = 0;
    for (int i = 0; i < LENGTH; i++) {
        double t      = i / 16000.0;
        double place  = 500 + 400 * sin(9 * t);
        double period = i % 133 == 0 ? 1 : 0;
        dice          = dice * 1664525 + 1013904223;
        double hiss   = (double)(int32_t)dice / 2147483648.0;
        double in     = i / 3200 % 2 ? 0.05 * hiss : period + 0.002 * hiss;
        double out    = in + 1.9 * cos(6.2832 * place / 16000) * a - 0.95 * b;
        b             = a;
        a             = out;
        sound[i]      = (int16_t)lrint(2000 * out);
    }
}

static struct phones *
read_phones(void)
{
    struct phones *phones = NULL;
    struct diag    diag   = {""};
    if (phones_read(&phones, MODEL "/mdef", &diag) != STATUS_OK)
        fail_msg("%s", diag.text);
    return phones;
}

static struct senones
scores_of(const struct phones *phones, bool ours)
{
    struct senones senones;
    struct diag    diag = {""};
    assert_true(senones_make(&senones, phones_senones(phones)));
    if (ours) {
        struct sphinx *sphinx = NULL;
        assert_int_equal(sphinx_open(&sphinx, MODEL, phones, NULL, &diag),
                         STATUS_OK);
        assert_true(sphinx_score(sphinx, sound, LENGTH, &senones));
        sphinx_close(sphinx);
    } else {
        struct senlog *senlog = NULL;
        assert_int_equal(senlog_open(&senlog, MODEL, &diag), STATUS_OK);
        assert_true(senlog_score(senlog, sound, LENGTH, &senones));
        senlog_close(senlog);
    }
    return senones;
}

// PocketSphinx rounds every sum of two likelihoods to a tenth of a neper.
static void
our_scores_are_those_of_pocketsphinx(void **state)
{
    (void)state;
    struct phones *phones = read_phones();
    struct senones ours   = scores_of(phones, true);
    struct senones theirs = scores_of(phones, false);
    long           far = 0, count = 0;
    assert_int_equal(ours.frames, 99);
    assert_int_equal(theirs.frames, 99);
    for (int t = 0; t < ours.frames; t++) {
        int least = 32767;
        for (int i = 0; i < ours.count; i++) {
            int ours_now   = senones_at(&ours, t)[i];
            int theirs_now = senones_at(&theirs, t)[i];
            if (ours_now < least) least = ours_now;
            if (theirs_now > 150) continue; // far from likely
            far += abs(ours_now - theirs_now) > 6;
            count++;
        }
        assert_int_equal(least, 0);
    }
    assert_true(count > 10000);
    assert_true(far * 50 < count);
    senones_release(&ours);
    senones_release(&theirs);
    phones_free(phones);
}

static void
each_senone_has_the_phone_it_is_a_part_of(void **state)
{
    (void)state;
    struct phones *phones = read_phones();
    int            aa     = phones_find(phones, "AA", 2);
    int            t      = phones_find(phones, "T", 1);
    for (int s = 0; s < PHONES_STATES; s++) {
        assert_int_equal(phones_owner(phones, phones_alone(phones, aa)[s]), aa);
        assert_int_equal(phones_owner(phones, phones_states(phones, t, aa, aa,
                                                            PHONES_INSIDE)[s]),
                         t);
    }
    phones_free(phones);
}

static void
nothing_to_hear_has_no_scores(void **state)
{
    (void)state;
    struct phones *phones = read_phones();
    struct sphinx *sphinx = NULL;
    struct senones senones;
    struct diag    diag = {""};
    assert_true(senones_make(&senones, phones_senones(phones)));
    assert_int_equal(sphinx_open(&sphinx, MODEL, phones, NULL, &diag),
                     STATUS_OK);
    assert_false(sphinx_score(sphinx, sound, 0, &senones));
    sphinx_close(sphinx);
    senones_release(&senones);
    phones_free(phones);
}

static void
without_a_model_the_package_is_named(void **state)
{
    (void)state;
    struct phones *phones = read_phones();
    struct sphinx *sphinx = NULL;
    struct diag    diag   = {""};
    assert_int_not_equal(sphinx_open(&sphinx, "/nowhere", phones, NULL, &diag),
                         STATUS_OK);
    assert_non_null(strstr(diag.text, "pocketsphinx-en-us"));
    phones_free(phones);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_scores_are_those_of_pocketsphinx),
        cmocka_unit_test(each_senone_has_the_phone_it_is_a_part_of),
        cmocka_unit_test(nothing_to_hear_has_no_scores),
        cmocka_unit_test(without_a_model_the_package_is_named),
    };
    make_sound();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
