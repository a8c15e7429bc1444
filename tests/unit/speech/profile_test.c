// SPDX-License-Identifier: GPL-3.0-or-later
// Voice profiles: what is usual, what is wrong and where, and which files of a
// folder are any.
#include "speech/profile.h"

#include "base/path.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char          folder[] = "/tmp/rollcall-profile-XXXXXX";
static struct report report;

static int
make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int
remove_folder(void **state)
{
    (void)state;
    return rmdir(folder); // every test leaves it empty
}

static const char *
path_of(const char *name)
{
    static char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void
write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static enum status
read_text(struct profile *profile, const char *text)
{
    report_release(&report);
    write_file("x.yaml", text);
    enum status st = profile_read(profile, path_of("x.yaml"), &report);
    unlink(path_of("x.yaml"));
    return st;
}

static void
what_is_not_given_is_as_usual(void **state)
{
    struct profile profile;

    (void)state;
    assert_int_equal(read_text(&profile, "about: Plain.\nvoice: en-us+f3\n"),
                     STATUS_OK);
    assert_string_equal(profile.name, "x");
    assert_string_equal(profile.about, "Plain.");
    assert_string_equal(profile.voice, "en-us+f3");
    assert_string_equal(profile.clips, "");
    assert_int_equal(profile.rate, 165);
    assert_int_equal(profile.pitch, 50);
    assert_int_equal(profile.range, 50);
    assert_int_equal(profile.word_gap, 0);
    assert_int_equal(profile.comma, 0);
    assert_true(profile.gain == 0);
}

static void
the_ends_of_each_range_are_good(void **state)
{
    struct profile profile;

    (void)state;
    assert_int_equal(read_text(&profile,
                               "about: A.\nvoice: de\nrate: 80\npitch: 0\n"
                               "range: 100\nword_gap: 50\ncomma: 1000\n"
                               "gain: -12\nclips: anna\n"),
                     STATUS_OK);
    assert_int_equal(profile.rate, 80);
    assert_int_equal(profile.range, 100);
    assert_int_equal(profile.word_gap, 50);
    assert_int_equal(profile.comma, 1000);
    assert_true(profile.gain == -12);
    assert_string_equal(profile.clips, "anna");
}

static void
each_problem_is_told_with_its_place(void **state)
{
    static const struct {
        const char *line, *told;
    } wrong[] = {
        {"rate: 79", "'rate' is a whole number from 80 to 450"},
        {"rate: 451", "words a minute"},
        {"rate: fast", "'rate' is a whole number"},
        {"rate: 99999999999999999999", "'rate' is a whole number"},
        {"pitch: 50.5", "'pitch' is a whole number from 0 to 100"},
        {"range: -1", "'range' is a whole number"},
        {"word_gap: ''", "'word_gap' is a whole number from 0 to 50"},
        {"comma: [1]", "'comma' is a whole number from 0 to 1000"},
        {"gain: 12.1", "'gain' is a number of decibels from -12 to 12"},
        {"gain: nan", "'gain' is a number of decibels"},
        {"gain: loud", "'gain' is a number of decibels"},
        {"gain: {}", "'gain' is a number of decibels"},
        {"clips: ''", "'clips' is a text of at most 127 bytes"},
        {"rat: 150", "rate"}, // what may have been meant
    };
    struct profile profile = {.rate = 7};
    char           text[128];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        snprintf(text, sizeof text, "about: A.\nvoice: en-us\n%s\n",
                 wrong[i].line);
        assert_int_equal(read_text(&profile, text), STATUS_BAD_INPUT);
        assert_int_equal(report.errors, 1);
        if (!strstr(report.text, wrong[i].told) ||
            !strstr(report.text, "x.yaml:3:"))
            fail_msg("%s: %s", wrong[i].line, report.text);
        assert_int_equal(profile.rate, 7); // untouched
    }
}

static void
all_problems_are_told_at_once(void **state)
{
    struct profile profile;
    char           text[256];

    (void)state;
    assert_int_equal(read_text(&profile, "rate: 1\ngain: 99\n"),
                     STATUS_BAD_INPUT);
    assert_int_equal(report.errors, 4);
    assert_non_null(strstr(report.text, "'about' is missing"));
    assert_non_null(strstr(report.text, "'voice' is missing"));
    assert_int_equal(read_text(&profile, "- calm\n"), STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "a map with 'about' and 'voice'"));
    snprintf(text, sizeof text, "about: %0128d\nvoice: en-us\n", 0);
    assert_int_equal(read_text(&profile, text), STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "at most 127 bytes"));
    assert_int_equal(profile_read(&profile, path_of("none.yaml"), &report),
                     STATUS_NOT_FOUND);
}

// Phrases and commands live in the same folder.
static void
of_a_folder_only_voices_are_listed(void **state)
{
    static const char *const files[] = {"b.yaml",       "a.yaml",
                                        "phrases.yaml", "notes.txt",
                                        "broken.yaml",  ".yaml"};
    static const char *const texts[] = {"about: B.\nvoice: en\n",
                                        "about: A.\nvoice: en\n",
                                        "hello: Hello.\n",
                                        "voice: en\n",
                                        "voice: [\n",
                                        "voice: en\n"};
    struct profile_list      list;

    (void)state;
    for (int i = 0; i < 6; i++) write_file(files[i], texts[i]);
    assert_int_equal(profile_list_read(&list, folder), STATUS_OK);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.names[0], "a");
    assert_string_equal(list.names[1], "b");
    profile_list_release(&list);
    profile_list_release(&list);
    for (int i = 0; i < 6; i++) unlink(path_of(files[i]));
    assert_int_equal(profile_list_read(&list, folder), STATUS_OK);
    assert_int_equal(list.count, 0);
    assert_int_equal(profile_list_read(&list, path_of("none")),
                     STATUS_NOT_FOUND);
}

static void
those_that_come_with_it_are_good(void **state)
{
    static const char *const languages[] = {"voices/en-us", "voices/de-de"};
    char                     share[PATH_SIZE], voices[PATH_SIZE];

    (void)state;
    report_release(&report);
    assert_true(path_share(share));
    for (int i = 0; i < 2; i++) {
        struct profile_list list;
        bool                calm = false;

        assert_true(path_join(voices, share, languages[i]));
        assert_int_equal(profile_list_read(&list, voices), STATUS_OK);
        for (size_t v = 0; v < list.count; v++) {
            char           file[PROFILE_TEXT + 8], path[PATH_SIZE];
            struct profile profile;

            snprintf(file, sizeof file, "%s.yaml", list.names[v]);
            assert_true(path_join(path, voices, file));
            assert_int_equal(profile_read(&profile, path, &report), STATUS_OK);
            assert_string_equal(profile.name, list.names[v]);
            calm |= strcmp(profile.name, "calm") == 0;
        }
        assert_true(calm); // the usual one
        profile_list_release(&list);
    }
    assert_int_equal(report.errors + report.warnings, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_given_is_as_usual),
        cmocka_unit_test(the_ends_of_each_range_are_good),
        cmocka_unit_test(each_problem_is_told_with_its_place),
        cmocka_unit_test(all_problems_are_told_at_once),
        cmocka_unit_test(of_a_folder_only_voices_are_listed),
        cmocka_unit_test(those_that_come_with_it_are_good),
    };
    int failed = cmocka_run_group_tests(tests, make_folder, remove_folder);
    report_release(&report);
    return failed;
}
