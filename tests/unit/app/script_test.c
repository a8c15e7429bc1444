// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct script script;
static struct report report;

static enum status
parse(const char *text)
{
    return script_parse(&script, "c.txt", text, strlen(text), &report);
}

static int
release(void **state)
{
    (void)state;
    script_release(&script);
    report_release(&report);
    return 0;
}

static void
a_line_is_seconds_and_a_command(void **state)
{
    (void)state;
    assert_int_equal(parse("41.5 next_set\n"), STATUS_OK);
    assert_int_equal(script.count, 1);
    assert_int_equal(script.lines[0].at, 41500000);
    assert_int_equal(script.lines[0].command, COMMAND_NEXT_SET);
}

static void
comments_blanks_and_line_ends_of_any_kind_are_fine(void **state)
{
    (void)state;
    assert_int_equal(parse("# first\r\n\n  3\tpause  # why\r\n3 resume"),
                     STATUS_OK);
    assert_int_equal(script.count, 2);
    assert_int_equal(script.lines[1].command, COMMAND_RESUME);
}

static void
a_command_may_be_written_with_spaces_or_dashes(void **state)
{
    (void)state;
    assert_int_equal(parse("1 next set\n2 next-exercise\n"), STATUS_OK);
    assert_int_equal(script.lines[0].command, COMMAND_NEXT_SET);
    assert_int_equal(script.lines[1].command, COMMAND_NEXT_EXERCISE);
}

static void
all_problems_come_at_once_each_with_its_place(void **state)
{
    (void)state;
    assert_int_equal(parse("5 puase\nfive pause\n7\n9 stop\n8 stop\n"),
                     STATUS_BAD_INPUT);
    assert_int_equal(report.errors, 4);
    assert_non_null(strstr(report.text, "c.txt:1:3: error: unknown command "
                                        "'puase'; did you mean 'pause'?"));
    assert_non_null(strstr(report.text, "c.txt:2:1: error: expected seconds"));
    assert_non_null(
        strstr(report.text, "c.txt:3:2: error: a command is missing"));
    assert_non_null(strstr(report.text, "c.txt:5:1: error: this time is"));
    assert_null(script.lines);
}

static void
times_beyond_a_day_and_long_lines_are_refused(void **state)
{
    (void)state;
    char line[300];
    assert_int_equal(parse("99999999999999999999 stop\n"), STATUS_BAD_INPUT);
    memset(line, '1', sizeof line);
    line[sizeof line - 1] = '\0';
    assert_int_equal(parse(line), STATUS_BAD_INPUT);
}

static void
an_empty_script_is_a_script(void **state)
{
    (void)state;
    assert_int_equal(parse(""), STATUS_OK);
    assert_int_equal(script.count, 0);
}

int
main(void)
{
#define T(name) cmocka_unit_test_teardown(name, release)
    const struct CMUnitTest tests[] = {
        T(a_line_is_seconds_and_a_command),
        T(comments_blanks_and_line_ends_of_any_kind_are_fine),
        T(a_command_may_be_written_with_spaces_or_dashes),
        T(all_problems_come_at_once_each_with_its_place),
        T(times_beyond_a_day_and_long_lines_are_refused),
        T(an_empty_script_is_a_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
