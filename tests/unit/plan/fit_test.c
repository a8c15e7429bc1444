// SPDX-License-Identifier: GPL-3.0-or-later
// A session fitted to a time.  Speech takes 60 ms a letter.
#include "plan/fit.h"

#include "base/path.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define RATE   1000
#define MINUTE (60 * RATE)

static struct phrasebook  *book;
static struct routine     *routine;
static struct plan_options options;
static struct fit          fit;

static int64_t
sixty_a_letter(void *ctx, const char *text)
{
    (void)ctx;
    return 60 * (int64_t)strlen(text);
}

static int
read_files(void **state)
{
    (void)state;
    char          share[PATH_SIZE], path[PATH_SIZE];
    struct report report = {0};

    if (!path_share(share)) return -1;
    path_join(path, share, "voices/en-us/phrases.yaml");
    if (phrasebook_read(&book, path, &report)) return -1;
    path_join(path, share, "routines/upper-back.yaml");
    return routine_read(&routine, path, &report) ? -1 : 0;
}

static int
release(void **state)
{
    (void)state;
    routine_free(routine);
    phrasebook_free(book);
    return 0;
}

// The length, in frames, of the session fitted to MINUTES.
static int64_t
fitted(int minutes)
{
    struct diag       diag  = {0};
    struct plan      *plan  = NULL;
    struct plan_voice voice = {
        .rate = RATE, .book = book, .length = sixty_a_letter};

    options = (struct plan_options){.level      = LEVEL_STANDARD,
                                    .sets_level = LEVEL_STANDARD};
    assert_int_equal(plan_fit(&options, &fit, minutes, routine, &voice, &diag),
                     STATUS_OK);
    assert_int_equal(plan_compile(&plan, routine, &options, &voice, &diag),
                     STATUS_OK);
    int64_t length = plan->length;
    plan_free(plan);
    return length;
}

static void
a_time_that_fits_changes_nothing(void **state)
{
    (void)state;
    fitted(15);
    assert_int_equal(options.level, LEVEL_STANDARD);
    assert_int_equal(options.sets, 0);
    assert_int_equal(options.choices, 0);
    assert_int_equal(options.notes, 0);
}

static void
the_dose_gives_way_first(void **state)
{
    (void)state;
    assert_in_range(fitted(14), 13 * MINUTE, 14 * MINUTE + 30 * RATE);
    assert_int_equal(options.level, LEVEL_GENTLE);
    assert_int_equal(options.sets, 0);
    assert_string_equal(fit.text[0], "To fit the time, the doses are gentle.");
}

static void
then_the_sets(void **state)
{
    (void)state;
    assert_in_range(fitted(11), 9 * MINUTE, 11 * MINUTE + 30 * RATE);
    assert_int_equal(options.sets, 2);
    assert_int_equal(options.choices, 3);
    assert_string_equal(fit.text[0],
                        "To fit the time, there are 2 sets of each.");
}

static void
then_exercises_from_the_end(void **state)
{
    (void)state;
    assert_in_range(fitted(5), 4 * MINUTE, 5 * MINUTE + 10 * RATE);
    assert_true(options.choices < 3);
    assert_non_null(strstr(fit.text[0], "we leave out"));
    assert_non_null(strstr(fit.text[0], "Latissimus"));
}

static void
a_longer_time_is_filled(void **state)
{
    (void)state;
    assert_in_range(fitted(25), 22 * MINUTE, 26 * MINUTE);
}

static void
an_impossible_time_gives_the_shortest_and_says_so(void **state)
{
    (void)state;
    fitted(1);
    assert_int_equal(options.choices, 1);
    assert_int_equal(options.sets, 1);
    assert_string_equal(fit.text[0],
                        "It cannot be that short. This is the shortest.");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_that_fits_changes_nothing),
        cmocka_unit_test(the_dose_gives_way_first),
        cmocka_unit_test(then_the_sets),
        cmocka_unit_test(then_exercises_from_the_end),
        cmocka_unit_test(a_longer_time_is_filled),
        cmocka_unit_test(an_impossible_time_gives_the_shortest_and_says_so),
    };
    return cmocka_run_group_tests(tests, read_files, release);
}
