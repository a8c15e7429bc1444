// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include <string.h>

static void
equal_words_are_at_distance_zero(void **state)
{
    (void)state;
    assert_int_equal(text_distance("roller", "roller"), 0);
    assert_int_equal(text_distance("", ""), 0);
}

static void
each_kind_of_slip_counts_one(void **state)
{
    (void)state;
    assert_int_equal(text_distance("roler", "roller"), 1);
    assert_int_equal(text_distance("rolller", "roller"), 1);
    assert_int_equal(text_distance("rolker", "roller"), 1);
    assert_int_equal(text_distance("orller", "roller"), 1);
    assert_int_equal(text_distance("setps", "steps"), 1);
}

static void
distance_is_the_same_both_ways(void **state)
{
    (void)state;
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    assert_int_equal(text_distance("sitting", "kitten"), 3);
    assert_int_equal(text_distance("", "abc"), 3);
    assert_int_equal(text_distance("abc", ""), 3);
}

static void
long_words_are_compared_by_their_first_64_letters(void **state)
{
    (void)state;
    char a[200], b[200];
    memset(a, 'a', sizeof a - 1);
    memset(b, 'a', sizeof b - 1);
    a[199] = b[199] = '\0';
    b[100]          = 'b';
    assert_int_equal(text_distance(a, b), 0);
    b[10] = 'b';
    assert_int_equal(text_distance(a, b), 1);
}

static void
the_nearest_word_is_found(void **state)
{
    (void)state;
    static const char *const words[] = {"setup", "sets", "sides", "rest"};
    assert_string_equal(text_nearest("stes", words, 4), "sets");
    assert_string_equal(text_nearest("side", words, 4), "sides");
    assert_string_equal(text_nearest("setpu", words, 4), "setup");
}

static void
a_word_too_far_off_has_no_nearest(void **state)
{
    (void)state;
    static const char *const words[] = {"setup", "sets", "sides", "rest"};
    assert_null(text_nearest("trapezius", words, 4));
    assert_null(text_nearest("abc", words, 4));
    assert_null(text_nearest("sets", words, 0));
}

static void
at_most_a_third_of_the_letters_may_be_wrong(void **state)
{
    (void)state;
    static const char *const words[] = {"lats", "calves"};
    assert_null(text_nearest("glutes", words, 2)); // three of six
    assert_string_equal(text_nearest("calfes", words, 2), "calves");
    assert_string_equal(text_nearest("cafles", words, 2), "calves");
    assert_null(text_nearest("la", words, 2));
    assert_string_equal(text_nearest("lat", words, 2), "lats");
}

static void
well_formed_utf8_is_taken(void **state)
{
    (void)state;
    static const char *const good[] = {
        "",
        "plain",
        "caf\xC3\xA9",
        "\xE2\x82\xAC",
        "\xF0\x9F\x92\xAA",
        "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        size_t bad = 77;
        assert_true(text_is_utf8(good[i], strlen(good[i]), &bad));
        assert_int_equal(bad, 77);
    }
}

static void
malformed_utf8_is_refused_at_its_first_bad_byte(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "ab\x80",             // a tail with no head
        "ab\xC0\x80",         // two bytes for what fits one
        "ab\xE0\x9F\xBF",     // three for what fits two
        "ab\xED\xA0\x80",     // half of a surrogate pair
        "ab\xF4\x90\x80\x80", // beyond the last character
        "ab\xF5\x80\x80\x80",
        "ab\xE2\x82", // cut off
        "ab\xE2\x82x",
        "ab\xFF",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t bad = 77;
        assert_false(text_is_utf8(wrong[i], strlen(wrong[i]), &bad));
        assert_int_equal(bad, 2);
    }
}

static void
a_copy_that_fits_is_whole(void **state)
{
    (void)state;
    char to[6];
    assert_true(text_copy(to, sizeof to, "three"));
    assert_string_equal(to, "three");
    assert_true(text_copy(to, sizeof to, ""));
    assert_string_equal(to, "");
}

static void
a_copy_that_does_not_fit_is_cut_and_says_so(void **state)
{
    (void)state;
    char to[4] = {'x', 'x', 'x', 'x'};
    assert_false(text_copy(to, sizeof to, "three"));
    assert_string_equal(to, "thr");
    assert_false(text_copy(to, 1, "three"));
    assert_string_equal(to, "");
}

static void
a_copy_is_cut_between_two_characters(void **state)
{
    (void)state;
    char to[4];
    assert_false(text_copy(to, sizeof to, "fünf"));
    assert_string_equal(to, "fü");
    assert_false(text_copy(to, sizeof to, "für"));
    assert_string_equal(to, "fü");
    assert_false(text_copy(to, 3, "für"));
    assert_string_equal(to, "f");
}

static void
what_is_no_utf8_is_mended(void **state)
{
    (void)state;
    char good[] = "fünf", cut[] = "f\xc3", mixed[] = "\xff\xe2\x82 ü\x80";
    text_mend(good);
    assert_string_equal(good, "fünf");
    text_mend(cut);
    assert_string_equal(cut, "f?");
    text_mend(mixed);
    assert_string_equal(mixed, "??? ü?");
}

static void
a_word_has_its_place_in_a_list(void **state)
{
    (void)state;
    assert_int_equal(text_index("n days command", "n} is", 1), 0);
    assert_int_equal(text_index("n days command", "days}", 4), 1);
    assert_int_equal(text_index("n days command", "command", 7), 2);
    assert_int_equal(text_index("n days command", "day", 3), -1);
    assert_int_equal(text_index("n days command", "commands", 8), -1);
    assert_int_equal(text_index("n", "", 0), -1);
    assert_int_equal(text_index("", "n", 1), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_words_are_at_distance_zero),
        cmocka_unit_test(each_kind_of_slip_counts_one),
        cmocka_unit_test(distance_is_the_same_both_ways),
        cmocka_unit_test(long_words_are_compared_by_their_first_64_letters),
        cmocka_unit_test(the_nearest_word_is_found),
        cmocka_unit_test(a_word_too_far_off_has_no_nearest),
        cmocka_unit_test(at_most_a_third_of_the_letters_may_be_wrong),
        cmocka_unit_test(well_formed_utf8_is_taken),
        cmocka_unit_test(malformed_utf8_is_refused_at_its_first_bad_byte),
        cmocka_unit_test(a_copy_that_fits_is_whole),
        cmocka_unit_test(a_copy_that_does_not_fit_is_cut_and_says_so),
        cmocka_unit_test(a_copy_is_cut_between_two_characters),
        cmocka_unit_test(what_is_no_utf8_is_mended),
        cmocka_unit_test(a_word_has_its_place_in_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
