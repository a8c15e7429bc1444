// SPDX-License-Identifier: GPL-3.0-or-later
// Every routine of the library, at every level and with every amount of talk,
// in the real voice: none takes a twentieth more than its file says.
#include "app/prepare.h"

#include "routine/library.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define RATE 16000

static struct prepared prepared;

static int
open_voice(void **state)
{
    struct report report = {0};
    struct diag   diag   = {""};

    (void)state;
    enum status st =
        prepare_voice(&prepared, NULL, RATE, false, &report, &diag);
    report_print(&report, stderr);
    report_release(&report);
    return st ? -1 : 0;
}

static int
close_voice(void **state)
{
    (void)state;
    prepared_release(&prepared);
    return 0;
}

static void
look_at(const char *path, enum level level)
{
    struct plan_options options = {
        .level = level, .sets_level = level, .listening = true};
    struct report report = {0};
    struct diag   diag   = {""};

    enum status st =
        prepare_routine(&prepared, path, &options, 0, &report, &diag);
    report_release(&report);
    assert_int_equal(st, STATUS_OK);
    int minutes = prepared.routine->minutes[level];
    for (int talk = 0; talk < TALKS; talk++) {
        const struct plan *plan = prepared.plans.plan[level][talk];
        double             took = (double)plan->length / RATE / 60;
        if (getenv("MINUTES_SHOW"))
            printf("%s %d %d %.3f\n", prepared.routine->id, (int)level, talk,
                   took);
        else if (took > 1.05 * minutes)
            fail_msg("%s, level %d, talk %d: %.2f minutes, %d stated",
                     prepared.routine->id, (int)level, talk, took, minutes);
    }
}

static void
in_the_real_voice_none_takes_a_twentieth_more_than_its_file_says(void **state)
{
    struct library library = {0};

    (void)state;
    assert_int_equal(library_scan(&library, NULL), STATUS_OK);
    assert_true(library.count >= 19);
    for (size_t i = 0; i < library.count; i++) {
        for (int level = 0; level < LEVELS; level++)
            look_at(library.entries[i].path, (enum level)level);
    }
    library_release(&library);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            in_the_real_voice_none_takes_a_twentieth_more_than_its_file_says),
    };
    return cmocka_run_group_tests(tests, open_voice, close_voice);
}
