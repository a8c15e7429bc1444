// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/phrasebook.h"

#include "base/path.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char          path[] = "/tmp/phrasebook-XXXXXX";
static struct report report;

// The phrases that come with rollcall, one line of them changed.
static enum status
read_changed(const char *line, const char *instead)
{
    char               share[PATH_SIZE], original[PATH_SIZE], text[512];
    struct phrasebook *book = NULL;

    assert_true(path_share(share));
    path_join(original, share, "voices/en-us/phrases.yaml");
    FILE *in  = fopen(original, "r");
    FILE *out = fopen(path, "w");
    assert_non_null(in);
    assert_non_null(out);
    while (fgets(text, sizeof text, in))
        fputs(strncmp(text, line, strlen(line)) == 0 ? instead : text, out);
    fclose(in);
    fclose(out);
    enum status st = phrasebook_read(&book, path, &report);
    phrasebook_free(book);
    return st;
}

static int
open_file(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/phrasebook-XXXXXX");
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int
remove_file(void **state)
{
    (void)state;
    report_release(&report);
    return unlink(path);
}

static void
a_missing_phrase_is_named(void **state)
{
    (void)state;
    assert_int_equal(read_changed("halfway:", ""), STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "the phrase 'halfway' is missing"));
}

static void
a_misspelt_phrase_tells_the_nearest(void **state)
{
    (void)state;
    assert_int_equal(read_changed("halfway:", "halfwey: Halfway.\n"),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "halfwey"));
    assert_non_null(strstr(report.text, "'halfway'"));
}

static void
an_unknown_value_is_named(void **state)
{
    (void)state;
    assert_int_equal(read_changed("last_set:", "last_set: Set {number}.\n"),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "{number}"));
    assert_non_null(strstr(report.text, "set sets"));
}

static void
a_long_value_is_cut_and_not_written_past_the_end(void **state)
{
    (void)state;
    char               share[PATH_SIZE], file[PATH_SIZE], text[PHRASE_SIZE];
    char               title[2000];
    struct phrasebook *book = NULL;

    assert_true(path_share(share));
    path_join(file, share, "voices/en-us/phrases.yaml");
    assert_int_equal(phrasebook_read(&book, file, &report), STATUS_OK);
    memset(title, 'x', sizeof title);
    title[sizeof title - 1]   = '\0';
    struct phrase_value value = {.name = "title", .text = title};
    phrase_expand(text, book, PHRASE_WELCOME, &value, 1);
    assert_int_equal(strlen(text), PHRASE_SIZE - 1);
    phrasebook_free(book);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_file, remove_file)
    const struct CMUnitTest tests[] = {
        T(a_missing_phrase_is_named),
        T(a_misspelt_phrase_tells_the_nearest),
        T(an_unknown_value_is_named),
        T(a_long_value_is_cut_and_not_written_past_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
