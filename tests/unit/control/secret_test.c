// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/rollcall-secret-XXXXXX";
static char secret[9];

static enum status
read_of(const char *text, mode_t mode, struct diag *diag)
{
    chmod(path, 0600); // of the time before
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
    return secret_read(secret, sizeof secret, path, diag);
}

static void
the_first_line_is_it(void **state)
{
    struct diag diag = {""};

    (void)state;
    assert_int_equal(read_of("abc\nd\n", 0600, &diag), STATUS_OK);
    assert_string_equal(secret, "abc");
    assert_int_equal(read_of("abcdefg\r\n", 0600, &diag), STATUS_OK);
    assert_string_equal(secret, "abcdefg");
}

static void
none_and_one_cut_short_are_told(void **state)
{
    struct diag diag = {""};

    (void)state;
    assert_int_equal(read_of("", 0600, &diag), STATUS_BAD_INPUT);
    assert_int_equal(read_of("\nabc\n", 0600, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "no password"));
    assert_int_equal(read_of("abcdefgh\n", 0600, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "at most 7 bytes"));
}

static void
one_that_others_can_read_is_refused(void **state)
{
    struct diag diag = {""};

    (void)state;
    assert_int_equal(read_of("a!c\n", 0640, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "chmod 600"));
    assert_null(strstr(diag.text, "a!c"));
}

// systemd lets a service read its own by an access list, seen as a group's.
static void
one_that_systemd_hands_over_may_be_its_groups(void **state)
{
    struct diag diag = {""};

    (void)state;
    setenv("CREDENTIALS_DIRECTORY", "/tmp", 1);
    assert_int_equal(read_of("abc\n", 0440, &diag), STATUS_OK);
    assert_string_equal(secret, "abc");
    assert_int_equal(read_of("abc\n", 0444, &diag), STATUS_BAD_INPUT);
    assert_int_equal(read_of("abc\n", 0660, &diag), STATUS_BAD_INPUT);
    setenv("CREDENTIALS_DIRECTORY", "/tm", 1);
    assert_int_equal(read_of("abc\n", 0440, &diag), STATUS_BAD_INPUT);
    setenv("CREDENTIALS_DIRECTORY", "/tmp/..", 1);
    assert_int_equal(read_of("abc\n", 0440, &diag), STATUS_BAD_INPUT);
    setenv("CREDENTIALS_DIRECTORY", "", 1);
    assert_int_equal(read_of("abc\n", 0440, &diag), STATUS_BAD_INPUT);
    unsetenv("CREDENTIALS_DIRECTORY");
}

static int
make_file(void **state)
{
    int fd = mkstemp(path);

    (void)state;
    return fd < 0 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_is_it),
        cmocka_unit_test(none_and_one_cut_short_are_told),
        cmocka_unit_test(one_that_others_can_read_is_refused),
        cmocka_unit_test(one_that_systemd_hands_over_may_be_its_groups),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
