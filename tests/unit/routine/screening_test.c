// SPDX-License-Identifier: GPL-3.0-or-later
// What was answered before a first session, kept in a file.
#include "routine/screening.h"

#include "base/path.h"
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

static enum status
parse(struct screening *screening, const char *text, struct report *report)
{
    *report = (struct report){0};
    return screening_parse(screening, "s.yaml", text, strlen(text), report);
}

static void
it_comes_back_as_it_was_and_is_for_its_owner_alone(void **state)
{
    (void)state;
    char             folder[] = "/tmp/screening.XXXXXX", path[PATH_SIZE];
    struct screening kept   = {.asked = SCREENING_ALL | 1u << GATE_KNEE_INJURY,
                               .yes   = 1u << GATE_NUMBNESS};
    struct screening back   = {0};
    struct report    report = {0};
    struct diag      diag   = {""};
    struct stat      info;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/data/screening.yaml", folder);
    assert_int_equal(screening_write(&kept, path, &diag), STATUS_OK);
    assert_int_equal(screening_read(&back, path, &report), STATUS_OK);
    assert_int_equal(back.asked, kept.asked);
    assert_int_equal(back.yes, kept.yes);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);

    kept.yes = 0; // written again, over what was there
    assert_int_equal(screening_write(&kept, path, &diag), STATUS_OK);
    assert_int_equal(screening_read(&back, path, &report), STATUS_OK);
    assert_int_equal(back.yes, 0);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    rmdir(folder);
}

static void
what_cannot_be_written_says_so(void **state)
{
    (void)state;
    struct screening none = {0};
    struct diag      diag = {""};

    assert_int_equal(screening_write(&none, "/proc/none/s.yaml", &diag),
                     STATUS_FAILED);
    assert_non_null(strstr(diag.text, "your answers cannot be kept"));
}

static void
a_misspelt_gate_is_an_error_with_the_nearest(void **state)
{
    (void)state;
    struct screening read = {.asked = 7};
    struct report    report;

    assert_int_equal(parse(&read, "yes: [numness]\nno: []\n", &report),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "did you mean 'numbness'"));
    assert_int_equal(read.asked, 7); // untouched
    report_release(&report);
}

static void
a_missing_list_is_an_error(void **state)
{
    (void)state;
    struct screening read = {0};
    struct report    report;

    assert_int_equal(parse(&read, "yes: []\n", &report), STATUS_BAD_INPUT);
    assert_non_null(strstr(report.text, "'no' must be a list"));
    report_release(&report);
}

static void
gates_are_named_between_commas(void **state)
{
    (void)state;
    gate_set    gates = 0;
    struct diag diag  = {""};

    assert_true(
        screening_list(&gates, "numbness, knee injury ,it-band", &diag));
    assert_int_equal(gates, 1u << GATE_NUMBNESS | 1u << GATE_KNEE_INJURY |
                                1u << GATE_IT_BAND);
    assert_false(screening_list(&gates, "numness", &diag));
    assert_string_equal(diag.text,
                        "'numness' is no gate; did you mean 'numbness'?");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_comes_back_as_it_was_and_is_for_its_owner_alone),
        cmocka_unit_test(what_cannot_be_written_says_so),
        cmocka_unit_test(a_misspelt_gate_is_an_error_with_the_nearest),
        cmocka_unit_test(a_missing_list_is_an_error),
        cmocka_unit_test(gates_are_named_between_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
