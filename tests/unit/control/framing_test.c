// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/framing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct framing framing;

static int
begin(void **state)
{
    (void)state;
    memset(&framing, 0, sizeof framing);
    return 0;
}

// What comes of BYTES: "line|line|", "!" for one that is too long.
static const char *
taken(const char *bytes, size_t count)
{
    static char found[3 * FRAMING_LONGEST];
    const char *line;
    size_t      length, used = 0;

    found[0] = '\0';
    for (;;) {
        enum framing_found what =
            framing_take(&framing, &bytes, &count, &line, &length);
        if (what == FRAMING_NONE) return found;
        used += (size_t)snprintf(found + used, sizeof found - used, "%s|",
                                 what == FRAMING_LINE ? line : "!");
    }
}

static const char *
take(const char *text)
{
    return taken(text, strlen(text));
}

static void
lines_come_whole_however_they_are_cut(void **state)
{
    (void)state;
    assert_string_equal(take("one\ntw"), "one|");
    assert_string_equal(take("o"), "");
    assert_string_equal(take("\r\nthree\r\n\n\n"), "two|three|");
}

static void
a_line_that_is_too_long_is_told_once_and_not_kept(void **state)
{
    static char bytes[3 * FRAMING_LONGEST];

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    assert_string_equal(taken(bytes, sizeof bytes), "");
    assert_string_equal(take("more\nnext\n"), "!|next|");
}

static void
the_longest_line_is_kept(void **state)
{
    static char bytes[FRAMING_LONGEST + 1];

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    bytes[FRAMING_LONGEST] = '\n';
    assert_int_equal(strlen(taken(bytes, sizeof bytes)), FRAMING_LONGEST + 1);
}

static void
a_nul_does_not_end_a_line(void **state)
{
    const char *bytes = "a\0b\n", *line;
    size_t      count = 4, length;

    (void)state;
    assert_int_equal(framing_take(&framing, &bytes, &count, &line, &length),
                     FRAMING_LINE);
    assert_int_equal(length, 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(lines_come_whole_however_they_are_cut, begin),
        cmocka_unit_test_setup(
            a_line_that_is_too_long_is_told_once_and_not_kept, begin),
        cmocka_unit_test_setup(the_longest_line_is_kept, begin),
        cmocka_unit_test_setup(a_nul_does_not_end_a_line, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
