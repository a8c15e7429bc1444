// SPDX-License-Identifier: GPL-3.0-or-later
// Where the daemon's socket is, and what may be there already.
#include "control/endpoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/rollcall-endpoint-XXXXXX";
static char path[64];

static int
make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/s", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static int
clear(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static void
a_name_given_counts_before_the_usual_place(void **state)
{
    char        found[PATH_SIZE];
    struct diag diag = {""};

    (void)state;
    setenv("ROLLCALL_SOCKET", "here/s", 1);
    setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
    assert_int_equal(endpoint_path(found, &diag), STATUS_OK);
    assert_string_equal(found, "here/s");
    setenv("ROLLCALL_SOCKET", "", 1);
    assert_int_equal(endpoint_path(found, &diag), STATUS_OK);
    assert_string_equal(found, "/run/user/7/rollcall.sock");
    setenv("XDG_RUNTIME_DIR", "run", 1); // it must be absolute
    assert_int_equal(endpoint_path(found, &diag), STATUS_NOT_FOUND);
    unsetenv("XDG_RUNTIME_DIR");
    assert_int_equal(endpoint_path(found, &diag), STATUS_NOT_FOUND);
    assert_non_null(strstr(diag.text, "ROLLCALL_SOCKET"));
}

static void
what_is_too_long_is_told(void **state)
{
    static char name[PATH_SIZE + 8];
    char        found[PATH_SIZE];
    struct diag diag = {""};
    int         fd   = -1;

    (void)state;
    memset(name, 'x', sizeof name - 1);
    setenv("ROLLCALL_SOCKET", name, 1);
    assert_int_equal(endpoint_path(found, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "in ROLLCALL_SOCKET is too long"));
    unsetenv("ROLLCALL_SOCKET");

    name[108] = '\0'; // with its end one byte more than there is room
    assert_int_equal(endpoint_listen(&fd, name, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "at most 107 bytes"));
    assert_int_equal(endpoint_connect(&fd, name, &diag), STATUS_BAD_INPUT);
    assert_int_equal(fd, -1);
}

static void
its_owner_alone_can_connect(void **state)
{
    struct diag diag = {""};
    struct stat info;
    int         fd = -1, end = -1;

    (void)state;
    assert_int_equal(endpoint_listen(&fd, path, &diag), STATUS_OK);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(endpoint_connect(&end, path, &diag), STATUS_OK);
    int other = accept(fd, NULL, NULL);
    assert_int_equal(write(end, "x", 1), 1);
    char byte = 0;
    assert_int_equal(read(other, &byte, 1), 1);
    assert_int_equal(byte, 'x');
    close(other);
    close(end);
    close(fd);
}

static void
a_second_daemon_is_refused(void **state)
{
    struct diag diag = {""};
    int         fd = -1, second = -1;

    (void)state;
    assert_int_equal(endpoint_listen(&fd, path, &diag), STATUS_OK);
    assert_int_equal(endpoint_listen(&second, path, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "another 'rollcall serve' is running"));
    assert_int_equal(second, -1);
    assert_int_equal(access(path, F_OK), 0);
    close(fd);
}

static void
what_a_killed_daemon_left_is_replaced(void **state)
{
    struct diag diag = {""};
    int         fd = -1, end = -1;

    (void)state;
    assert_int_equal(endpoint_listen(&fd, path, &diag), STATUS_OK);
    close(fd); // the name stays
    assert_int_equal(endpoint_connect(&end, path, &diag), STATUS_NOT_FOUND);
    assert_non_null(strstr(diag.text, "rollcall serve"));
    assert_int_equal(endpoint_listen(&fd, path, &diag), STATUS_OK);
    assert_int_equal(endpoint_connect(&end, path, &diag), STATUS_OK);
    close(end);
    close(fd);
}

static void
what_is_no_socket_stays(void **state)
{
    struct diag diag = {""};
    int         fd   = -1;
    FILE       *file = fopen(path, "w");

    (void)state;
    assert_non_null(file);
    fclose(file);
    assert_int_equal(endpoint_listen(&fd, path, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "is no socket; move it away"));
    assert_int_equal(access(path, F_OK), 0);
}

static void
where_there_is_no_folder_that_is_told(void **state)
{
    struct diag diag = {""};
    int         fd   = -1;

    (void)state;
    assert_int_equal(endpoint_listen(&fd, "/nowhere/at/all/s", &diag),
                     STATUS_FAILED);
    assert_non_null(strstr(diag.text, "/nowhere/at/all/s"));
    assert_int_equal(endpoint_connect(&fd, "/nowhere/at/all/s", &diag),
                     STATUS_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_given_counts_before_the_usual_place),
        cmocka_unit_test(what_is_too_long_is_told),
        cmocka_unit_test_teardown(its_owner_alone_can_connect, clear),
        cmocka_unit_test_teardown(a_second_daemon_is_refused, clear),
        cmocka_unit_test_teardown(what_a_killed_daemon_left_is_replaced, clear),
        cmocka_unit_test_teardown(what_is_no_socket_stays, clear),
        cmocka_unit_test(where_there_is_no_folder_that_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
