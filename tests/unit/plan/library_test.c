// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every routine of the library, at every level and with every
// amount of talk.  Speech takes 60 ms a letter, which is the calm voice.
#include "plan/plan.h"

#include "base/path.h"
#include "routine/library.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE   1000
#define MINUTE (60 * RATE)

static struct phrasebook *book;

static int64_t
sixty_a_letter(void *ctx, const char *text)
{
    (void)ctx;
    return 60 * (int64_t)strlen(text);
}

typedef void
visit(const struct routine *routine, const struct plan_set *plans);

static void
for_all(visit *look)
{
    struct library    library = {0};
    struct diag       diag    = {""};
    struct plan_voice voice   = {
          .rate = RATE, .book = book, .length = sixty_a_letter};
    struct plan_options options = {.level      = LEVEL_STANDARD,
                                   .sets_level = LEVEL_STANDARD};

    assert_int_equal(library_scan(&library, &diag), STATUS_OK);
    assert_true(library.count >= 19);
    for (size_t i = 0; i < library.count; i++) {
        struct routine *routine = NULL;
        struct report   report  = {0};
        assert_int_equal(
            routine_read(&routine, library.entries[i].path, &report),
            STATUS_OK);
        for (int level = 0; level < LEVELS; level++) {
            struct plan_set plans;
            options.level = options.sets_level = (enum level)level;
            assert_int_equal(
                plan_set_compile(&plans, routine, &options, &voice, &diag),
                STATUS_OK);
            look(routine, &plans);
            plan_set_release(&plans);
        }
        routine_free(routine);
        report_release(&report);
    }
    library_release(&library);
}

// "This takes about 15 minutes." -> 15
static int
said_minutes(const struct plan *plan)
{
    const struct segment *intro = &plan->segments[0];

    for (size_t i = 0; i < intro->count; i++) {
        int minutes;
        if (sscanf(intro->cues[i].text, "This takes about %d minute",
                   &minutes) == 1)
            return minutes;
    }
    fail_msg("nothing is said of how long it takes");
    return 0;
}

static void
look_at_what_is_said(const struct routine  *routine,
                     const struct plan_set *plans)
{
    for (int level = 0; level < LEVELS; level++) {
        for (int talk = 0; talk < TALKS; talk++) {
            const struct plan *plan    = plans->plan[level][talk];
            int                minutes = said_minutes(plan);
            if (plan->length * 100 > (int64_t)minutes * MINUTE * 105)
                fail_msg("%s, level %d, talk %d: %d ms, but %d minutes said",
                         routine->id, level, talk, (int)plan->length, minutes);
        }
    }
}

static void
no_session_takes_a_twentieth_more_than_it_says(void **state)
{
    (void)state;
    for_all(look_at_what_is_said);
}

static void
look_at_what_is_written(const struct routine  *routine,
                        const struct plan_set *plans)
{
    static enum level level; // as for_all() goes through them

    for (int talk = 0; talk < TALKS; talk++) {
        const struct plan *plan    = plans->plan[level][talk];
        int                minutes = routine->minutes[level];
        if (!minutes) fail_msg("%s states no minutes", routine->id);
        if (plan->length * 100 > (int64_t)minutes * MINUTE * 105)
            fail_msg("%s, level %d, talk %d: %d ms, but %d minutes stated",
                     routine->id, level, talk, (int)plan->length, minutes);
    }
    level = (enum level)((level + 1) % LEVELS);
}

static void
at_no_level_one_takes_a_twentieth_more_than_its_file_says(void **state)
{
    (void)state;
    for_all(look_at_what_is_written);
}

// In a hold, nothing but the clock is heard in the last ten seconds.
static void
look_at_last_seconds(const struct routine  *routine,
                     const struct plan_set *plans)
{
    for (int talk = 0; talk < TALKS; talk++) {
        const struct plan *plan = plans->plan[LEVEL_STANDARD][talk];
        for (size_t i = 0; i < plan->count; i++) {
            const struct segment *segment = &plan->segments[i];
            if (segment->kind != SEGMENT_WORK || segment->open) continue;
            for (size_t k = 0; k < segment->count; k++) {
                const struct cue *cue = &segment->cues[k];
                if (cue->importance >= IMPORTANCE_HALFWAY) continue;
                if (segment->length >= 21 * RATE)
                    assert_true(cue->leave >= 10 * RATE);
                assert_true(cue->length <= 4 * RATE);
            }
        }
    }
    (void)routine;
}

static void
nothing_long_is_said_in_the_last_ten_seconds_of_a_window(void **state)
{
    (void)state;
    for_all(look_at_last_seconds);
}

static void
look_at_sides(const struct routine *routine, const struct plan_set *plans)
{
    int64_t left = 0, right = 0;

    for (int talk = 0; talk < TALKS; talk++) {
        const struct plan *plan = plans->plan[LEVEL_STANDARD][talk];
        for (size_t i = 0; i < plan->count; i++) {
            const struct segment  *segment = &plan->segments[i];
            const struct exercise *e       = plan_exercise(plan, segment);
            if (segment->kind != SEGMENT_WORK || e->sides != SIDES_EACH)
                continue;
            *(segment->side == SIDE_LEFT ? &left : &right) += segment->length;
        }
    }
    assert_int_equal(left, right);
    (void)routine;
}

static void
both_sides_have_the_same_time(void **state)
{
    (void)state;
    for_all(look_at_sides);
}

static void
look_at_words(const struct routine *routine, const struct plan_set *plans)
{
    (void)plans;
    for (size_t i = 0; i < routine->count; i++) {
        const struct exercise *e = &routine->exercises[i];
        if (e->kind == WORK_FREE) continue;
        if (e->cues.count < 3)
            fail_msg("%s, %s: fewer than three cues", routine->id, e->id);
        if (!*e->why) fail_msg("%s, %s: no why", routine->id, e->id);
        if (!*e->feel || !*e->avoid || !*e->how_often)
            fail_msg("%s, %s: not all its answers", routine->id, e->id);
        for (size_t k = 0; k < e->body.count; k++) {
            bool rolled = *e->tool && e->kind == WORK_ROLL;
            assert_false(rolled &&
                         (strcmp(e->body.text[k], "neck") == 0 ||
                          strcmp(e->body.text[k], "lower back") == 0));
        }
    }
}

static void
each_exercise_has_three_cues_and_its_answers_and_spares_neck_and_lower_back(
    void **state)
{
    (void)state;
    for_all(look_at_words);
}

static int
read_phrases(void **state)
{
    (void)state;
    char          share[PATH_SIZE], path[PATH_SIZE];
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_session_takes_a_twentieth_more_than_it_says),
        cmocka_unit_test(
            at_no_level_one_takes_a_twentieth_more_than_its_file_says),
        cmocka_unit_test(
            nothing_long_is_said_in_the_last_ten_seconds_of_a_window),
        cmocka_unit_test(both_sides_have_the_same_time),
        cmocka_unit_test(
            each_exercise_has_three_cues_and_its_answers_and_spares_neck_and_lower_back),
    };
    return cmocka_run_group_tests(tests, read_phrases, release);
}
