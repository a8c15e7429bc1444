// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/report.h"
#include <stdlib.h>
#include <string.h>

static struct place
at(int line, int column, int width, const char *excerpt)
{
    return (struct place){"lats.yaml", line,    column,
                          width,       excerpt, strlen(excerpt)};
}

static void
a_problem_shows_its_place_its_line_and_a_caret(void **state)
{
    (void)state;
    struct report report = {0};
    struct place  place  = at(4, 3, 5, "  seets: 3");
    report_add(&report, SEVERITY_ERROR, &place, "unknown key 'seets'");
    assert_string_equal(report.text,
                        "lats.yaml:4:3: error: unknown key 'seets'\n"
                        "      seets: 3\n"
                        "      ^~~~~\n");
    assert_int_equal(report.errors, 1);
    assert_int_equal(report.warnings, 0);
    report_release(&report);
}

static void
a_warning_counts_as_one(void **state)
{
    (void)state;
    struct report report = {0};
    struct place  place  = at(1, 1, 0, "x");
    report_add(&report, SEVERITY_WARNING, &place, "odd");
    assert_string_equal(report.text, "lats.yaml:1:1: warning: odd\n"
                                     "    x\n"
                                     "    ^\n");
    assert_int_equal(report.errors, 0);
    assert_int_equal(report.warnings, 1);
    report_release(&report);
}

static void
without_a_line_there_is_only_the_file(void **state)
{
    (void)state;
    struct report report  = {0};
    struct place  file    = {.file = "lats.yaml"};
    struct place  nowhere = {0};
    report_add(&report, SEVERITY_ERROR, &file, "it is empty");
    report_add(&report, SEVERITY_ERROR, &nowhere, "no memory");
    assert_string_equal(report.text, "lats.yaml: error: it is empty\n"
                                     "error: no memory\n");
    report_release(&report);
}

static void
control_characters_are_shown_as_blanks(void **state)
{
    (void)state;
    struct report report = {0};
    struct place  place  = at(2, 2, 1, "\tid:\x1B[31m x\x7F");
    report_add(&report, SEVERITY_ERROR, &place, "tab");
    assert_string_equal(report.text, "lats.yaml:2:2: error: tab\n"
                                     "     id: [31m x \n"
                                     "     ^\n");
    report_release(&report);
}

static void
what_a_terminal_would_obey_is_never_printed(void **state)
{
    (void)state;
    struct report report = {0};
    struct place  place  = at(1, 1, 1,
                              "a\xC2\x9B"
                                "2Jb\xFF\xE2\x82");
    place.file           = "x\x1B.yaml";
    report_add(&report, SEVERITY_ERROR, &place, "key '\x1B]0;t\x07'");
    assert_string_equal(report.text, "x .yaml:1:1: error: key ' ]0;t '\n"
                                     "    a 2Jb???\n"
                                     "    ^\n");
    report_release(&report);
}

static void
the_caret_stands_under_its_letter_behind_wide_ones(void **state)
{
    (void)state;
    struct report report = {0};
    // column 6 counts characters: the e with its accent is one
    struct place place = at(1, 6, 3, "caf\xC3\xA9 abc");
    report_add(&report, SEVERITY_ERROR, &place, "x");
    assert_string_equal(report.text, "lats.yaml:1:6: error: x\n"
                                     "    caf\xC3\xA9 abc\n"
                                     "         ^~~\n");
    report_release(&report);
}

static void
a_long_line_is_cut_between_characters(void **state)
{
    (void)state;
    struct report report = {0};
    char          line[1001], shown[321], blanks[159];
    for (size_t i = 0; i < 1000; i += 2) memcpy(line + i, "\xC3\xA9", 2);
    line[1000] = '\0';
    memcpy(shown, line, 320);
    shown[320] = '\0';
    memset(blanks, ' ', 158);
    blanks[158] = '\0';

    char         expected[1000];
    struct place place = at(1, 159, 50, line);
    report_add(&report, SEVERITY_ERROR, &place, "x");
    snprintf(expected, sizeof expected,
             "lats.yaml:1:159: error: x\n    %s\n    %s^~\n", shown, blanks);
    assert_string_equal(report.text, expected);
    report_release(&report);

    place.column = 161;
    report_add(&report, SEVERITY_ERROR, &place, "x");
    snprintf(expected, sizeof expected, "lats.yaml:1:161: error: x\n    %s\n",
             shown);
    assert_string_equal(report.text, expected);
    report_release(&report);
}

static void
beyond_the_most_problems_only_the_counts_go_on(void **state)
{
    (void)state;
    struct report report = {0};
    struct place  place  = at(1, 1, 1, "x");
    for (int i = 0; i < REPORT_MOST; i++)
        report_add(&report, SEVERITY_ERROR, &place, "x");
    size_t length = report.length;
    for (int i = 0; i < 50; i++)
        report_add(&report, SEVERITY_WARNING, &place, "x");
    assert_int_equal(report.length, length);
    assert_int_equal(report.errors, REPORT_MOST);
    assert_int_equal(report.warnings, 50);
    report_release(&report);
}

static void
a_message_of_any_length_is_kept_to_its_end_of_line(void **state)
{
    (void)state;
    struct report report = {0};
    struct place  place  = {.file = "lats.yaml"};
    char          message[5000];
    memset(message, 'm', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    report_add(&report, SEVERITY_ERROR, &place, message);
    report_add(&report, SEVERITY_ERROR, &place, "second");
    assert_non_null(strstr(report.text, "\nlats.yaml: error: second\n"));
    report_release(&report);
}

static void
printing_writes_the_text_and_nothing_when_there_is_none(void **state)
{
    (void)state;
    struct report report = {0};
    char         *text   = NULL;
    size_t        size   = 0;
    FILE         *out    = open_memstream(&text, &size);
    struct place  place  = {.file = "a"};
    report_print(&report, out);
    report_add(&report, SEVERITY_ERROR, &place, "b");
    report_print(&report, out);
    fclose(out);
    assert_string_equal(text, "a: error: b\n");
    free(text);
    report_release(&report);
    assert_int_equal(report.errors, 0);
    assert_null(report.text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_problem_shows_its_place_its_line_and_a_caret),
        cmocka_unit_test(a_warning_counts_as_one),
        cmocka_unit_test(without_a_line_there_is_only_the_file),
        cmocka_unit_test(control_characters_are_shown_as_blanks),
        cmocka_unit_test(what_a_terminal_would_obey_is_never_printed),
        cmocka_unit_test(the_caret_stands_under_its_letter_behind_wide_ones),
        cmocka_unit_test(a_long_line_is_cut_between_characters),
        cmocka_unit_test(beyond_the_most_problems_only_the_counts_go_on),
        cmocka_unit_test(a_message_of_any_length_is_kept_to_its_end_of_line),
        cmocka_unit_test(
            printing_writes_the_text_and_nothing_when_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
