// SPDX-License-Identifier: GPL-3.0-or-later
// What works at any time: "it hurts" and "stop", in every state and in the
// middle of a word; and "undo" of every command, wherever it was given.
#include "sim_helper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define STRIDE 2300 // ms from one try to the next

static const char routine[] = //
    "routine: test\n"
    "title: Test\n"
    "about: For a test.\n"
    "needs: [roller]\n"
    "exercises:\n"
    "  - id: first\n"
    "    title: First\n"
    "    tool: roller\n"
    "    why: It feels good.\n"
    "    setup: [Lie down., Lift your hips.]\n"
    "    ready: wait\n"
    "    work: {kind: roll, time: 24s, pace: 15 per minute}\n"
    "    sets: 2\n"
    "    rest: {time: 15s, stretch: Reach far.}\n"
    "    cues: [Slow., Breathe.]\n"
    "  - id: second\n"
    "    title: Second\n"
    "    tool: roller\n"
    "    setup: [Turn over.]\n"
    "    work: {kind: hold, time: 20s}\n"
    "    sets: 1\n"
    "    sides: each\n"
    "    first: ask\n"
    "    cues: [Press in.]\n";

static struct sim sim;

static int
open_sim(void **state)
{
    static const struct plan_options asking = {.level      = LEVEL_STANDARD,
                                               .sets_level = LEVEL_STANDARD,
                                               .attended   = true,
                                               .pace       = true,
                                               .discomfort = true};
    (void)state;
    sim_open(&sim, routine, &asking);
    return 0;
}

static int
close_sim(void **state)
{
    (void)state;
    sim_close(&sim);
    return 0;
}

// Goes through all of the session in steps, and at each does BEFORE, ... :
// calls LOOK with a copy, which it may change.
typedef void
look(struct session *session);

static void
reach(struct session *session, int64_t frame)
{
    struct effects fx;

    while (session_due(session) <= frame) session_reach(session, frame, &fx);
    session_reach(session, frame, &fx);
}

static bool
tell(struct session *session, enum command command, struct effects *fx)
{
    return session_command(session, session->now, command, fx);
}

// LOOK gets a session at each of its times, and in each of the states that a
// person can bring it into there.
static void
at_all_times(look *at)
{
    static const enum command before[] = {
        COMMANDS,      COMMAND_PAUSE, COMMAND_EXPLAIN,    COMMAND_PAIN,
        COMMAND_WHERE, COMMAND_STOP,  COMMAND_END_SESSION};
    struct session_undo undo;
    struct effects      fx;
    int                 times = 0;

    for (; sim.session.state != SESSION_ENDED; times++) {
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            struct session copy = sim.session;
            undo                = sim.undo;
            copy.undo           = &undo;
            if (before[i] != COMMANDS && !tell(&copy, before[i], &fx)) continue;
            reach(&copy, copy.now + (int64_t)i * 400);
            at(&copy);
        }
        reach(&sim.session, sim.session.now + STRIDE);
        if (sim.session.state != SESSION_ENDED &&
            session_segment(&sim.session)->open)
            tell(&sim.session, COMMAND_NEXT, &fx);
        assert_true(times < 1000);
    }
    assert_true(times > 60);
}

static const struct effect *
effect_of(const struct effects *fx, enum effect_kind kind)
{
    for (size_t i = 0; i < fx->count; i++) {
        if (fx->list[i].kind == kind) return &fx->list[i];
    }
    return NULL;
}

static void
look_at_silence(struct session *session, enum command command)
{
    struct effects fx;
    int64_t        now = session->now;

    assert_true(session_commands(session) >> command & 1);
    assert_true(tell(session, command, &fx));
    assert_int_equal(fx.list[0].kind, EFFECT_CUT); // before anything else
    assert_int_equal(fx.list[0].frame, now);
    assert_false(session_is_speaking(session));
}

static void
hurts(struct session *session)
{
    struct session other = *session;
    struct effects fx;

    look_at_silence(session, COMMAND_PAIN);
    assert_int_equal(session->state, SESSION_PAUSED);
    assert_int_equal(session->question, QUESTION_PAIN);
    assert_string_equal(session->aside.text,
                        phrase_text(sim.book, PHRASE_PAIN));

    tell(&other, COMMAND_PAIN, &fx);
    assert_string_equal(effect_of(&fx, EFFECT_PAIN)->pain.what, "told");
    assert_true(tell(&other, COMMAND_YES, &fx));
    assert_string_equal(effect_of(&fx, EFFECT_PAIN)->pain.what, "sharp");
}

static void
it_hurts_is_heard_in_every_state_and_in_the_middle_of_speech(void **state)
{
    (void)state;
    at_all_times(hurts);
}

static void
stops(struct session *session)
{
    bool ending = session->state == SESSION_ENDING;

    look_at_silence(session, COMMAND_STOP);
    assert_int_equal(session->state, ending ? SESSION_ENDING : SESSION_PAUSED);
    if (ending) assert_int_equal(session->aside.length, 0);
}

static void
stop_is_heard_in_every_state_and_in_the_middle_of_speech(void **state)
{
    (void)state;
    at_all_times(stops);
}

// ---- undo ---------------------------------------------------------------

static void
assert_is_back(const struct session *now, const struct session *before,
               enum command command)
{
    bool same =
        now->state == before->state && now->segment == before->segment &&
        now->plan == before->plan && now->length == before->length &&
        now->level == before->level && now->talk == before->talk &&
        now->gain == before->gain && now->cursor == before->cursor &&
        now->beat == before->beat && now->hurt == before->hurt &&
        now->answered == before->answered &&
        now->explained == before->explained &&
        now->instruction == before->instruction &&
        session_elapsed(now) == session_elapsed(before) &&
        given_is_same(&now->given, &before->given) &&
        (before->question != QUESTION_PAIN || now->question == QUESTION_PAIN);
    if (!same)
        fail_msg("%s in state %d, segment %zu, is not taken back",
                 command_name(command), (int)before->state, before->segment);
}

// DELAY ms after COMMAND it is taken back.
static void
look_at_undo(const struct session *session, enum command command, int64_t delay)
{
    struct session      copy = *session;
    struct session_undo undo = {0};
    struct effects      fx;

    copy.undo = &undo;
    if (!tell(&copy, command, &fx) || !undo.there) return;
    bool ends = copy.state == SESSION_ENDING;
    reach(&copy, copy.now + delay);
    if (copy.state == SESSION_ENDED && !ends) return; // its time was over
    assert_true(session_commands(&copy) >> COMMAND_UNDO & 1);
    assert_true(tell(&copy, COMMAND_UNDO, &fx));
    assert_is_back(&copy, session, command);
}

static void
undoes(struct session *session)
{
    for (int i = 0; i < COMMANDS; i++) {
        look_at_undo(session, (enum command)i, 0);
        look_at_undo(session, (enum command)i, 700);
        look_at_undo(session, (enum command)i, 9900);
    }
}

static void
every_command_can_be_taken_back_for_ten_seconds_wherever_it_was_given(
    void **state)
{
    (void)state;
    at_all_times(undoes);
}

static void
everything_but_questions_and_haste_to_the_end_can_be_taken_back(void **state)
{
    (void)state;
    struct effects fx;

    sim_work(&sim, 1, 9000);
    for (int i = 0; i < COMMANDS; i++) {
        struct session      copy = sim.session;
        struct session_undo undo = {0};
        copy.undo                = &undo;
        if (i < COMMAND_TIME_LEFT && i != COMMAND_UNDO &&
            tell(&copy, (enum command)i, &fx))
            assert_true(undo.there);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_sim, close_sim)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_hurts_is_heard_in_every_state_and_in_the_middle_of_speech),
        TEST(stop_is_heard_in_every_state_and_in_the_middle_of_speech),
        TEST(
            every_command_can_be_taken_back_for_ten_seconds_wherever_it_was_given),
        TEST(everything_but_questions_and_haste_to_the_end_can_be_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
