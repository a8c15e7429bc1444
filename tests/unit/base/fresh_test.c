// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/fresh.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[128], beside[136];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/fresh-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    snprintf(beside, sizeof beside, "%s.new", path);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void
write_text(const char *text)
{
    struct fresh fresh;

    assert_true(fresh_begin(&fresh, path));
    fputs(text, fresh.file);
    assert_true(fresh_end(&fresh, path));
}

static void
assert_holds(const char *text)
{
    char  held[64] = "";
    FILE *file     = fopen(path, "r");

    assert_non_null(file);
    assert_non_null(fgets(held, sizeof held, file));
    fclose(file);
    assert_string_equal(held, text);
    assert_int_equal(access(beside, F_OK), -1);
}

static void
the_old_one_stays_until_the_new_one_is_whole(void **state)
{
    struct fresh fresh;

    (void)state;
    write_text("old");
    assert_true(fresh_begin(&fresh, path));
    fputs("new", fresh.file);
    fflush(fresh.file);
    FILE *file = fopen(path, "r");
    assert_int_equal(fgetc(file), 'o');
    fclose(file);
    assert_true(fresh_end(&fresh, path));
    assert_holds("new");
}

static void
it_is_its_owners_alone_from_the_beginning(void **state)
{
    struct fresh fresh;
    struct stat  st;

    (void)state;
    assert_true(fresh_begin(&fresh, path));
    assert_int_equal(stat(beside, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(fresh_end(&fresh, path));
}

static void
what_a_crash_left_beside_is_no_obstacle(void **state)
{
    (void)state;
    assert_int_equal(symlink("/nowhere/at/all", beside), 0);
    write_text("new");
    assert_holds("new");
}

static void
what_cannot_take_the_place_leaves_nothing(void **state)
{
    struct fresh fresh;

    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(fresh_begin(&fresh, path));
    assert_false(fresh_end(&fresh, path));
    assert_int_equal(errno, EISDIR);
    assert_int_equal(access(beside, F_OK), -1);
    assert_int_equal(rmdir(path), 0);
    assert_false(fresh_begin(&fresh, "/proc/none/file"));
    assert_int_equal(errno, ENOENT);
}

int
main(void)
{
#define T(name)                                                                \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        T(the_old_one_stays_until_the_new_one_is_whole),
        T(it_is_its_owners_alone_from_the_beginning),
        T(what_a_crash_left_beside_is_no_obstacle),
        T(what_cannot_take_the_place_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
