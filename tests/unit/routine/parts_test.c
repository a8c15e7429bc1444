// SPDX-License-Identifier: GPL-3.0-or-later
// Routines of several files: exercises that are used, routines that are
// chained, stand-ins.
#include "routine/routine.h"

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

// The test stands in a folder of its own, with routines/exercises in it.
static char          folder[64];
static struct report report;

static void
write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#define ROLLS                                                                  \
    "exercise: rolls\n"                                                        \
    "title: Rolls\n"                                                           \
    "tool: foam roller\n"                                                      \
    "muscles: [trapezius]\n"                                                   \
    "body: [upper back, shoulders]\n"                                          \
    "feel: Between the blades.\n"                                              \
    "answers: {when: In the evening., hurt: A little.}\n"                      \
    "gates: [fresh back strain, numbness]\n"                                   \
    "instead: breath\n"                                                        \
    "work: {kind: roll, time: 30-40s, pace: 15 per minute}\n"                  \
    "sets: 3-4\n"                                                              \
    "cues: [One., Two.]\n"
#define BREATH                                                                 \
    "exercise: breath\n"                                                       \
    "title: Breath\n"                                                          \
    "work: {kind: hold, time: 1m}\n"                                           \
    "cues: [In., Out.]\n"
#define ROUTINE(id) "routine: " id "\ntitle: T\n"
#define ONE(id, exercise)                                                      \
    ROUTINE(id)                                                                \
    "exercises:\n  - {id: " exercise ", title: E, work: {kind: hold, "         \
    "time: 30s}}\n"

static int
begin(void **state)
{
    (void)state;
    memset(&report, 0, sizeof report);
    snprintf(folder, sizeof folder, "/tmp/rollcall-parts-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(setenv("XDG_DATA_HOME", folder, 1), 0);
    assert_int_equal(setenv("ROLLCALL_SHARE", folder, 1), 0);
    assert_int_equal(mkdir("routines", 0700), 0);
    assert_int_equal(mkdir("routines/exercises", 0700), 0);
    write_file("routines/exercises/rolls.yaml", ROLLS);
    write_file("routines/exercises/breath.yaml", BREATH);
    return 0;
}

static int
end(void **state)
{
    char command[128];
    (void)state;
    report_release(&report);
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -r %s", folder);
    // the path is our own: NOLINTNEXTLINE(bugprone-command-processor)
    return system(command);
}

static struct routine *
read_as(const char *path, const char *text)
{
    struct routine *routine = NULL;
    write_file(path, text);
    enum status st = routine_read(&routine, path, &report);
    assert_true((st == STATUS_OK) == (routine != NULL));
    return routine;
}

static void
says(const char *text)
{
    if (!report.text || !strstr(report.text, text)) {
        fail_msg("no \"%s\" in\n%s", text, report.text ? report.text : "");
    }
}

static void
an_exercise_is_used_from_its_file(void **state)
{
    (void)state;
    struct routine *routine =
        read_as("routines/r.yaml", ROUTINE("r") "exercises:\n  - use: rolls\n");
    assert_non_null(routine);
    assert_int_equal(report.warnings, 0);

    const struct exercise *e = &routine->exercises[0];
    assert_int_equal(routine->count, 1);
    assert_string_equal(e->id, "rolls");
    assert_string_equal(e->known_as, "rolls");
    assert_string_equal(e->title, "Rolls");
    assert_int_equal(e->time.high, 40000);
    assert_int_equal(e->pace, 15);
    assert_int_equal(e->cues.count, 2);
    assert_string_equal(e->feel, "Between the blades.");
    assert_int_equal(e->gated,
                     1u << GATE_FRESH_BACK_STRAIN | 1u << GATE_NUMBNESS);
    assert_string_equal(e->gates.text[0], "fresh_back_strain");
    routine_free(routine);
}

static void
what_the_routine_says_counts_before_the_file(void **state)
{
    (void)state;
    struct routine *routine =
        read_as("r.yaml", ROUTINE("r") "exercises:\n"
                                       "  - use: rolls\n"
                                       "    id: rolls-short\n"
                                       "    work: {time: 20s}\n"
                                       "    sets: 1\n"
                                       "    cues: [Mine.]\n"
                                       "    answers: {hurt: Not at all.}\n"
                                       "    first: right\n"
                                       "    sides: each\n");
    assert_non_null(routine);
    assert_int_equal(report.warnings, 0);

    const struct exercise *e = &routine->exercises[0];
    assert_string_equal(e->id, "rolls-short");
    assert_string_equal(e->known_as, "rolls");
    assert_int_equal(e->kind, WORK_ROLL);
    assert_int_equal(e->time.low, 20000);
    assert_int_equal(e->pace, 15);
    assert_int_equal(e->sets.high, 1);
    assert_int_equal(e->rest, 0);
    assert_int_equal(e->cues.count, 1);
    assert_int_equal(e->first, FIRST_RIGHT);
    assert_int_equal(e->change, 8000);
    assert_int_equal(e->replies, 2);
    assert_string_equal(e->reply[0].key, "when");
    assert_string_equal(e->reply[0].say, "In the evening.");
    assert_string_equal(e->reply[1].say, "Not at all.");
    routine_free(routine);
}

static void
a_hold_of_a_rolling_exercise_has_no_pace(void **state)
{
    (void)state;
    struct routine *routine = read_as(
        "r.yaml", ROUTINE("r") "exercises:\n"
                               "  - {use: rolls, work: {kind: hold}}\n");
    assert_non_null(routine);
    assert_int_equal(routine->exercises[0].kind, WORK_HOLD);
    assert_int_equal(routine->exercises[0].pace, 0);
    routine_free(routine);
}

static void
one_side_alone_has_no_change(void **state)
{
    (void)state;
    struct routine *routine = read_as(
        "r.yaml", ROUTINE("r") "exercises:\n"
                               "  - {use: rolls, sides: left}\n"
                               "  - {use: rolls, id: b, sides: right}\n");
    assert_non_null(routine);
    assert_int_equal(routine->exercises[0].sides, SIDES_LEFT);
    assert_int_equal(routine->exercises[0].change, 0);
    assert_int_equal(routine->exercises[1].sides, SIDES_RIGHT);
    routine_free(routine);
}

static void
problems_point_into_the_file_that_they_are_in(void **state)
{
    (void)state;
    write_file("routines/exercises/bad.yaml", "exercise: bad\n"
                                              "title: Bad\n"
                                              "work: {kind: rol, time: 30s}\n"
                                              "instead: nobody-at-all\n");
    assert_null(read_as("r.yaml", ROUTINE("r") "exercises:\n"
                                               "  - use: bad\n"
                                               "    sets: many\n"));
    says("routines/exercises/bad.yaml:3:14: error: kind is 'rol'; did you "
         "mean 'roll'?");
    says("routines/exercises/bad.yaml:4:10: error: instead names no exercise");
    says("r.yaml:5:11: error: sets is no count");
    assert_int_equal(report.errors, 3);
}

static void
an_exercise_file_is_named_after_its_exercise(void **state)
{
    (void)state;
    write_file("routines/exercises/other.yaml", BREATH);
    assert_null(read_as("r.yaml", ROUTINE("r") "exercises:\n  - use: other\n"));
    says("routines/exercises/other.yaml:1:11: error: the file is named "
         "other.yaml; write other here");
}

static void
an_unknown_exercise_file_is_told_with_the_nearest(void **state)
{
    (void)state;
    assert_null(
        read_as("r.yaml", ROUTINE("r") "exercises:\n  - use: breaht\n"));
    says("r.yaml:4:10: error: there is no exercise file 'breaht'; did you "
         "mean 'breath'?");
    assert_int_equal(report.errors, 1);
}

static void
a_stand_in_is_read_from_its_file(void **state)
{
    (void)state;
    struct routine *routine =
        read_as("r.yaml", ROUTINE("r") "exercises:\n  - use: rolls\n");
    assert_non_null(routine);
    assert_int_equal(routine->count, 1);
    assert_int_equal(routine->spares, 1);
    assert_string_equal(routine->exercises[1].id, "breath");
    assert_ptr_equal(routine_exercise(routine, "breath"),
                     &routine->exercises[1]);
    assert_null(routine_exercise(routine, "nobody"));
    routine_free(routine);
}

static void
a_stand_in_that_is_done_anyway_is_no_spare(void **state)
{
    (void)state;
    struct routine *routine = read_as(
        "r.yaml", ROUTINE("r") "exercises:\n  - use: rolls\n  - use: breath\n");
    assert_non_null(routine);
    assert_int_equal(routine->count, 2);
    assert_int_equal(routine->spares, 0);
    routine_free(routine);
}

static void
needs_and_body_follow_from_the_exercises(void **state)
{
    (void)state;
    struct routine *routine = read_as(
        "r.yaml", ROUTINE("r") "exercises:\n"
                               "  - use: rolls\n"
                               "  - use: breath\n"
                               "  - {use: rolls, id: b, tool: massage ball}\n");
    assert_non_null(routine);
    assert_int_equal(routine->needs.count, 2);
    assert_string_equal(routine->needs.text[0], "foam roller");
    assert_string_equal(routine->needs.text[1], "massage ball");
    assert_int_equal(routine->body.count, 2);
    assert_string_equal(routine->body.text[1], "shoulders");
    routine_free(routine);
}

static void
an_exercise_file_alone_is_a_routine(void **state)
{
    (void)state;
    struct routine *routine = NULL;
    assert_int_equal(
        routine_read(&routine, "routines/exercises/rolls.yaml", &report),
        STATUS_OK);
    assert_string_equal(routine->id, "rolls");
    assert_string_equal(routine->title, "Rolls");
    assert_int_equal(routine->count, 1);
    assert_int_equal(routine->spares, 1);
    assert_string_equal(routine->needs.text[0], "foam roller");
    routine_free(routine);
}

static void
a_chain_is_its_routines_in_a_row(void **state)
{
    (void)state;
    write_file("routines/a.yaml",
               ROUTINE("a") "exercises: [{use: rolls}, {use: breath}]\n");
    write_file("routines/b.yaml", ONE("b", "last"));
    struct routine *routine = read_as("c.yaml", ROUTINE("c") "chain: [a, b]\n");
    assert_non_null(routine);
    assert_string_equal(routine->id, "c");
    assert_int_equal(routine->chain.count, 2);
    assert_string_equal(routine->chain.text[1], "b");
    assert_int_equal(routine->count, 3);
    assert_int_equal(routine->spares, 0);
    assert_string_equal(routine->exercises[0].id, "rolls");
    assert_string_equal(routine->exercises[2].id, "last");
    assert_string_equal(routine->needs.text[0], "foam roller");
    routine_free(routine);
}

static void
what_comes_twice_in_a_chain_gets_an_id_of_its_own(void **state)
{
    (void)state;
    write_file("routines/a.yaml", ROUTINE("a") "exercises: [{use: rolls}]\n");
    write_file("routines/b.yaml",
               ROUTINE("b") "exercises: [{use: breath, instead: rolls},"
                            " {use: rolls, instead: breath}]\n");
    struct routine *routine = read_as("c.yaml", ROUTINE("c") "chain: [a, b]\n");
    assert_non_null(routine);
    assert_int_equal(routine->count, 3);
    assert_int_equal(routine->spares, 0);
    assert_string_equal(routine->exercises[2].id, "rolls-2");
    assert_string_equal(routine->exercises[2].known_as, "rolls");
    assert_string_equal(routine->exercises[1].instead, "rolls-2");
    assert_string_equal(routine->exercises[2].instead, "breath");
    routine_free(routine);
}

static void
a_chain_cannot_lead_back_to_itself(void **state)
{
    (void)state;
    write_file("routines/a.yaml", ROUTINE("a") "chain: [b]\n");
    write_file("routines/b.yaml", ROUTINE("b") "chain: [a]\n");
    struct routine *routine = NULL;
    assert_int_equal(routine_read(&routine, "routines/a.yaml", &report),
                     STATUS_BAD_INPUT);
    says("routines/b.yaml:3:9: error: the chain leads back to a; leave it out");
    assert_int_equal(report.errors, 1);
}

static void
chains_within_chains_are_bounded(void **state)
{
    (void)state;
    char path[64], text[64];
    for (int i = 0; i < 6; i++) {
        snprintf(path, sizeof path, "routines/c%d.yaml", i);
        snprintf(text, sizeof text, "routine: c%d\ntitle: T\nchain: [c%d]\n", i,
                 i + 1);
        write_file(path, text);
    }
    write_file("routines/c6.yaml", ONE("c6", "e"));
    struct routine *routine = NULL;
    assert_int_equal(routine_read(&routine, "routines/c1.yaml", &report),
                     STATUS_BAD_INPUT);
    says("routines/c5.yaml:3:9: error: chains within chains go at most 4 deep");
    assert_int_equal(routine_read(&routine, "routines/c2.yaml", &report),
                     STATUS_OK);
    assert_string_equal(routine->exercises[0].id, "e");
    routine_free(routine);
}

static void
a_chain_has_at_most_forty_exercises(void **state)
{
    (void)state;
    char   text[4096];
    size_t used = (size_t)snprintf(text, sizeof text,
                                   "routine: a\ntitle: T\nexercises:\n");
    for (int i = 0; i < 21; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "  - {use: breath, id: b%d}\n", i);
    write_file("routines/a.yaml", text);
    assert_null(read_as("c.yaml", ROUTINE("c") "chain: [a, a]\n"));
    says("c.yaml:3:12: error: these routines have more than 40 exercises "
         "together; chain fewer");
}

static void
a_chain_has_no_exercises_of_its_own(void **state)
{
    (void)state;
    write_file("routines/a.yaml", ONE("a", "e"));
    assert_null(read_as("c.yaml", ONE("c", "e") "chain: [a]\n"));
    says("c.yaml:4:3: error: a chain has no exercises of its own");
}

static void
an_unknown_routine_of_a_chain_is_told_with_the_nearest(void **state)
{
    (void)state;
    write_file("routines/legs.yaml", ONE("legs", "e"));
    assert_null(read_as("c.yaml", ROUTINE("c") "chain: [lges]\n"));
    says("c.yaml:3:9: error: there is no routine 'lges'; did you mean 'legs'?");
}

static void
a_part_of_the_body_has_its_routine(void **state)
{
    (void)state;
    char        path[PATH_SIZE];
    struct diag diag = {""};
    write_file("routines/a.yaml", ONE("a", "e") "body: [hips, calves]\n");
    write_file("routines/b.yaml", ONE("b", "e") "body: [calves, hips]\n");
    write_file("routines/c.yaml", ONE("c", "e") "body: [calves]\n");

    assert_int_equal(routine_for_body(path, "calves", &diag), STATUS_OK);
    assert_string_equal(path, "routines/c.yaml");
    assert_int_equal(routine_for_body(path, "legs", &diag), STATUS_OK);
    assert_string_equal(path, "routines/c.yaml");
    assert_int_equal(routine_for_body(path, "hips", &diag), STATUS_OK);
    assert_string_equal(path, "routines/a.yaml");
    assert_int_equal(routine_find(path, "hips", &diag), STATUS_OK);
    assert_string_equal(diag.text, "");
    assert_int_equal(routine_find(path, "nothing", &diag), STATUS_NOT_FOUND);
    assert_int_equal(routine_for_body(path, "chset", &diag), STATUS_NOT_FOUND);
    assert_string_equal(diag.text, "there is no routine for 'chset'; did you "
                                   "mean 'chest'?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_exercise_is_used_from_its_file),
        TEST(what_the_routine_says_counts_before_the_file),
        TEST(a_hold_of_a_rolling_exercise_has_no_pace),
        TEST(one_side_alone_has_no_change),
        TEST(problems_point_into_the_file_that_they_are_in),
        TEST(an_exercise_file_is_named_after_its_exercise),
        TEST(an_unknown_exercise_file_is_told_with_the_nearest),
        TEST(a_stand_in_is_read_from_its_file),
        TEST(a_stand_in_that_is_done_anyway_is_no_spare),
        TEST(needs_and_body_follow_from_the_exercises),
        TEST(an_exercise_file_alone_is_a_routine),
        TEST(a_chain_is_its_routines_in_a_row),
        TEST(what_comes_twice_in_a_chain_gets_an_id_of_its_own),
        TEST(a_chain_cannot_lead_back_to_itself),
        TEST(chains_within_chains_are_bounded),
        TEST(a_chain_has_at_most_forty_exercises),
        TEST(a_chain_has_no_exercises_of_its_own),
        TEST(an_unknown_routine_of_a_chain_is_told_with_the_nearest),
        TEST(a_part_of_the_body_has_its_routine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
