// SPDX-License-Identifier: GPL-3.0-or-later
// Where cues go when they want the same time.  1000 frames a second.
#include "plan/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define RATE 1000

static const struct cue three = {.anchor     = ANCHOR_END,
                                 .offset     = -3000,
                                 .length     = 500,
                                 .importance = IMPORTANCE_COUNT,
                                 .exact      = true};
static const struct cue ten   = {.anchor     = ANCHOR_END,
                                 .offset     = -10000,
                                 .length     = 800,
                                 .importance = IMPORTANCE_TEN,
                                 .exact      = true};
static const struct cue half  = {.anchor     = ANCHOR_MIDDLE,
                                 .length     = 600,
                                 .importance = IMPORTANCE_HALFWAY,
                                 .exact      = true};

static struct cue
tip(int64_t at, int64_t length)
{
    return (struct cue){.offset = at, .length = length};
}

static struct cue
line(int64_t at, int64_t length)
{
    return (struct cue){
        .offset = at, .length = length, .importance = IMPORTANCE_LINE};
}

static int64_t at[PLAN_MOST_CUES];

static void
place(const struct cue *cues, size_t count, int64_t length)
{
    struct segment segment = {.cues = cues, .count = count};
    layout_place(&segment, RATE, length, at);
}

static void
a_tip_in_the_way_of_a_count_goes_behind_it(void **state)
{
    (void)state;
    const struct cue cues[] = {tip(19500, 2000), ten};
    place(cues, 2, 30000);
    assert_int_equal(at[1], 20000);
    assert_int_equal(at[0], 21000); // 20000 + 800 + 200
}

static void
what_does_not_fit_before_the_end_is_left_out(void **state)
{
    (void)state;
    const struct cue cues[] = {tip(26500, 2500), three};
    place(cues, 2, 30000);
    assert_int_equal(at[1], 27000);
    assert_int_equal(at[0], LAYOUT_DROPPED);
}

static void
halfway_yields_where_it_is_ten_seconds_too(void **state)
{
    (void)state;
    const struct cue cues[] = {half, ten};
    place(cues, 2, 20000);
    assert_int_equal(at[0], LAYOUT_DROPPED);
    assert_int_equal(at[1], 10000);
}

static void
equals_keep_their_order(void **state)
{
    (void)state;
    const struct cue cues[] = {line(0, 1000), line(500, 1000), line(700, 100)};
    place(cues, 3, 10000);
    assert_int_equal(at[0], 0);
    assert_int_equal(at[1], 1200);
    assert_int_equal(at[2], 2400);
}

static void
a_tip_leaves_the_last_seconds_free(void **state)
{
    (void)state;
    struct cue cues[] = {tip(18000, 2000)};
    cues[0].leave     = 10500;
    place(cues, 1, 30000);
    assert_int_equal(at[0], LAYOUT_DROPPED);
    place(cues, 1, 30500);
    assert_int_equal(at[0], 18000);
}

static void
an_exact_cue_before_the_start_is_left_out(void **state)
{
    (void)state;
    const struct cue cues[] = {ten};
    place(cues, 1, 9000);
    assert_int_equal(at[0], LAYOUT_DROPPED);
}

static void
replacing_moves_only_what_has_not_begun(void **state)
{
    (void)state;
    const struct cue cues[]  = {tip(3000, 1000), tip(12000, 1000), ten, half};
    struct segment   segment = {.cues = cues, .count = 4};

    layout_place(&segment, RATE, 40000, at);
    layout_replace(&segment, RATE, 50000, 13500, NULL, 0, at);
    assert_int_equal(at[0], 3000);
    assert_int_equal(at[1], 12000);
    assert_int_equal(at[2], 40000);
    assert_int_equal(at[3], 25000);
}

static void
replacing_goes_around_what_is_taken(void **state)
{
    (void)state;
    const struct cue         cues[]  = {tip(12000, 1000), half, ten};
    struct segment           segment = {.cues = cues, .count = 3};
    const struct layout_span busy    = {11500, 20500};

    layout_place(&segment, RATE, 40000, at);
    layout_replace(&segment, RATE, 40000, 11000, &busy, 1, at);
    assert_int_equal(at[0], 20700);
    assert_int_equal(at[1], LAYOUT_DROPPED); // exact or not at all
    assert_int_equal(at[2], 30000);
}

static void
a_gap_is_found_behind_the_count_of_ten(void **state)
{
    (void)state;
    const struct cue cues[]  = {ten, three};
    struct segment   segment = {.cues = cues, .count = 2};

    layout_place(&segment, RATE, 40000, at);
    assert_int_equal(layout_gap(&segment, RATE, 40000, 1000, 1300, 3000, at),
                     1300);
    assert_int_equal(layout_gap(&segment, RATE, 40000, 27000, 27300, 3000, at),
                     31000);
    assert_int_equal(layout_gap(&segment, RATE, 40000, 35000, 35300, 3000, at),
                     LAYOUT_DROPPED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tip_in_the_way_of_a_count_goes_behind_it),
        cmocka_unit_test(what_does_not_fit_before_the_end_is_left_out),
        cmocka_unit_test(halfway_yields_where_it_is_ten_seconds_too),
        cmocka_unit_test(equals_keep_their_order),
        cmocka_unit_test(a_tip_leaves_the_last_seconds_free),
        cmocka_unit_test(an_exact_cue_before_the_start_is_left_out),
        cmocka_unit_test(replacing_moves_only_what_has_not_begun),
        cmocka_unit_test(replacing_goes_around_what_is_taken),
        cmocka_unit_test(a_gap_is_found_behind_the_count_of_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
