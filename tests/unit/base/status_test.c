// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/log.h"
#include "base/status.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
each_failure_ends_the_program_in_its_way(void **state)
{
    (void)state;
    assert_int_equal(status_exit(STATUS_OK), 0);
    assert_int_equal(status_exit(STATUS_BAD_INPUT), 2);
    assert_int_equal(status_exit(STATUS_NOT_FOUND), 2);
    assert_int_equal(status_exit(STATUS_FAILED), 1);
    assert_int_equal(status_exit(STATUS_NO_MEMORY), 1);
    assert_int_equal(status_exit(STATUS_NO_DEVICE), 1);
    assert_int_equal(status_exit(STATUS_LOST), 1);
}

static void
a_diagnostic_names_where(void **state)
{
    (void)state;
    struct diag diag;
    diag_set(&diag, "x.flac", "cannot be read: %d", 5);
    assert_string_equal(diag.text, "x.flac: cannot be read: 5");
    diag_set(&diag, NULL, "no memory");
    assert_string_equal(diag.text, "no memory");
    diag_set(NULL, "x", "nobody asks");
}

static void
a_long_diagnostic_is_cut(void **state)
{
    (void)state;
    struct diag diag;
    char        where[3000];
    memset(where, 'w', sizeof where - 1);
    where[sizeof where - 1] = '\0';
    diag_set(&diag, where, "message");
    assert_int_equal(strlen(diag.text), sizeof diag.text - 1);
    diag_set(&diag, NULL, "%s", where);
    assert_int_equal(strlen(diag.text), sizeof diag.text - 1);
    diag_set(&diag, "w", "%s", where);
    assert_int_equal(strlen(diag.text), sizeof diag.text - 1);
}

static int kept_stderr;

// What log_print() writes for LEVEL when levels up to SHOWN are shown.
static void
logged(char *text, size_t size, enum log_level shown, enum log_level level)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    kept_stderr = dup(2);
    dup2(fileno(file), 2);
    log_level(shown);
    log_print(level, "%s %d", "buffer", 7);
    fflush(stderr);
    dup2(kept_stderr, 2);
    close(kept_stderr);
    rewind(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
    log_level(LOG_WARNING);
}

static void
the_log_shows_what_is_as_grave_as_asked(void **state)
{
    (void)state;
    char text[100];
    logged(text, sizeof text, LOG_WARNING, LOG_WARNING);
    assert_string_equal(text, "rollcall: buffer 7\n");
    logged(text, sizeof text, LOG_WARNING, LOG_INFO);
    assert_string_equal(text, "");
    logged(text, sizeof text, LOG_DEBUG, LOG_INFO);
    assert_string_equal(text, "rollcall: buffer 7\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failure_ends_the_program_in_its_way),
        cmocka_unit_test(a_diagnostic_names_where),
        cmocka_unit_test(a_long_diagnostic_is_cut),
        cmocka_unit_test(the_log_shows_what_is_as_grave_as_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
