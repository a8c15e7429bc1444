// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct report report;

static int
begin(void **state)
{
    (void)state;
    memset(&report, 0, sizeof report);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    report_release(&report);
    return 0;
}

static struct yaml *
parsed_bytes(const char *text, size_t length)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_parse(&yaml, "x.yaml", text, length, &report);
    assert_true((st == STATUS_OK) == (yaml != NULL));
    return yaml;
}

static struct yaml *
parsed(const char *text)
{
    return parsed_bytes(text, strlen(text));
}

static const char *
reported(void)
{
    return report.text ? report.text : "";
}

static void
refused(const char *text, const char *message)
{
    assert_null(parsed(text));
    assert_string_equal(reported(), message);
}

static void
maps_and_lists_are_read_in_order(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("a: 1\nb: [x, 'y z']\nc: {d: \"e\"}\n");
    assert_non_null(yaml);
    const struct yaml_node *root = yaml_root(yaml);

    assert_true(yaml_is_map(root));
    assert_int_equal(yaml_count(root), 3);
    assert_string_equal(yaml_text(yaml_key(root, 1)), "b");
    assert_string_equal(yaml_text(yaml_item(root, 0)), "1");
    const struct yaml_node *list = yaml_get(root, "b");
    assert_true(yaml_is_list(list));
    assert_string_equal(yaml_text(yaml_item(list, 1)), "y z");
    assert_null(yaml_item(list, 2));
    assert_null(yaml_text(list));
    assert_string_equal(yaml_text(yaml_get(yaml_get(root, "c"), "d")), "e");
    assert_null(yaml_get(root, "z"));
    assert_string_equal(reported(), "");
    yaml_free(yaml);
}

static void
folded_and_literal_text_is_read(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("a: >\n  one\n  two\nb: |\n  one\n  two\nc:\n");
    assert_non_null(yaml);
    const struct yaml_node *root = yaml_root(yaml);

    assert_string_equal(yaml_text(yaml_get(root, "a")), "one two\n");
    assert_string_equal(yaml_text(yaml_get(root, "b")), "one\ntwo\n");
    assert_string_equal(yaml_text(yaml_get(root, "c")), "");
    yaml_free(yaml);
}

static void
a_byte_order_mark_and_crlf_are_fine(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("\xEF\xBB\xBF"
                               "a: 1\r\nb: 2\r\n");
    assert_non_null(yaml);
    yaml_problem(yaml, yaml_get(yaml_root(yaml), "b"), SEVERITY_ERROR, "no");
    assert_string_equal(reported(), "x.yaml:2:4: error: no\n"
                                    "    b: 2\n"
                                    "       ^\n");
    yaml_free(yaml);
}

static void
a_problem_underlines_the_whole_value(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("é: \"été\" # fine\nb:\n  - |\n    long\n");
    assert_non_null(yaml);
    const struct yaml_node *root = yaml_root(yaml);

    yaml_problem(yaml, yaml_get(root, "é"), SEVERITY_WARNING, "first");
    yaml_problem(yaml, yaml_item(yaml_get(root, "b"), 0), SEVERITY_ERROR,
                 "second");
    yaml_problem(yaml, NULL, SEVERITY_ERROR, "third");
    assert_string_equal(reported(), "x.yaml:1:4: warning: first\n"
                                    "    é: \"été\" # fine\n"
                                    "       ^~~~~\n"
                                    "x.yaml:4:5: error: second\n"
                                    "        long\n"
                                    "        ^~~~\n"
                                    "x.yaml: error: third\n");
    assert_int_equal(report.errors, 2);
    assert_int_equal(report.warnings, 1);
    yaml_free(yaml);
}

static void
a_problem_of_an_empty_value_is_shown_where_it_would_be(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("a:\nb:\n  - x\n  -\n  - y\n");
    assert_non_null(yaml);
    const struct yaml_node *root = yaml_root(yaml);

    yaml_problem(yaml, yaml_get(root, "a"), SEVERITY_ERROR, "empty");
    yaml_problem(yaml, yaml_item(yaml_get(root, "b"), 1), SEVERITY_ERROR,
                 "empty");
    assert_string_equal(reported(), "x.yaml:1:1: error: empty\n"
                                    "    a:\n"
                                    "    ^\n"
                                    "x.yaml:4:3: error: empty\n"
                                    "      -\n"
                                    "      ^\n");
    yaml_free(yaml);
}

static void
every_duplicate_key_is_an_error_and_the_first_counts(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("a: 1\nb: 2\na: 3\na: 4\n");
    assert_non_null(yaml);

    assert_int_equal(yaml_count(yaml_root(yaml)), 2);
    assert_string_equal(yaml_text(yaml_get(yaml_root(yaml), "a")), "1");
    assert_string_equal(
        reported(),
        "x.yaml:3:1: error: key 'a' is already in line 1; keep one of them\n"
        "    a: 3\n"
        "    ^\n"
        "x.yaml:4:1: error: key 'a' is already in line 1; keep one of them\n"
        "    a: 4\n"
        "    ^\n");
    yaml_free(yaml);
}

static void
unknown_keys_are_reported_with_the_nearest_known(void **state)
{
    (void)state;
    static const char *const known[] = {"time", "kind", "pace"};
    struct yaml             *yaml    = parsed("tmie: 1\nkind: 2\ncolour: 3\n");
    assert_non_null(yaml);

    assert_false(yaml_known_keys(yaml, yaml_root(yaml), "work", known, 3));
    assert_string_equal(
        reported(),
        "x.yaml:1:1: error: work has no key 'tmie'; did you mean 'time'?\n"
        "    tmie: 1\n"
        "    ^~~~\n"
        "x.yaml:3:1: error: work has no key 'colour'; expected time, kind or "
        "pace\n"
        "    colour: 3\n"
        "    ^~~~~~\n");
    yaml_free(yaml);
}

static void
aliases_are_the_node_they_name(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("a: &x [1, 2]\nb: *x\n");
    assert_non_null(yaml);
    const struct yaml_node *root = yaml_root(yaml);

    assert_ptr_equal(yaml_get(root, "a"), yaml_get(root, "b"));
    yaml_free(yaml);
}

static void
an_alias_to_nothing_or_to_itself_is_refused(void **state)
{
    (void)state;
    refused("a: *nothing\n",
            "x.yaml:1:4: error: no '&nothing' above this to refer to; put "
            "quotes around text that starts with '*'\n"
            "    a: *nothing\n"
            "       ^~~~~~~~\n");
    assert_null(parsed("a: &x [*x]\n"));
}

static void
a_bomb_of_aliases_is_refused(void **state)
{
    (void)state;
    assert_null(parsed("a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                       "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                       "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                       "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                       "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"));
    assert_non_null(strstr(reported(), "x.yaml:5:8: error: aliases make more "
                                       "than 20000 values of this file"));
}

static void
too_many_aliases_are_refused(void **state)
{
    (void)state;
    char text[1024];
    int  used = snprintf(text, sizeof text, "a: &a x\nb: [");
    for (int i = 0; i <= YAML_MOST_ALIASES; i++)
        used += snprintf(text + used, sizeof text - (size_t)used, "*a, ");
    snprintf(text + used, sizeof text - (size_t)used, "]\n");
    assert_null(parsed(text));
    assert_non_null(strstr(reported(), "more than 64 aliases in one file"));
}

static void
too_deep_a_file_is_refused(void **state)
{
    (void)state;
    char text[64] = {0};
    memset(text, '[', 15);
    memset(text + 15, ']', 15);
    yaml_free(parsed(text));
    assert_string_equal(reported(), "");

    memset(text, '[', 16);
    memset(text + 16, ']', 16);
    assert_null(parsed(text));
    assert_non_null(strstr(reported(), "x.yaml:1:16: error: nested more than "
                                       "16 levels deep; make it flatter\n"));
}

static void
depth_hidden_behind_aliases_counts(void **state)
{
    (void)state;
    assert_null(parsed("a: &a [[[[[[[[x]]]]]]]]\nb: [[[[[[[*a]]]]]]]\n"));
    assert_non_null(strstr(reported(), "nested more than 16 levels deep"));
}

static void
too_many_values_are_refused(void **state)
{
    (void)state;
    size_t length = 3 * YAML_MOST_NODES;
    char  *text   = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) text[i] = ",\nx"[i % 3];
    text[0] = '[';
    assert_null(parsed_bytes(text, length));
    free(text);
    assert_non_null(strstr(reported(), "more than 20000 values in one file"));
}

static void
too_large_a_file_is_refused(void **state)
{
    (void)state;
    size_t length = YAML_MOST_BYTES + 1;
    char  *text   = malloc(length);
    assert_non_null(text);
    memset(text, '#', length);
    assert_null(parsed_bytes(text, length));
    free(text);
    assert_string_equal(reported(),
                        "x.yaml: error: the file is larger than 1048576 "
                        "bytes, the most that is read\n");
}

static void
lines_that_would_take_minutes_are_refused(void **state)
{
    (void)state;
    size_t length = YAML_MOST_LINE + 9;
    char  *text   = malloc(length);
    assert_non_null(text);
    memset(text, 'x', length);
    int used   = snprintf(text, length, "a: 1\nb: !<");
    text[used] = 'x';
    assert_null(parsed_bytes(text, length));
    free(text);
    assert_non_null(strstr(reported(), "x.yaml:2:1: error: a line of more "
                                       "than 4096 bytes; break it into "
                                       "several\n"));
    report_release(&report);
    refused("%YAML 1.2\n---\na: 1\n",
            "x.yaml:1:1: error: a line cannot start with '%'; put quotes "
            "around text, or delete a %YAML or %TAG line\n"
            "    %YAML 1.2\n"
            "    ^\n");
}

static void
keys_behind_a_question_mark_are_refused(void **state)
{
    (void)state;
    refused("a: 1\n? b:\t: c\n", // crashed libfyaml
            "x.yaml:2:1: error: a line cannot start with '? '; put quotes "
            "around text, or write key: value\n"
            "    ? b: : c\n"
            "    ^\n");
    report_release(&report);
    refused("a:\n  - ?\n",
            "x.yaml:2:1: error: a line cannot start with '? '; put quotes "
            "around text, or write key: value\n"
            "      - ?\n"
            "    ^\n");
}

static void
files_without_a_document_are_refused(void **state)
{
    (void)state;
    refused("", "x.yaml: error: the file is empty\n");
    report_release(&report);
    refused("# only a comment\n\n", "x.yaml: error: the file is empty\n");
}

static void
a_second_document_is_refused(void **state)
{
    (void)state;
    refused("---\na: 1\n---\nb: 2\n",
            "x.yaml:3:1: error: a second document starts here; one file holds "
            "one\n"
            "    ---\n"
            "    ^~~\n");
}

static void
bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    refused("a: b\nc: d\xFFz\n",
            "x.yaml:2:5: error: byte 0xFF is not UTF-8; save the file as "
            "UTF-8\n"
            "    c: d\n"
            "        ^\n");
}

static void
control_characters_are_refused_and_not_printed(void **state)
{
    (void)state;
    refused("a: \x1b[31m\n",
            "x.yaml:1:4: error: control character 0x1B; delete it (only line "
            "ends and tabs may be here)\n"
            "    a:  [31m\n"
            "       ^\n");
    report_release(&report);
    assert_null(parsed_bytes("a: \0b\n", 6));
    report_release(&report);

    // written as an escape it is text, but no message prints it
    struct yaml *yaml = parsed("\"\\e[31m\": 1\n");
    assert_non_null(yaml);
    yaml_problem(yaml, yaml_root(yaml), SEVERITY_ERROR, "key '%s'",
                 yaml_brief(yaml_key(yaml_root(yaml), 0)).text);
    assert_null(strchr(reported(), '\x1b'));
    yaml_free(yaml);
}

static void
a_zero_byte_in_text_is_an_error(void **state)
{
    (void)state;
    struct yaml *yaml = parsed("a: \"b\\0c\"\n");
    assert_non_null(yaml);
    assert_string_equal(yaml_text(yaml_get(yaml_root(yaml), "a")), "b");
    assert_int_equal(report.errors, 1);
    yaml_free(yaml);
}

static void
syntax_errors_say_what_to_do(void **state)
{
    (void)state;
    refused("say: Remember: slow\n",
            "x.yaml:1:14: error: a second ': ' in one line; put quotes around "
            "the text that contains it\n"
            "    say: Remember: slow\n"
            "                 ^\n");
    report_release(&report);
    refused("a:\n\tb: 2\n",
            "x.yaml:2:1: error: a tab indents this line; use spaces\n"
            "     b: 2\n"
            "    ^\n");
    report_release(&report);
    refused("a: [1, 2\n",
            "x.yaml:2:1: error: a list opened with '[' is not closed; add the "
            "']'\n"
            "    \n"
            "    ^\n");
}

static void
a_long_text_is_quoted_without_half_a_character(void **state)
{
    (void)state;
    char text[128] = "x";
    for (int i = 0; i < 40; i++) memcpy(text + 1 + 2 * i, "é", 3);
    struct yaml *yaml = parsed(text);
    assert_non_null(yaml);
    struct yaml_brief brief = yaml_brief(yaml_root(yaml));
    assert_int_equal(strlen(brief.text), 62);
    assert_string_equal(brief.text + 57, "é...");
    assert_string_equal(yaml_brief(NULL).text, "");
    yaml_free(yaml);
}

static void
files_are_read_and_their_absence_explained(void **state)
{
    (void)state;
    char path[] = "/tmp/rollcall-yaml-XXXXXX";
    int  file   = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, "a: 1\n", 5), 5);
    (void)close(file);
    struct yaml *yaml = NULL;
    assert_int_equal(yaml_read(&yaml, path, &report), STATUS_OK);
    assert_string_equal(yaml_text(yaml_get(yaml_root(yaml), "a")), "1");
    yaml_free(yaml);
    (void)unlink(path);

    assert_int_equal(yaml_read(&yaml, "/no/such.yaml", &report),
                     STATUS_NOT_FOUND);
    assert_null(yaml);
    assert_int_equal(yaml_read(&yaml, "/", &report), STATUS_BAD_INPUT);
    assert_string_equal(reported(),
                        "/no/such.yaml: error: there is no such file\n"
                        "/: error: this is a folder; name a file in it\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(maps_and_lists_are_read_in_order),
        TEST(folded_and_literal_text_is_read),
        TEST(a_byte_order_mark_and_crlf_are_fine),
        TEST(a_problem_underlines_the_whole_value),
        TEST(a_problem_of_an_empty_value_is_shown_where_it_would_be),
        TEST(every_duplicate_key_is_an_error_and_the_first_counts),
        TEST(unknown_keys_are_reported_with_the_nearest_known),
        TEST(aliases_are_the_node_they_name),
        TEST(an_alias_to_nothing_or_to_itself_is_refused),
        TEST(a_bomb_of_aliases_is_refused),
        TEST(too_many_aliases_are_refused),
        TEST(too_deep_a_file_is_refused),
        TEST(depth_hidden_behind_aliases_counts),
        TEST(too_many_values_are_refused),
        TEST(too_large_a_file_is_refused),
        TEST(lines_that_would_take_minutes_are_refused),
        TEST(keys_behind_a_question_mark_are_refused),
        TEST(files_without_a_document_are_refused),
        TEST(a_second_document_is_refused),
        TEST(bytes_that_are_not_utf8_are_refused),
        TEST(control_characters_are_refused_and_not_printed),
        TEST(a_zero_byte_in_text_is_an_error),
        TEST(syntax_errors_say_what_to_do),
        TEST(a_long_text_is_quoted_without_half_a_character),
        TEST(files_are_read_and_their_absence_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
