// SPDX-License-Identifier: GPL-3.0-or-later
// What a routine file can say, as it is led: open work, a wait for "ready",
// lines for certain sets, lead-ins, stretches, sides, chains.
#include "sim_helper.h"

#include "routine/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct sim sim;

static int
close_sim(void **state)
{
    (void)state;
    sim_close(&sim);
    return 0;
}

// A person is there; one exercise, with what REST gives.
static void
open_with(const char *rest, enum level level)
{
    char                yaml[1024];
    struct plan_options options = {
        .level = level, .sets_level = level, .attended = true};

    snprintf(yaml, sizeof yaml,
             "routine: test\n"
             "title: Test\n"
             "needs: [roller]\n"
             "exercises:\n"
             "  - id: one\n"
             "    title: One\n"
             "    tool: roller\n"
             "    setup: [Lie down.]\n"
             "%s",
             rest);
    sim_open(&sim, yaml, &options);
}

static int64_t
left_and_right(enum side side)
{
    int64_t length = 0;
    for (size_t i = 0; i < sim.plan->count; i++) {
        const struct segment *segment = &sim.plan->segments[i];
        if (segment->kind == SEGMENT_WORK && segment->side == side)
            length += segment->length;
    }
    return length;
}

static void
a_free_set_lasts_until_next(void **state)
{
    (void)state;
    open_with("    ready: 0s\n"
              "    work: {kind: free, time: 30s}\n"
              "    sets: 1\n",
              LEVEL_STANDARD);
    int64_t start = sim_work(&sim, 1, 100);
    sim_reach(&sim, start + 20 * 60 * SECOND);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_WORK);
    sim_assert_heard(&sim, start, NULL, ""); // and nothing counts it down
    assert_true(sim_command(&sim, start + 20 * 60 * SECOND, COMMAND_NEXT));
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_OUTRO);
}

static void
a_setup_waits_for_ready(void **state)
{
    (void)state;
    open_with("    ready: wait\n"
              "    work: {kind: roll, time: 30s}\n"
              "    sets: 1\n",
              LEVEL_STANDARD);
    int64_t start = sim_segment(&sim, SEGMENT_READY, 1);
    sim_reach(&sim, start + 300 * SECOND);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_READY);
    assert_true(sim_command(&sim, start + 300 * SECOND, COMMAND_START));
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_LEAD_IN);
}

static void
or_for_a_set_time_which_ready_shortens(void **state)
{
    (void)state;
    open_with("    ready: 20s\n"
              "    work: {kind: roll, time: 30s}\n"
              "    sets: 1\n",
              LEVEL_STANDARD);
    int64_t start = sim_segment(&sim, SEGMENT_READY, 1);
    sim_reach(&sim, start + 19999);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_READY);
    sim_reach(&sim, start + 20000);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_LEAD_IN);
    sim_command(&sim, start + 20000, COMMAND_BACK);
    sim_command(&sim, start + 21000, COMMAND_START);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_LEAD_IN);
}

// Whether TEXT is said in the lead-in of set N.
static bool
is_said_before(int n, const char *text)
{
    int64_t from = sim_segment(&sim, SEGMENT_LEAD_IN, n);
    sim_reach(&sim, from - 1);
    sim_heard(&sim, NULL);
    sim_reach(&sim, sim_segment(&sim, SEGMENT_WORK, n));
    return strstr(sim_heard(&sim, "say"), text) != NULL;
}

static void
a_variation_is_said_before_its_sets(void **state)
{
    (void)state;
    open_with("    ready: 0s\n"
              "    work: {kind: roll, time: 20s}\n"
              "    rest: {time: 10s}\n"
              "    sets: 3\n"
              "    vary:\n"
              "      - {when: set 2.., say: Turn toward your back.}\n"
              "      - {when: last set, say: A little deeper.}\n",
              LEVEL_STANDARD);
    assert_false(is_said_before(1, "Turn toward your back."));
    assert_true(is_said_before(2, "Turn toward your back."));
    assert_true(is_said_before(3, "A little deeper."));
}

static void
a_lead_in_is_as_long_as_the_routine_has_it(void **state)
{
    (void)state;
    open_with("    ready: 0s\n"
              "    work: {kind: roll, time: 20s}\n"
              "    lead_in: 17s\n"
              "    sets: 1\n",
              LEVEL_STANDARD);
    assert_int_equal(sim_segment(&sim, SEGMENT_WORK, 1) -
                         sim_segment(&sim, SEGMENT_LEAD_IN, 1),
                     17 * SECOND);
}

static void
a_stretch_is_guided_line_after_line_in_the_rest(void **state)
{
    (void)state;
    open_with("    ready: 0s\n"
              "    work: {kind: roll, time: 20s}\n"
              "    rest: {time: 30s, stretch: [Reach far., Breathe wide.]}\n"
              "    sets: 2\n",
              LEVEL_STANDARD);
    int64_t rest = sim_segment(&sim, SEGMENT_REST, 1);
    sim_reach(&sim, rest - 1);
    sim_heard(&sim, NULL);
    sim_reach(&sim, rest + 29 * SECOND);
    sim_assert_heard(&sim, rest, "say",
                     "1200 say Rest, and stretch.; 2700 say Reach far.; "
                     "4700 say Breathe wide.; 20000 say Ten seconds.");
}

static void
doses_go_from_gentle_to_deep(void **state)
{
    static const int seconds[LEVELS] = {20, 30, 40}, sets[LEVELS] = {2, 3, 4};

    (void)state;
    for (int level = 0; level < LEVELS; level++) {
        open_with("    ready: 0s\n"
                  "    work: {kind: roll, time: 20-40s}\n"
                  "    rest: {time: 10s}\n"
                  "    sets: 2-4\n",
                  (enum level)level);
        assert_int_equal(left_and_right(SIDE_NONE),
                         (int64_t)seconds[level] * sets[level] * SECOND);
        if (level + 1 < LEVELS) sim_close(&sim);
    }
}

static void
each_side_has_its_full_time_and_a_change_before_the_other(void **state)
{
    (void)state;
    open_with("    ready: 0s\n"
              "    work: {kind: roll, time: 40s}\n"
              "    rest: {time: 10s}\n"
              "    sets: 2\n"
              "    sides: each\n"
              "    change: 9s\n"
              "    first: right\n",
              LEVEL_STANDARD);
    assert_int_equal(left_and_right(SIDE_RIGHT), 80 * SECOND);
    assert_int_equal(left_and_right(SIDE_LEFT), 80 * SECOND);
    int64_t change = sim_segment(&sim, SEGMENT_CHANGE, 1);
    assert_int_equal(sim_segment(&sim, SEGMENT_WORK, 1) + 40 * SECOND, change);
    assert_int_equal(sim_segment(&sim, SEGMENT_WORK, 2), change + 9 * SECOND);
    sim_reach(&sim, change + 1);
    assert_int_equal(session_segment(&sim.session)->kind, SEGMENT_CHANGE);
}

static void
a_chain_of_routines_is_one_session(void **state)
{
    (void)state;
    char path[PATH_SIZE];
    int  intros = 0, setups = 0;

    assert_int_equal(library_find(path, "legs", NULL), STATUS_OK);
    sim_open_file(&sim, path, NULL);
    assert_int_equal(sim.routine->chain.count, 4);
    for (size_t i = 0; i < sim.plan->count; i++) {
        intros += sim.plan->segments[i].kind == SEGMENT_INTRO;
        setups += sim.plan->segments[i].kind == SEGMENT_SETUP;
    }
    assert_int_equal(intros, 1);
    assert_int_equal(setups, (int)sim.routine->count);
    sim_reach(&sim, sim.plan->length);
    assert_int_equal(sim.ended, sim.plan->length);
}

int
main(void)
{
#define T(name) cmocka_unit_test_teardown(name, close_sim)
    const struct CMUnitTest tests[] = {
        T(a_free_set_lasts_until_next),
        T(a_setup_waits_for_ready),
        T(or_for_a_set_time_which_ready_shortens),
        T(a_variation_is_said_before_its_sets),
        T(a_lead_in_is_as_long_as_the_routine_has_it),
        T(a_stretch_is_guided_line_after_line_in_the_rest),
        T(doses_go_from_gentle_to_deep),
        T(each_side_has_its_full_time_and_a_change_before_the_other),
        T(a_chain_of_routines_is_one_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
