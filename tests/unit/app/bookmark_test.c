// SPDX-License-Identifier: GPL-3.0-or-later
// Where a session broke off, as text.
#include "app/bookmark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct bookmark some = {
    .thread  = {"00112233445566778899aabbccddeeff", 1779600000, 120, 4, 61500},
    .routine = "upper-back",
    .path    = "/usr/share/rollcall/routines/upper back.yaml",
    .wished_level = LEVEL_DEEP,
    .sets         = 2,
    .minutes      = 12,
    .screening    = true,
    .plan         = UINT64_C(0xfedcba9876543210),
    .level        = LEVEL_GENTLE,
    .talk         = TALK_BRIEF,
    .gain         = -6,
    .given        = {.asked      = 0x3ff,
                     .gates      = 0x41,
                     .first      = {[3] = SIDE_RIGHT},
                     .discomfort = {7, 0}},
    .kind         = SEGMENT_WORK,
    .exercise     = "rhomboids",
    .set          = 2,
    .side         = SIDE_LEFT,
    .nth          = 1,
    .elapsed_ms   = 17250,
    .length_ms    = 45000,
    .moving       = true};

static void
it_comes_back_as_it_was(void **state)
{
    (void)state;
    struct bookmark back;
    char            text[BOOKMARK_SIZE], again[BOOKMARK_SIZE];

    assert_true(bookmark_print(text, &some));
    assert_true(bookmark_parse(&back, text, strlen(text)));
    assert_true(bookmark_print(again, &back));
    assert_string_equal(again, text);
    assert_string_equal(back.path, some.path);
    assert_int_equal(back.elapsed_ms, 17250);
    assert_int_equal(back.given.first[3], SIDE_RIGHT);
    assert_int_equal(back.gain, -6);
    assert_true(back.plan == some.plan);
}

static void
one_cut_off_anywhere_is_none(void **state)
{
    (void)state;
    struct bookmark back;
    char            text[BOOKMARK_SIZE];

    assert_true(bookmark_print(text, &some));
    for (size_t length = 0; length < strlen(text); length++)
        assert_false(bookmark_parse(&back, text, length));
}

static void
what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"bookmark 1", "bookmark 2"}, {"place ", "place 4"},
        {"now 0 ", "now 9 "},         {" -6\n", " 99\n"},
        {"wished 2", "wished -1"},    {"given", "taken"},
        {"17250", "-7250"},           {"\nend\n", "\nend\nmore\n"}};
    struct bookmark back;
    char            text[BOOKMARK_SIZE], bad[BOOKMARK_SIZE];

    assert_true(bookmark_print(text, &some));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *at = strstr(text, wrong[i][0]);
        assert_non_null(at);
        int before = (int)(at - text);
        int length = snprintf(bad, sizeof bad, "%.*s%s%s", before, text,
                              wrong[i][1], at + strlen(wrong[i][0]));
        assert_false(bookmark_parse(&back, bad, (size_t)length));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_back_as_it_was),
        cmocka_unit_test(one_cut_off_anywhere_is_none),
        cmocka_unit_test(what_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
