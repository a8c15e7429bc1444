// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/fresh.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[128], beside[136], other[136];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/fresh-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    snprintf(beside, sizeof beside, "%s.new", path);
    snprintf(other, sizeof other, "%s.1.new", path);
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
    assert_true(fresh_end(&fresh));
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
    assert_true(fresh_end(&fresh));
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
    assert_true(fresh_end(&fresh));
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
write_named(const char *text)
{
    struct fresh fresh;

    assert_true(fresh_begin_named(&fresh, path, 0666));
    fputs(text, fresh.file);
    assert_true(fresh_end(&fresh));
}

static mode_t
mode_of(const char *name)
{
    struct stat st;

    assert_int_equal(lstat(name, &st), 0);
    return st.st_mode;
}

static void
a_named_one_has_the_rights_that_are_usual_or_were_there(void **state)
{
    mode_t mask = umask(027);

    (void)state;
    write_named("old");
    assert_int_equal(mode_of(path) & 0777, 0640);
    assert_int_equal(chmod(path, 0604), 0);
    write_named("new");
    assert_holds("new");
    assert_int_equal(mode_of(path) & 0777, 0604);
    umask(mask);
}

// Neither a file of somebody's that has such a name, nor a link.
static void
what_is_beside_a_named_one_stays(void **state)
{
    const char *names[] = {beside, other};

    (void)state;
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(names[i], "w");
        assert_non_null(file);
        fputs("mine", file);
        fclose(file);
    }
    write_named("new");
    for (int i = 0; i < 2; i++) {
        struct stat st;
        assert_int_equal(stat(names[i], &st), 0);
        assert_int_equal(st.st_size, 4);
        unlink(names[i]);
    }
    assert_holds("new");
}

static void
a_link_to_a_named_one_stays_one(void **state)
{
    (void)state;
    write_named("old");
    assert_int_equal(rename(path, other), 0);
    assert_int_equal(symlink(other, path), 0);
    write_named("new");
    assert_true(S_ISLNK(mode_of(path)));
    assert_holds("new");
    unlink(other);
}

// As a device is, which no test may lose.
static void
what_is_no_regular_file_is_written_as_it_is(void **state)
{
    struct fresh fresh;
    char         text[4] = "";

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    write_named("new");
    assert_int_equal(read(reader, text, sizeof text), 3);
    assert_string_equal(text, "new");
    assert_true(fresh_begin_named(&fresh, path, 0666));
    close(reader);
    signal(SIGPIPE, SIG_IGN);
    fputs("lost", fresh.file);
    assert_false(fresh_end(&fresh));
    assert_int_equal(errno, EPIPE);
    assert_true(S_ISFIFO(mode_of(path)));
}

static void
what_is_dropped_was_never_begun(void **state)
{
    struct fresh fresh;

    (void)state;
    write_named("old");
    assert_true(fresh_begin_named(&fresh, path, 0666));
    fputs("new", fresh.file);
    fresh_drop(&fresh);
    assert_holds("old");
}

static void
what_cannot_take_the_place_leaves_nothing(void **state)
{
    struct fresh fresh;

    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_true(fresh_begin(&fresh, path));
    assert_false(fresh_end(&fresh));
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
        T(a_named_one_has_the_rights_that_are_usual_or_were_there),
        T(what_is_beside_a_named_one_stays),
        T(a_link_to_a_named_one_stays_one),
        T(what_is_no_regular_file_is_written_as_it_is),
        T(what_is_dropped_was_never_begun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
