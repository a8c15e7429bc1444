// SPDX-License-Identifier: GPL-3.0-or-later
// The answers that come with rollcall, and who answers: it or the exercise.
#include "routine/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct report   report;
static struct answers *answers;

static int
begin(void **state)
{
    char        path[PATH_SIZE];
    const char *source = getenv("ROLLCALL_SOURCE");
    (void)state;
    memset(&report, 0, sizeof report);
    snprintf(path, sizeof path, "%s/voices/en-us/answers.yaml",
             source ? source : ".");
    assert_int_equal(answers_read(&answers, path, &report), STATUS_OK);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    answers_free(answers);
    report_release(&report);
    return 0;
}

static struct routine *
parsed(const char *rest)
{
    char            text[2048];
    struct routine *routine = NULL;
    snprintf(text, sizeof text,
             "routine: r\ntitle: R\nexercises:\n"
             "  - id: one\n    title: One\n    tool: ball\n"
             "    work: {kind: roll, time: 30s}\n%s",
             rest);
    assert_int_equal(
        routine_parse(&routine, "r.yaml", text, strlen(text), &report),
        STATUS_OK);
    return routine;
}

static void
says(enum answer which, const struct exercise *exercise, const char *said)
{
    char text[ANSWER_SIZE];
    answer_text(text, answers, which, exercise);
    assert_string_equal(text, said);
}

static void
every_answer_is_one_or_two_short_sentences(void **state)
{
    (void)state;
    char text[ANSWER_SIZE];
    for (int i = 0; i < ANSWER_COUNT; i++) {
        answer_text(text, answers, (enum answer)i, NULL);
        assert_true(*text != '\0');
        assert_true(strlen(text) < 200);
    }
}

static void
the_muscles_are_named_as_a_list(void **state)
{
    (void)state;
    struct routine *r = parsed("    muscles: [trapezius]\n");
    says(ANSWER_MUSCLE, r->exercises, "This works your trapezius.");
    routine_free(r);
    r = parsed("    muscles: [quads, calves, soleus]\n");
    says(ANSWER_MUSCLE, r->exercises,
         "This works your quads, calves and soleus.");
    routine_free(r);
    r = parsed("");
    says(ANSWER_MUSCLE, r->exercises, "This is not for one muscle alone.");
    says(ANSWER_MUSCLE, NULL, "This is not for one muscle alone.");
    routine_free(r);
}

static void
an_exercise_answers_before_rollcall(void **state)
{
    (void)state;
    struct routine *r = parsed("    why: Mine.\n"
                               "    feel: Here.\n"
                               "    avoid: There.\n"
                               "    how_often: Daily.\n"
                               "    answers: {when: 'With the {tool}.',"
                               " how_often: Weekly.}\n");
    says(ANSWER_WHY, r->exercises, "Mine.");
    says(ANSWER_FEEL, r->exercises, "Here.");
    says(ANSWER_AVOID, r->exercises, "There.");
    says(ANSWER_WHEN, r->exercises, "With the ball.");
    says(ANSWER_HOW_OFTEN, r->exercises, "Weekly."); // the nearer of its two
    routine_free(r);
}

static void
rollcall_answers_where_an_exercise_does_not(void **state)
{
    (void)state;
    struct routine *r = parsed("");
    says(ANSWER_FEEL, r->exercises,
         "In the muscle under the pressure, as a dull ache that fades while "
         "you breathe. Never in a joint, and never on bone.");
    routine_free(r);
}

static void
missing_and_unknown_answers_are_reported(void **state)
{
    (void)state;
    struct answers *none   = NULL;
    char            path[] = "/tmp/rollcall-answers-XXXXXX";
    int             file   = mkstemp(path);
    FILE           *out    = fdopen(file, "w");
    assert_non_null(out);
    assert_true(fputs("wy: Because.\nwhen: 'At {noon}.'\n", out) >= 0);
    assert_int_equal(fclose(out), 0);

    assert_int_equal(answers_read(&none, path, &report), STATUS_BAD_INPUT);
    assert_null(none);
    assert_non_null(
        strstr(report.text, "1:1: error: answers.yaml has no key 'wy'"));
    assert_non_null(strstr(report.text, "the answer 'why' is missing"));
    assert_non_null(strstr(report.text, "an answer has no value {noon}"));
    assert_int_equal(remove(path), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_answer_is_one_or_two_short_sentences),
        TEST(the_muscles_are_named_as_a_list),
        TEST(an_exercise_answers_before_rollcall),
        TEST(rollcall_answers_where_an_exercise_does_not),
        TEST(missing_and_unknown_answers_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
