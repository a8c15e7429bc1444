// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

static char *
formatted(const char *text)
{
    char  *out    = NULL;
    size_t length = 0;
    if (routine_format(&out, &length, "t.yaml", text, strlen(text), &report) !=
        STATUS_OK)
        return NULL;
    assert_int_equal(strlen(out), length);
    return out;
}

// TEXT becomes EXPECTED, which stays as it is.
static void
becomes(const char *text, const char *expected)
{
    char *once = formatted(text);
    assert_non_null(once);
    assert_string_equal(once, expected);
    char *twice = formatted(once);
    assert_non_null(twice);
    assert_string_equal(twice, expected);
    free(once);
    free(twice);
}

static void
keys_come_in_their_order(void **state)
{
    (void)state;
    becomes("exercises:\n"
            "  - work:\n"
            "      time: 30s\n"
            "      kind: roll\n"
            "    cues: [One.]\n"
            "    id: one\n"
            "    title: One\n"
            "  - {title: Two, id: two, work: {time: 5s, kind: hold}}\n"
            "title: T\n"
            "routine: t\n",
            "routine: t\n"
            "title: T\n"
            "exercises:\n"
            "  - id: one\n"
            "    title: One\n"
            "    work:\n"
            "      kind: roll\n"
            "      time: 30s\n"
            "    cues: [One.]\n"
            "  - {title: Two, id: two, work: {time: 5s, kind: hold}}\n");
}

static void
an_exercise_file_has_its_order_too(void **state)
{
    (void)state;
    becomes("# head\n"
            "work: {kind: roll, time: 30s}\n"
            "# of the title\n"
            "title: T\n"
            "exercise: t\n",
            "# head\n"
            "exercise: t\n"
            "# of the title\n"
            "title: T\n"
            "work: {kind: roll, time: 30s}\n");
}

static void
comments_go_with_the_key_below_them(void **state)
{
    (void)state;
    becomes("# licence\n"
            "\n"
            "\n"
            "# about the file\n"
            "routine: t  # its name\n"
            "\n"
            "# of the exercises\n"
            "exercises:\n"
            "  # of the first\n"
            "  - title: One\n"
            "    # of the id\n"
            "    id: one\n"
            "\n"
            "  # of the second\n"
            "  - id: two\n"
            "    # at its end\n"
            "# of the title\n"
            "title: T\n"
            "# at the very end\n",
            "# licence\n"
            "\n"
            "# about the file\n"
            "routine: t  # its name\n"
            "# of the title\n"
            "title: T\n"
            "\n"
            "# of the exercises\n"
            "exercises:\n"
            "  # of the first\n"
            "    # of the id\n"
            "  - id: one\n"
            "    title: One\n"
            "\n"
            "  # of the second\n"
            "  - id: two\n"
            "    # at its end\n"
            "# at the very end\n");
}

static void
blank_lines_within_an_exercise_go(void **state)
{
    (void)state;
    becomes("routine: t\n"
            "title: T   \n"
            "\n"
            "\n"
            "exercises:\n"
            "\n"
            "  - id: one\n"
            "\n"
            "    title: One\n"
            "\n"
            "    why: |\n"
            "      Long\n"
            "\n"
            "      # no comment\n"
            "      text.\n"
            "    feel: x\n"
            "\n"
            "\n"
            "  - id: two\n"
            "\n"
            "\n",
            "routine: t\n"
            "title: T\n"
            "\n"
            "exercises:\n"
            "\n"
            "  - id: one\n"
            "    title: One\n"
            "    why: |\n"
            "      Long\n"
            "\n"
            "      # no comment\n"
            "      text.\n"
            "    feel: x\n"
            "\n"
            "  - id: two\n");
}

static void
other_line_ends_and_a_mark_are_put_right(void **state)
{
    (void)state;
    becomes("\xEF\xBB\xBFtitle: T\r\nroutine: t\r\n\r\nneeds:\r\n- mat",
            "routine: t\ntitle: T\n\nneeds:\n- mat\n");
}

static void
lists_at_the_margin_are_items_too(void **state)
{
    (void)state;
    becomes("routine: t\n"
            "exercises:\n"
            "- title: One\n"
            "  id: one\n"
            "-   title: Two\n"
            "    id: two\n",
            "routine: t\n"
            "exercises:\n"
            "- id: one\n"
            "  title: One\n"
            "-   id: two\n"
            "    title: Two\n");
}

static void
unknown_keys_stay_last(void **state)
{
    (void)state;
    becomes("nonsense: 1\nroutine: t\n", "routine: t\nnonsense: 1\n");
}

static void
what_would_change_its_meaning_is_refused(void **state)
{
    (void)state;
    assert_null(formatted("routine: t\n"
                          "exercises:\n"
                          "  - title: &name One\n"
                          "    id: *name\n"));
    assert_non_null(strstr(report.text, "t.yaml: error: cannot be put in order "
                                        "without changing what it means"));
}

static void
aliases_in_other_places_are_left_alone(void **state)
{
    (void)state;
    becomes("exercises:\n"
            "  - id: one\n"
            "    work: &w\n"
            "      time: 30s\n"
            "      kind: roll\n"
            "  - work: *w\n"
            "    id: two\n"
            "routine: t\n",
            "routine: t\n"
            "exercises:\n"
            "  - id: one\n"
            "    work: &w\n"
            "      kind: roll\n"
            "      time: 30s\n"
            "  - id: two\n"
            "    work: *w\n");
}

static void
what_is_no_map_of_lines_is_refused(void **state)
{
    (void)state;
    assert_null(formatted("{routine: t}"));
    assert_null(formatted("- routine"));
    assert_null(formatted("routine: [t"));
    assert_null(formatted("routine: t\nroutine: u\n"));
    assert_int_equal(report.errors, 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_come_in_their_order),
        TEST(an_exercise_file_has_its_order_too),
        TEST(comments_go_with_the_key_below_them),
        TEST(blank_lines_within_an_exercise_go),
        TEST(other_line_ends_and_a_mark_are_put_right),
        TEST(lists_at_the_margin_are_items_too),
        TEST(unknown_keys_stay_last),
        TEST(what_would_change_its_meaning_is_refused),
        TEST(aliases_in_other_places_are_left_alone),
        TEST(what_is_no_map_of_lines_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
