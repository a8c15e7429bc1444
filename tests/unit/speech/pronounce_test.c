// SPDX-License-Identifier: GPL-3.0-or-later
// Words are put into phonemes; nothing else is taken for phonemes.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include "speech/pronounce.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status
read_text(struct pronounce **out, const char *text, struct report *report)
{
    char path[] = "/tmp/pronounce_test.XXXXXX";
    int  fd     = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    enum status st = pronounce_read(out, path, report);
    unlink(path);
    return st;
}

static void
becomes(const char *text, const char *expected)
{
    struct pronounce *words  = NULL;
    struct report     report = {0};
    assert_int_equal(
        read_text(&words, "teres: t'E3ri:z\nlatae: \"l'eIti:\"\n", &report),
        STATUS_OK);
    char *made = pronounce_apply(words, text);
    assert_string_equal(made, expected);
    free(made);
    pronounce_free(words);
    report_release(&report);
}

static void
whole_words_are_replaced_in_any_case(void **state)
{
    (void)state;
    becomes("Teres major, TERES minor.",
            "[[t'E3ri:z]] major, [[t'E3ri:z]] minor.");
    becomes("fasciae latae", "fasciae [[l'eIti:]]");
    becomes("interest, Teresa", "interest, Teresa");
    becomes("t\xC3\xA9res", "t\xC3\xA9res");
    becomes("", "");
}

static void
phonemes_of_others_are_not_obeyed(void **state)
{
    (void)state;
    becomes("say [[h@l'oU]] now", "say ((h@l'oU]] now");
}

static void
without_words_only_brackets_change(void **state)
{
    (void)state;
    char *made = pronounce_apply(NULL, "Teres [a]");
    assert_string_equal(made, "Teres (a]");
    free(made);
}

static void
what_is_no_word_or_no_phonemes_is_told(void **state)
{
    (void)state;
    struct pronounce *words  = NULL;
    struct report     report = {0};
    assert_int_equal(
        read_text(&words, "Teres: x\nlatae: \"a b\"\nfoot: [f]\n", &report),
        STATUS_BAD_INPUT);
    assert_null(words);
    assert_int_equal(report.errors, 3);
    assert_non_null(strstr(report.text, "small letters"));
    report_release(&report);
}

static void
the_words_that_come_along_are_sound(void **state)
{
    (void)state;
    char              path[PATH_SIZE];
    struct pronounce *words  = NULL;
    struct report     report = {0};
    assert_true(path_join(path, getenv("ROLLCALL_SOURCE"),
                          "voices/en-us/pronunciation.yaml"));
    assert_int_equal(pronounce_read(&words, path, &report), STATUS_OK);
    char *made = pronounce_apply(words, "Latissimus dorsi");
    assert_string_equal(made, "[[l@t'IsIm@s]] dorsi");
    assert_true(pronounce_version(words) != pronounce_version(NULL));
    free(made);
    pronounce_free(words);
    report_release(&report);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_words_are_replaced_in_any_case),
        cmocka_unit_test(phonemes_of_others_are_not_obeyed),
        cmocka_unit_test(without_words_only_brackets_change),
        cmocka_unit_test(what_is_no_word_or_no_phonemes_is_told),
        cmocka_unit_test(the_words_that_come_along_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
