// SPDX-License-Identifier: GPL-3.0-or-later
// What is left out or replaced for what a person has.
#include "plan/gate.h"

#include "base/path.h"
#include "routine/library.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct phrasebook  *book;
static struct plan_options options;
static struct gated        gated;
static char                share[PATH_SIZE];

static int
read_phrases(void **state)
{
    (void)state;
    char          path[PATH_SIZE];
    struct report report = {0};

    if (!path_share(share)) return -1;
    path_join(path, share, "voices/en-us/phrases.yaml");
    return phrasebook_read(&book, path, &report) ? -1 : 0;
}

static int
release(void **state)
{
    (void)state;
    phrasebook_free(book);
    return 0;
}

// "trapezius>rhomboids lats": the exercises of ROUTINE that are done by who
// has GATES.
static const char *
done(const char *routine, gate_set gates)
{
    static char     names[1024];
    char            path[PATH_SIZE], file[64];
    struct routine *r      = NULL;
    struct report   report = {0};
    size_t          used   = 0;

    snprintf(file, sizeof file, "routines/%s.yaml", routine);
    path_join(path, share, file);
    assert_int_equal(routine_read(&r, path, &report), STATUS_OK);
    options = (struct plan_options){.given = {.gates = gates}};
    plan_gate(&options, &gated, r, book);
    names[0]     = '\0';
    size_t count = options.choices ? options.choices : r->count;
    for (size_t i = 0; i < count && !options.nothing; i++) {
        int index = options.choices ? options.choice[i] : (int)i;
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 used ? " " : "", r->exercises[index].id);
    }
    report_release(&report);
    routine_free(r);
    return names;
}

static void
who_has_nothing_does_it_all(void **state)
{
    (void)state;
    assert_string_equal(done("upper-back", 0), "trapezius rhomboids lats");
    assert_int_equal(gated.texts, 0);
    assert_int_equal(options.choices, 0);
}

static void
what_another_does_already_is_left_out(void **state)
{
    (void)state;
    assert_string_equal(done("upper-back", 1u << GATE_PREGNANCY), "rhomboids");
    assert_int_equal(gated.texts, 1);
    assert_string_equal(
        gated.text[0],
        "Because of pregnancy, we leave out Trapezius and Latissimus.");
}

static void
another_exercise_takes_its_place(void **state)
{
    (void)state;
    assert_string_equal(done("upper-back-roller", 1u << GATE_SHOULDER_INJURY),
                        "trapezius elbows-in-roll childs-pose");
    assert_int_equal(gated.texts, 1);
    assert_string_equal(gated.text[0], "Because of an injured shoulder, "
                                       "Child's pose takes the place of "
                                       "Latissimus.");
}

static void
where_all_are_left_out_nothing_is_done(void **state)
{
    (void)state;
    assert_string_equal(done("upper-back", 1u << GATE_NUMBNESS), "");
    assert_true(options.nothing);
}

// Whatever somebody has: nothing that is gated for it is done, and whatever is
// not done is told.
static void
in_every_routine_no_gated_exercise_is_done(void **state)
{
    (void)state;
    struct library library = {0};
    struct diag    diag;

    assert_int_equal(library_scan(&library, &diag), STATUS_OK);
    for (size_t i = 0; i < library.count; i++) {
        struct routine *r      = NULL;
        struct report   report = {0};
        assert_int_equal(routine_read(&r, library.entries[i].path, &report),
                         STATUS_OK);
        for (int gate = 0; gate < GATE_COUNT; gate++) {
            bool touched = false;
            options = (struct plan_options){.given = {.gates = 1u << gate}};
            plan_gate(&options, &gated, r, book);
            for (size_t k = 0; k < options.choices; k++)
                assert_false(r->exercises[options.choice[k]].gated >> gate & 1);
            for (size_t k = 0; k < r->count; k++)
                touched |= r->exercises[k].gated >> gate & 1;
            assert_int_equal(gated.texts > 0, touched);
            assert_int_equal(options.choices || options.nothing, touched);
        }
        report_release(&report);
        routine_free(r);
    }
    library_release(&library);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_nothing_does_it_all),
        cmocka_unit_test(what_another_does_already_is_left_out),
        cmocka_unit_test(another_exercise_takes_its_place),
        cmocka_unit_test(where_all_are_left_out_nothing_is_done),
        cmocka_unit_test(in_every_routine_no_gated_exercise_is_done),
    };
    return cmocka_run_group_tests(tests, read_phrases, release);
}
