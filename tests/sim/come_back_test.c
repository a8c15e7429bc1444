// SPDX-License-Identifier: GPL-3.0-or-later
// A session that broke off goes on: where, when, and as exactly as before.
#include "sim_helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SETTLE 300 // before words
#define BREATH 400 // after them

static struct sim sim;

static int
close_sim(void **state)
{
    (void)state;
    sim_close(&sim);
    return 0;
}

// A new session, at frame 0, at ELAPSED of segment INDEX.
static void
come_back(size_t index, int64_t elapsed, bool ask)
{
    struct effects       fx;
    struct session_place place = {.segment = index,
                                  .elapsed = elapsed,
                                  .length  = sim.plan->segments[index].length,
                                  .ask     = ask};

    session_init(&sim.session, &sim.plans[0], LEVEL_STANDARD, TALK_FULL,
                 &sim.voice, &sim.undo);
    sim.log_length = 0;
    sim.log[0]     = '\0';
    session_come_back(&sim.session, 0, &place, &fx);
    assert_int_equal(fx.list[0].kind, EFFECT_SEGMENT);
    assert_ptr_equal(fx.list[0].segment, &sim.plan->segments[index]);
}

// The N-th segment of KIND.
static size_t
find(enum segment_kind kind, int n)
{
    size_t i = 0;
    while (sim.plan->segments[i].kind != kind || --n > 0) i++;
    return i;
}

static int64_t
said(const char *text)
{
    return sim_length(NULL, text);
}

static void
it_asks_and_goes_on_to_the_frame(void **state)
{
    (void)state;
    static const char question[] = "Last time we stopped here: Second, set 2 "
                                   "of 2, left side. Shall we go on there?";
    static const char ready[] = "Get into position. There are 17 seconds left. "
                                "Three. Two. One.";
    char              expected[512];

    sim_open(&sim, sim_two_exercises, NULL);
    come_back(find(SEGMENT_WORK, 6), 13 * SECOND, true);
    sim_reach(&sim, 10 * SECOND); // it waits
    snprintf(expected, sizeof expected, "300 aside %s", question);
    assert_string_equal(sim_heard(&sim, NULL), expected);
    assert_true(session_commands(&sim.session) >> COMMAND_YES & 1);

    sim_command(&sim, 11 * SECOND, COMMAND_YES);
    int64_t go = 11 * SECOND + SETTLE + said(ready) + BREATH;
    sim_reach(&sim, go + 17 * SECOND);
    snprintf(expected, sizeof expected,
             "11000 tone accepted; 11300 aside %s; %d say Halfway.; "
             "%d say Ten seconds.; %d say Three.; %d say Two.; %d say One.; "
             "%d tone zero side; %d segment change 2 right",
             ready, (int)go + 2000, (int)go + 7000, (int)go + 14000,
             (int)go + 15000, (int)go + 16000, (int)go + 17000,
             (int)go + 17000);
    assert_string_equal(sim_heard(&sim, "tone aside say segment"), expected);
}

static void
no_begins_at_the_beginning(void **state)
{
    (void)state;
    sim_open(&sim, sim_two_exercises, NULL);
    come_back(find(SEGMENT_WORK, 2), 5 * SECOND, true);
    sim_command(&sim, 3 * SECOND, COMMAND_NO);
    assert_string_equal(sim_heard(&sim, "segment"), "3000 segment intro 0 -");
    sim_reach(&sim, 60 * SECOND);
    assert_null(strstr(sim_heard(&sim, "aside"), "go on there"));
}

static void
whatever_was_said_undo_asks_again_and_waits(void **state)
{
    static const enum command said_first[] = {
        COMMAND_NO, COMMAND_YES, COMMAND_STOP, COMMAND_NEXT, COMMAND_LOUDER};
    char    expected[128];
    int64_t again = 8300 +
                    said("Last time we stopped here: First, set 2 of 3. "
                         "Shall we go on there?") +
                    12 * SECOND + SETTLE;

    (void)state;
    sim_open(&sim, sim_two_exercises, NULL);
    snprintf(expected, sizeof expected, "%d aside Last time", (int)again);
    for (size_t i = 0; i < sizeof said_first / sizeof *said_first; i++) {
        come_back(find(SEGMENT_WORK, 2), 5 * SECOND, true);
        sim_command(&sim, 5 * SECOND, said_first[i]);
        assert_true(sim_command(&sim, 8 * SECOND, COMMAND_UNDO));
        sim_heard(&sim, NULL);
        sim_reach(&sim, 9 * SECOND);
        assert_string_equal(sim_heard(&sim, "aside"),
                            "8300 aside Last time we stopped here: First, set "
                            "2 of 3. Shall we go on there?");
        sim_reach(&sim, 60 * SECOND);
        assert_non_null(strstr(sim_heard(&sim, "aside"), expected));
        assert_int_equal(session_elapsed(&sim.session), 5 * SECOND);
        assert_true(sim_command(&sim, 61 * SECOND, COMMAND_YES));
        sim_reach(&sim, 62 * SECOND);
        assert_non_null(strstr(sim_heard(&sim, "aside"), "Get into position"));
    }
}

static void
a_doubtful_command_is_not_asked_back_while_this_is_asked(void **state)
{
    (void)state;
    struct effects fx;

    sim_open(&sim, sim_two_exercises, NULL);
    come_back(find(SEGMENT_WORK, 2), 5 * SECOND, true);
    sim_reach(&sim, 3 * SECOND);
    assert_false(session_ask(&sim.session, 3 * SECOND, COMMAND_BACK, &fx));
    sim_command(&sim, 4 * SECOND, COMMAND_YES);
    sim_reach(&sim, 60 * SECOND);
    assert_non_null(strstr(sim_heard(&sim, "aside"), "Get into position"));
}

static void
nobody_answers_and_it_asks_once_more_and_waits(void **state)
{
    (void)state;
    sim_open(&sim, sim_two_exercises, NULL);
    come_back(find(SEGMENT_WORK, 2), 5 * SECOND, true);
    sim_reach(&sim, 600 * SECOND);
    const char *heard = sim_heard(&sim, NULL);
    const char *first = strstr(heard, "Shall we go on");
    assert_non_null(first);
    const char *second = strstr(first + 1, "Shall we go on");
    assert_non_null(second);
    assert_null(strstr(second + 1, "Shall we go on"));
    assert_int_equal(session_elapsed(&sim.session), 5 * SECOND);
    sim_command(&sim, 601 * SECOND, COMMAND_RESUME); // as good as yes
    sim_reach(&sim, 605 * SECOND);
    assert_non_null(strstr(sim_heard(&sim, "aside"), "Get into position"));
}

// What is heard from ELAPSED of a segment on is what would have been heard
// there, wherever it breaks off; only a line under way is lost.
static void
what_follows_is_what_would_have_followed(void **state)
{
    (void)state;
    static char whole[1 << 16];

    sim_open(&sim, sim_two_exercises, NULL);
    size_t  work   = find(SEGMENT_WORK, 1);
    int64_t length = sim.plan->segments[work].length;
    for (int64_t elapsed = 0; elapsed < length; elapsed += 700) {
        come_back(work, 0, false);
        while (sim.session.held) sim_reach(&sim, session_due(&sim.session));
        int64_t start = sim.session.origin;
        sim_reach(&sim, start + elapsed - 1);
        sim_heard(&sim, NULL);
        sim_reach(&sim, start + length + 5 * SECOND);
        snprintf(whole, sizeof whole, "%s",
                 sim_heard(&sim, "say tone segment"));

        come_back(work, elapsed, false);
        while (sim.session.held) sim_reach(&sim, session_due(&sim.session));
        sim_heard(&sim, NULL);
        int64_t shift = sim.session.origin - start;
        sim_reach(&sim, start + shift + length + 5 * SECOND);
        sim_assert_heard(&sim, shift, "say tone segment", whole);
    }
}

static void
a_sentence_that_broke_off_is_said_again(void **state)
{
    (void)state;
    sim_open(&sim, sim_two_exercises, NULL);
    size_t setup = find(SEGMENT_SETUP, 1);
    come_back(setup, 0, false);
    sim_reach(&sim, 60 * SECOND);
    const char *lift = strstr(sim_heard(&sim, "say"), "say Lift your hips.");
    assert_non_null(lift);

    int64_t at = 0; // in the middle of it
    for (size_t i = 0; i < sim.plan->segments[setup].count; i++) {
        const struct cue *cue = &sim.plan->segments[setup].cues[i];
        if (strcmp(cue->text, "Lift your hips.") == 0) at = cue->offset + 200;
    }
    come_back(setup, at, false);
    sim_reach(&sim, 1);
    assert_string_equal(sim_heard(&sim, "say"), "0 say Lift your hips.");
}

static void
every_place_can_be_come_back_to(void **state)
{
    (void)state;
    sim_open(&sim, sim_two_exercises, NULL);
    for (size_t i = 0; i < sim.plan->count; i++) {
        int64_t length = sim.plan->segments[i].length;
        for (int part = 0; part <= 4; part++) {
            come_back(i, length * part / 4, part % 2 == 0);
            if (part % 2 == 0) sim_command(&sim, 9 * SECOND, COMMAND_YES);
            sim.ended = -1;
            sim_reach(&sim, 3600 * SECOND);
            assert_true(sim.ended >= 0);
        }
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, close_sim)
    const struct CMUnitTest tests[] = {
        TEST(it_asks_and_goes_on_to_the_frame),
        TEST(no_begins_at_the_beginning),
        TEST(whatever_was_said_undo_asks_again_and_waits),
        TEST(a_doubtful_command_is_not_asked_back_while_this_is_asked),
        TEST(nobody_answers_and_it_asks_once_more_and_waits),
        TEST(what_follows_is_what_would_have_followed),
        TEST(a_sentence_that_broke_off_is_said_again),
        TEST(every_place_can_be_come_back_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
