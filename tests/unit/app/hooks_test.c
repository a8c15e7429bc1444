// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hooks.h"

#include "app/settings.h"
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

static char folder[] = "/tmp/hooks_test.XXXXXX";

static int
enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int
leave_folder(void **state)
{
    (void)state;
    (void)remove("out");
    (void)remove("odd");
    return chdir("/") || rmdir(folder);
}

static struct settings *
parse(const char *text)
{
    struct settings *settings = NULL;
    struct report    report   = {0};

    assert_int_equal(
        settings_parse(&settings, "config.yaml", text, strlen(text), &report),
        STATUS_OK);
    if (report.errors) fail_msg("%s", report.text);
    return settings;
}

// Programs are ended soon after hooks_close(): on a busy machine they need
// longer than that.
static void
await(const char *name, long bytes)
{
    struct stat file;
    for (int i = 0; i < 3000; i++) {
        if (stat(name, &file) == 0 && file.st_size >= bytes) return;
        usleep(20000);
    }
    fail_msg("%s never came", name);
}

static void
read_back(const char *name, char text[1024])
{
    FILE *file = fopen(name, "re");
    assert_non_null(file);
    size_t length = fread(text, 1, 1023, file);
    text[length]  = '\0';
    (void)fclose(file);
}

static void
a_program_gets_the_event_on_stdin_and_in_its_environment(void **state)
{
    static const char expected[] =
        "{\"event\":\"segment\",\"set\":2,\"exercise\":\"lats\","
        "\"side\":null}\nsegment 2 lats.\n";
    struct hooks *hooks = NULL;
    char          text[1024];

    (void)state;
    struct settings *settings =
        parse("hooks:\n"
              "  - on: [segment]\n"
              "    run: [sh, -c, '(cat; echo $ROLLCALL_EVENT "
              "$ROLLCALL_EVENT_SET $ROLLCALL_EVENT_EXERCISE.) >out']\n");
    assert_int_equal(hooks_open(&hooks, settings_hooks(settings)), STATUS_OK);
    hooks_run(hooks, hook_event("say"), "{\"event\":\"say\"}"); // not asked for
    hooks_run(hooks, hook_event("segment"),
              "{\"event\":\"segment\",\"set\":2,\"exercise\":\"lats\","
              "\"side\":null}");
    await("out", (long)strlen(expected));
    hooks_close(hooks);
    read_back("out", text);
    assert_string_equal(text, expected);
    settings_free(settings);
}

static void
no_shell_reads_an_argument(void **state)
{
    struct hooks    *hooks = NULL;
    struct settings *settings =
        parse("hooks:\n  - {on: end, run: [touch, odd, '$(touch no) ; x']}\n");

    (void)state;
    assert_int_equal(hooks_open(&hooks, settings_hooks(settings)), STATUS_OK);
    hooks_run(hooks, hook_event("end"), "{\"event\":\"end\"}");
    await("$(touch no) ; x", 0);
    hooks_close(hooks);
    assert_int_equal(access("odd", F_OK), 0);
    assert_int_equal(access("no", F_OK), -1);
    assert_int_equal(remove("$(touch no) ; x"), 0);
    settings_free(settings);
}

static void
a_program_that_is_missing_or_never_ends_stalls_nobody(void **state)
{
    struct hooks    *hooks = NULL;
    struct settings *settings =
        parse("hooks:\n  - {on: say, run: [no-such-program]}\n"
              "  - {on: say, run: [sleep, '1000']}\n");

    (void)state;
    assert_int_equal(hooks_open(&hooks, settings_hooks(settings)), STATUS_OK);
    for (int i = 0; i < 7; i++)
        hooks_run(hooks, hook_event("say"), "{\"event\":\"say\"}");
    hooks_close(hooks); // ends them, or the test would not
    settings_free(settings);
}

static void
a_program_need_not_read(void **state)
{
    struct hooks    *hooks    = NULL;
    struct settings *settings = parse("hooks:\n  - {on: say, run: ['true']}\n");
    char             text[1024];

    (void)state;
    int kept = dup(STDERR_FILENO);
    assert_true(kept >= 0 && freopen("out", "we", stderr));
    assert_int_equal(hooks_open(&hooks, settings_hooks(settings)), STATUS_OK);
    for (int i = 0; i < HOOKS_WAITING; i++)
        hooks_run(hooks, hook_event("say"), "{\"event\":\"say\"}");
    hooks_close(hooks);
    (void)fflush(stderr);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    (void)close(kept);
    read_back("out", text);
    assert_string_equal(text, "");
    settings_free(settings);
}

static void
a_program_that_has_begun_keeps_its_time_at_the_end(void **state)
{
    char             text[1024];
    struct hooks    *hooks    = NULL;
    struct settings *settings = parse(
        "hooks:\n  - {on: end, run: [sh, -c, 'sleep 4; echo done >out']}\n");

    (void)state;
    assert_int_equal(hooks_open(&hooks, settings_hooks(settings)), STATUS_OK);
    hooks_run(hooks, hook_event("end"), "{\"event\":\"end\"}");
    hooks_close(hooks);
    read_back("out", text);
    assert_string_equal(text, "done\n");
    settings_free(settings);
}

static void
more_than_can_wait_is_left_out(void **state)
{
    struct hooks    *hooks = NULL;
    struct settings *settings =
        parse("hooks:\n  - {on: tone, run: ['true']}\n");

    (void)state;
    assert_int_equal(hooks_open(&hooks, settings_hooks(settings)), STATUS_OK);
    for (int i = 0; i < 4 * HOOKS_WAITING; i++)
        hooks_run(hooks, hook_event("tone"), "{\"event\":\"tone\"}");
    hooks_close(hooks);
    settings_free(settings);
}

static void
what_is_wrong_with_a_hook_is_told(void **state)
{
    static const char text[]   = "hooks:\n"
                                 "  - {on: segmnt, run: [a]}\n"
                                 "  - {on: end, run: a b}\n"
                                 "  - {on: end, run: [./a]}\n"
                                 "  - {on: end, run: [a], as: root}\n"
                                 "  - end\n";
    struct settings  *settings = NULL;
    struct report     report   = {0};

    (void)state;
    assert_int_equal(
        settings_parse(&settings, "config.yaml", text, strlen(text), &report),
        STATUS_OK);
    assert_int_equal(report.errors, 5);
    assert_non_null(strstr(report.text, "config.yaml:2:10: error:"));
    assert_non_null(strstr(report.text, "did you mean 'segment'?"));
    assert_int_equal(settings_hooks(settings)->count, 1);
    settings_free(settings);
    report_release(&report);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_program_gets_the_event_on_stdin_and_in_its_environment),
        cmocka_unit_test(no_shell_reads_an_argument),
        cmocka_unit_test(a_program_that_is_missing_or_never_ends_stalls_nobody),
        cmocka_unit_test(a_program_need_not_read),
        cmocka_unit_test(a_program_that_has_begun_keeps_its_time_at_the_end),
        cmocka_unit_test(more_than_can_wait_is_left_out),
        cmocka_unit_test(what_is_wrong_with_a_hook_is_told),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
