// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/notify.h"

#include "base/log.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static int manager = -1;

// A manager that listens at NAME, "@..." for one without a file.
static void
listen_at(const char *name)
{
    struct sockaddr_un at     = {.sun_family = AF_UNIX};
    size_t             length = strlen(name);

    memcpy(at.sun_path, name, length);
    if (*name == '@') at.sun_path[0] = '\0';
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_true(manager >= 0);
    assert_int_equal(
        bind(manager, (struct sockaddr *)&at,
             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
        0);
    setenv("NOTIFY_SOCKET", name, 1);
}

// What it was told, "" where nothing waits.
static const char *
told(void)
{
    static char text[512];
    ssize_t     length            = recv(manager, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    return text;
}

static void
nobody_is_told_where_nobody_listens(void **state)
{
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    notify_ready("waiting");
    setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
    notify_ready("waiting");
    setenv("NOTIFY_SOCKET", "relative", 1);
    notify_stopping();
}

static void
the_manager_is_told_by_a_file_or_without_one(void **state)
{
    char folder[] = "/tmp/notify_test.XXXXXX", path[64], name[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/notify", folder);
    snprintf(name, sizeof name, "@%s", folder);
    const char *const names[] = {path, name};
    for (int i = 0; i < 2; i++) {
        listen_at(names[i]);
        notify_ready("waiting");
        assert_string_equal(told(), "READY=1\nSTATUS=waiting");
        notify_status("Trapezius");
        assert_string_equal(told(), "STATUS=Trapezius");
        notify_stopping();
        assert_string_equal(told(), "STOPPING=1");
        close(manager);
    }
    unlink(path);
    rmdir(folder);
}

static void
a_watchdog_hears_no_more_than_it_wants(void **state)
{
    char name[64], me[32];

    (void)state;
    snprintf(name, sizeof name, "@notify_test.%ld", (long)getpid());
    snprintf(me, sizeof me, "%ld", (long)getpid());
    listen_at(name);
    unsetenv("WATCHDOG_USEC");
    notify_alive();
    assert_string_equal(told(), "");
    setenv("WATCHDOG_USEC", "3600000000", 1);
    setenv("WATCHDOG_PID", "1", 1); // another's
    notify_alive();
    assert_string_equal(told(), "");
    setenv("WATCHDOG_PID", me, 1);
    notify_alive();
    notify_alive();
    assert_string_equal(told(), "WATCHDOG=1");
    assert_string_equal(told(), "");
    close(manager);
}

// What log_print() writes with stderr in a file whose inode is JOURNAL's.
static void
log_into(char line[128], bool journal)
{
    FILE       *file = tmpfile();
    struct stat info;
    char        stream[64];
    int         kept = dup(STDERR_FILENO);

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &info), 0);
    snprintf(stream, sizeof stream, "%llu:%llu",
             (unsigned long long)info.st_dev,
             (unsigned long long)info.st_ino + (journal ? 0 : 1));
    setenv("JOURNAL_STREAM", stream, 1);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    log_print(LOG_WARNING, "the disk is full");
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    unsetenv("JOURNAL_STREAM");
    rewind(file);
    assert_non_null(fgets(line, 128, file));
    (void)fclose(file);
}

static void
the_journal_gets_priorities_and_nobody_else(void **state)
{
    char line[128];

    (void)state;
    log_into(line, true);
    assert_string_equal(line, "<4>rollcall: the disk is full\n");
    log_into(line, false);
    assert_string_equal(line, "rollcall: the disk is full\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_told_where_nobody_listens),
        cmocka_unit_test(the_manager_is_told_by_a_file_or_without_one),
        cmocka_unit_test(a_watchdog_hears_no_more_than_it_wants),
        cmocka_unit_test(the_journal_gets_priorities_and_nobody_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
