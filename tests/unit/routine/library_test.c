// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/library.h"

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

// A folder with data/rollcall/routines, share/routines and here/routines, the
// last of which is where the test stands.
static char folder[64];

static void
make_folder(const char *name)
{
    char path[PATH_SIZE];
    assert_true(path_join(path, folder, name));
    assert_int_equal(mkdir(path, 0700), 0);
}

static void
make_file(const char *name)
{
    char path[PATH_SIZE];
    assert_true(path_join(path, folder, name));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fclose(file);
}

static void
set_folder(const char *variable, const char *name)
{
    char path[PATH_SIZE];
    assert_true(path_join(path, folder, name));
    assert_int_equal(setenv(variable, path, 1), 0);
}

static int
begin(void **state)
{
    char here[PATH_SIZE];
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/rollcall-library-XXXXXX");
    assert_non_null(mkdtemp(folder));
    make_folder("data");
    make_folder("data/rollcall");
    make_folder("data/rollcall/routines");
    make_folder("share");
    make_folder("share/routines");
    make_folder("here");
    make_folder("here/routines");
    set_folder("XDG_DATA_HOME", "data");
    set_folder("ROLLCALL_SHARE", "share");
    assert_true(path_join(here, folder, "here"));
    assert_int_equal(chdir(here), 0);
    return 0;
}

static int
end(void **state)
{
    char command[PATH_SIZE + 16];
    (void)state;
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -r %s", folder);
    // the path is our own: NOLINTNEXTLINE(bugprone-command-processor)
    return system(command);
}

static void
routines_of_all_folders_are_found_by_id(void **state)
{
    (void)state;
    struct library library;
    make_file("here/routines/calves.yaml");
    make_file("share/routines/back.yaml");
    make_file("data/rollcall/routines/arms.yaml");
    make_file("share/routines/notes.txt");
    make_file("share/routines/.hidden.yaml");
    make_file("share/routines/.yaml");

    assert_int_equal(library_scan(&library, NULL), STATUS_OK);
    assert_int_equal(library.count, 3);
    assert_string_equal(library.entries[0].id, "arms");
    assert_string_equal(library.entries[1].id, "back");
    assert_string_equal(library.entries[2].id, "calves");
    assert_string_equal(library.entries[2].path, "routines/calves.yaml");
    library_release(&library);
}

static void
an_earlier_folder_hides_a_later_one(void **state)
{
    (void)state;
    char path[PATH_SIZE], expected[PATH_SIZE];
    make_file("share/routines/back.yaml");
    assert_int_equal(library_find(path, "back", NULL), STATUS_OK);
    assert_true(path_join(expected, folder, "share/routines/back.yaml"));
    assert_string_equal(path, expected);

    make_file("data/rollcall/routines/back.yaml");
    assert_int_equal(library_find(path, "back", NULL), STATUS_OK);
    assert_true(
        path_join(expected, folder, "data/rollcall/routines/back.yaml"));
    assert_string_equal(path, expected);

    make_file("here/routines/back.yaml");
    assert_int_equal(library_find(path, "back", NULL), STATUS_OK);
    assert_string_equal(path, "routines/back.yaml");
}

static void
folders_that_are_not_there_are_passed_over(void **state)
{
    (void)state;
    struct library library;
    set_folder("XDG_DATA_HOME", "nowhere");
    set_folder("ROLLCALL_SHARE", "nowhere");
    assert_int_equal(library_scan(&library, NULL), STATUS_OK);
    assert_int_equal(library.count, 0);
    library_release(&library);
}

static void
a_path_is_taken_as_it_is(void **state)
{
    (void)state;
    char        path[PATH_SIZE];
    struct diag diag = {""};
    make_file("here/mine.yaml");
    assert_int_equal(library_find(path, "mine.yaml", &diag), STATUS_OK);
    assert_string_equal(path, "mine.yaml");
    assert_int_equal(library_find(path, "./mine.yaml", &diag), STATUS_OK);
    assert_string_equal(path, "./mine.yaml");
    assert_int_equal(library_find(path, "other.yaml", &diag), STATUS_NOT_FOUND);
    assert_string_equal(diag.text, "other.yaml: there is no such file");
}

static void
an_unknown_routine_is_told_with_the_nearest(void **state)
{
    (void)state;
    char        path[PATH_SIZE];
    struct diag diag = {""};
    make_file("share/routines/upper-back.yaml");
    assert_int_equal(library_find(path, "uper-back", &diag), STATUS_NOT_FOUND);
    assert_string_equal(diag.text,
                        "there is no routine 'uper-back'; did you mean "
                        "'upper-back'? \"rollcall list\" shows all of them");
    assert_int_equal(library_find(path, "knees", &diag), STATUS_NOT_FOUND);
    assert_string_equal(diag.text, "there is no routine 'knees'; \"rollcall "
                                   "list\" shows those there are");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(routines_of_all_folders_are_found_by_id),
        TEST(an_earlier_folder_hides_a_later_one),
        TEST(folders_that_are_not_there_are_passed_over),
        TEST(a_path_is_taken_as_it_is),
        TEST(an_unknown_routine_is_told_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
