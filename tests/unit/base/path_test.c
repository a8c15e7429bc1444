// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
a_joined_path_has_one_slash_between(void **state)
{
    (void)state;
    char path[PATH_SIZE];
    assert_true(path_join(path, "/usr/share", "rollcall"));
    assert_string_equal(path, "/usr/share/rollcall");
}

static void
a_path_too_long_is_refused(void **state)
{
    (void)state;
    static char name[PATH_SIZE + 1];
    char        path[PATH_SIZE];
    memset(name, 'n', PATH_SIZE);
    assert_false(path_join(path, "folder", name));
    name[PATH_SIZE - 8] = '\0';
    assert_true(path_join(path, "folder", name));
    assert_int_equal(strlen(path), PATH_SIZE - 1);
    name[PATH_SIZE - 8] = 'n';
    name[PATH_SIZE - 7] = '\0';
    assert_false(path_join(path, "folder", name));
}

static void
the_shared_files_are_where_the_environment_says(void **state)
{
    (void)state;
    char path[PATH_SIZE];
    setenv("ROLLCALL_SHARE", "/opt/rollcall", 1);
    assert_true(path_share(path));
    assert_string_equal(path, "/opt/rollcall");
}

static void
else_they_are_beside_the_program(void **state)
{
    (void)state;
    char   path[PATH_SIZE];
    size_t length;
    unsetenv("ROLLCALL_SHARE");
    assert_true(path_share(path));
    length = strlen(path);
    assert_true(length > 16);
    assert_string_equal(path + length - 15, "/share/rollcall");
    assert_null(strstr(path, "/bin/share"));
}

static void
the_users_files_follow_xdg(void **state)
{
    (void)state;
    char path[PATH_SIZE];
    setenv("XDG_DATA_HOME", "/home/ann/data", 1);
    setenv("HOME", "/home/ann", 1);
    assert_true(path_user_data(path));
    assert_string_equal(path, "/home/ann/data/rollcall");

    setenv("XDG_DATA_HOME", "not/absolute", 1);
    assert_true(path_user_data(path));
    assert_string_equal(path, "/home/ann/.local/share/rollcall");

    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    assert_false(path_user_data(path));
}

// Root may do everything; nobody may not.
static void
a_folder_that_cannot_be_made_says_why(void **state)
{
    char folder[] = "/tmp/path-XXXXXX", path[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a/b/file", folder);
    assert_int_equal(chmod(folder, 0555), 0);
    uid_t self = geteuid();
    if (self == 0) assert_int_equal(seteuid(65534), 0);
    bool made    = path_make_folders(path);
    int  because = errno;
    if (self == 0) assert_int_equal(seteuid(0), 0);
    assert_false(made);
    assert_int_equal(because, EACCES);

    assert_int_equal(chmod(folder, 0755), 0);
    assert_true(path_make_folders(path));
    assert_true(path_make_folders(path));
    snprintf(path, sizeof path, "%s/a/b", folder);
    assert_int_equal(rmdir(path), 0);
    snprintf(path, sizeof path, "%s/a", folder);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void
what_is_there_exists(void **state)
{
    (void)state;
    assert_true(path_exists("/"));
    assert_false(path_exists("/no/such/file"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_joined_path_has_one_slash_between),
        cmocka_unit_test(a_path_too_long_is_refused),
        cmocka_unit_test(the_shared_files_are_where_the_environment_says),
        cmocka_unit_test(else_they_are_beside_the_program),
        cmocka_unit_test(the_users_files_follow_xdg),
        cmocka_unit_test(a_folder_that_cannot_be_made_says_why),
        cmocka_unit_test(what_is_there_exists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
