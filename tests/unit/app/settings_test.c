// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct settings *
parse(const char *text, struct report *report)
{
    struct settings *settings = NULL;

    *report = (struct report){0};
    assert_int_equal(
        settings_parse(&settings, "config.yaml", text, strlen(text), report),
        STATUS_OK);
    return settings;
}

static const char *
value(const struct settings *settings, const char *key)
{
    return settings_value(settings, setting_find(key));
}

static void
a_line_of_the_file_counts_and_is_known_by_its_number(void **state)
{
    struct report    report;
    struct settings *settings =
        parse("# mine\nlevel: deep\nsets: 2\n", &report);

    (void)state;
    assert_int_equal(report.errors, 0);
    assert_string_equal(value(settings, "level"), "deep");
    assert_int_equal(settings_from(settings, setting_find("level")),
                     SETTINGS_FILE);
    assert_int_equal(settings_line(settings, setting_find("sets")), 3);
    assert_string_equal(value(settings, "talk"), "usual");
    assert_int_equal(settings_from(settings, setting_find("talk")),
                     SETTINGS_USUAL);
    settings_free(settings);
}

static void
what_is_wrong_is_told_with_its_place_and_the_rest_counts(void **state)
{
    struct report    report;
    struct settings *settings =
        parse("levle: deep\nlevel: gentel\nsets: 99\nvoice: [a]\ntalk: brief\n"
              "music: some.ogg\n",
              &report);

    (void)state;
    assert_int_equal(report.errors, 5);
    assert_non_null(strstr(report.text, "config.yaml:1:1: error:"));
    assert_non_null(strstr(report.text, "did you mean 'level'?"));
    assert_non_null(strstr(report.text, "config.yaml:2:8: error:"));
    assert_non_null(strstr(report.text, "did you mean 'gentle'?"));
    assert_non_null(strstr(report.text, "a whole number from 1 to 20"));
    assert_non_null(strstr(report.text, "'voice' is one value, not a list"));
    assert_non_null(strstr(report.text, "a file is named from /"));
    assert_string_equal(value(settings, "level"), "standard");
    assert_string_equal(value(settings, "talk"), "brief");
    settings_free(settings);
    report_release(&report);
}

static void
a_map_below_a_key_has_keys_of_its_own(void **state)
{
    struct report    report;
    struct settings *settings =
        parse("mqtt:\n  host: here\n  tsl: yes\n  room: [a]\n", &report);

    (void)state;
    assert_int_equal(report.errors, 2);
    assert_non_null(strstr(report.text, "config.yaml:3:3: error: mqtt"));
    assert_non_null(strstr(report.text, "did you mean 'tls'?"));
    assert_string_equal(value(settings, "mqtt.host"), "here");
    settings_free(settings);
    report_release(&report);
    settings = parse("mqtt: here\n", &report);
    assert_int_equal(report.errors, 1);
    settings_free(settings);
    report_release(&report);
}

static void
what_an_option_would_refuse_is_refused_in_the_file(void **state)
{
    struct report    report;
    struct settings *settings =
        parse("language: xx\nprofile: Anna B\nmqtt:\n  host: 'a:b'\n"
              "  room: living room\n  class: x/y\n",
              &report);

    (void)state;
    assert_int_equal(report.errors, 5);
    assert_non_null(strstr(report.text, "config.yaml:1:11: error: there is no "
                                        "language 'xx'"));
    assert_non_null(strstr(report.text, "config.yaml:2:10: error: a profile"));
    assert_non_null(strstr(report.text, "4:9: error: 'b' is no port"));
    assert_non_null(strstr(report.text, "'living room' is no name"));
    assert_string_equal(value(settings, "language"), "en-us");
    assert_string_equal(value(settings, "mqtt.host"), "");
    settings_free(settings);
    report_release(&report);
}

static void
a_tilde_is_the_home_folder(void **state)
{
    struct report report;

    (void)state;
    setenv("HOME", "/home/anna", 1);
    struct settings *settings = parse("music: ~/sound/calm\n", &report);
    assert_string_equal(value(settings, "music"), "/home/anna/sound/calm");
    settings_free(settings);
}

static void
a_high_pass_is_none_or_what_the_option_takes(void **state)
{
    const struct setting *high_pass = setting_find("high_pass");
    struct diag           diag      = {""};

    (void)state;
    assert_true(setting_fits(high_pass, "0", &diag));
    assert_true(setting_fits(high_pass, "20", &diag));
    assert_true(setting_fits(high_pass, "300", &diag));
    assert_false(setting_fits(high_pass, "19", &diag));
    assert_false(setting_fits(high_pass, "301", &diag));
    assert_string_equal(diag.text, "'high_pass' is 0 or a whole number from "
                                   "20 to 300, not '301'");
}

static void
no_setting_fits_nothing_or_too_much(void **state)
{
    const struct setting *all;
    size_t                count;
    char                  large[SETTING_SIZE + 2];
    struct diag           diag;

    (void)state;
    memset(large, '7', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    all                     = setting_all(&count);
    for (size_t i = 0; i < count; i++) {
        assert_false(setting_fits(&all[i], "", &diag));
        assert_false(setting_fits(&all[i], large, &diag));
        if (*all[i].usual)
            assert_true(setting_fits(&all[i], all[i].usual, &diag));
        assert_ptr_equal(setting_find(all[i].key), &all[i]);
    }
}

static void
the_environment_counts_more_than_the_file(void **state)
{
    char             folder[] = "/tmp/settings_test.XXXXXX";
    char             path[PATH_SIZE];
    struct report    report   = {0};
    struct diag      diag     = {""};
    struct settings *settings = NULL;

    (void)state;
    assert_non_null(mkdtemp(folder));
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("ROLLCALL_LEVEL", "gentle", 1);
    assert_true(settings_path(path));
    path_make_folders(path);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs("level: deep\nmusic_volume: -20\n", file);
    (void)fclose(file);

    assert_int_equal(settings_open(&settings, &report, &diag), STATUS_OK);
    assert_string_equal(value(settings, "level"), "gentle");
    assert_string_equal(value(settings, "music_volume"), "-20");
    assert_int_equal(settings_from(settings, setting_find("level")),
                     SETTINGS_ENVIRONMENT);
    settings_free(settings);

    setenv("ROLLCALL_LEVEL", "gentel", 1);
    assert_int_equal(settings_open(&settings, &report, &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "ROLLCALL_LEVEL: "));
    unsetenv("ROLLCALL_LEVEL");
    (void)remove(path);
    *strrchr(path, '/') = '\0';
    (void)remove(path);
    (void)remove(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_of_the_file_counts_and_is_known_by_its_number),
        cmocka_unit_test(
            what_is_wrong_is_told_with_its_place_and_the_rest_counts),
        cmocka_unit_test(a_map_below_a_key_has_keys_of_its_own),
        cmocka_unit_test(what_an_option_would_refuse_is_refused_in_the_file),
        cmocka_unit_test(a_tilde_is_the_home_folder),
        cmocka_unit_test(a_high_pass_is_none_or_what_the_option_takes),
        cmocka_unit_test(no_setting_fits_nothing_or_too_much),
        cmocka_unit_test(the_environment_counts_more_than_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
