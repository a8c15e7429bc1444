// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for any sequence of commands at any time, in any routine: nothing
// is said over anything else, "one" is a second before its tone, time never
// goes back, undo restores what was, a pain is settled before it goes on, both
// sides have the same time, and left alone the session comes to its end.
#include "sim_helper.h"

#include "routine/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// Sanitizers make each of them many times as slow, and see as much in a tenth.
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define LESS 10
#else
#define LESS 1
#endif
#define SEQUENCES           (50000 / LESS)
#define GENERATED           250           // routines, made by throwing dice
#define GENERATED_SEQUENCES (200 / LESS)  // of each of them
#define LIBRARY_SEQUENCES   (1000 / LESS) // of each of its routines
#define STEPS               40

static const char routine[] = //
    "routine: test\n"
    "title: Test\n"
    "needs: [roller, ball]\n"
    "exercises:\n"
    "  - id: first\n"
    "    title: First\n"
    "    tool: roller\n"
    "    why: It feels good.\n"
    "    cautions: [{stop_if: anything sharp}]\n"
    "    setup: [Lie down., Lift your hips.]\n"
    "    ready: 10s\n"
    "    work: {kind: roll, time: 40s, pace: 25 per minute}\n"
    "    sets: 2\n"
    "    rest: {time: 20s, stretch: [Reach far., Breathe out for long.]}\n"
    "    cues: [Slow., Breathe., All the way down.]\n"
    "    vary: [{when: last set, say: A little deeper.}]\n"
    "  - id: second\n"
    "    title: Second\n"
    "    tool: ball\n"
    "    setup: [Stand up.]\n"
    "    work: {kind: hold, time: 20s}\n"
    "    sets: 2\n"
    "    sides: each\n"
    "    first: ask\n"
    "    change: 8s\n"
    "    cues: [Press in.]\n";

// What a listener in the room would notice.
struct room {
    int64_t now;
    int64_t narration; // sounds until
    int64_t aside;
    bool    frozen;
    int64_t remaining; // of the frozen narration
    int64_t zero;      // when the counted tone is due, or -1
    int64_t counted;   // "ten seconds" or a count sounds until
    bool    work;
    bool    over;
};

static uint64_t               dice;
static const struct plan_set *answered; // plans once something was answered
static int                    current;  // sequence
static const char            *file;     // of a routine, or NULL
static char                   generated[8192]; // YAML of one, or ""
static bool                   trace;

// xorshift64*: the same sequence everywhere.
static uint64_t
roll(uint64_t below)
{
    dice ^= dice >> 12;
    dice ^= dice << 25;
    dice ^= dice >> 27;
    return (dice * UINT64_C(2685821657736338717) >> 33) % below;
}

static void
say(struct room *room, const struct effect *effect)
{
    int64_t at = effect->frame;

    assert_true(at >= room->aside);
    assert_true(room->frozen || at >= room->narration);
    if (effect->kind == EFFECT_ASIDE) {
        room->aside = at + effect->say.length;
        return;
    }
    assert_false(room->frozen);
    room->narration = at + effect->say.length;
    if (strcmp(effect->say.text, "One.") == 0) room->zero = at + SECOND;
    if (strcmp(effect->say.text, "Ten seconds.") == 0 ||
        strcmp(effect->say.text, "Three.") == 0 ||
        strcmp(effect->say.text, "Two.") == 0 ||
        strcmp(effect->say.text, "One.") == 0)
        room->counted = room->narration;
}

static void
tone(struct room *room, const struct effect *effect)
{
    bool counted = effect->signal <= SIGNAL_ZERO_SESSION;
    bool pace    = effect->signal >= SIGNAL_PACE_UP;

    if (pace) { // never after zero, never under a count
        assert_true(room->work && !room->frozen);
        assert_true(effect->frame >= room->counted);
        assert_true(effect->frame + 3 * SECOND < room->zero);
    }
    if (!counted) return;
    // Nothing is cut off by the tone, and the count was right.
    assert_true(effect->frame >= room->narration);
    assert_true(effect->frame >= room->aside);
    assert_int_equal(room->zero, effect->frame);
    room->zero = -1;
}

static void
notice(struct room *room, const struct effect *effect)
{
    if (trace)
        fprintf(stderr, "%d kind %d %s\n", (int)effect->frame, effect->kind,
                effect->kind == EFFECT_SAY || effect->kind == EFFECT_ASIDE
                    ? effect->say.text
                    : "");
    assert_true(effect->frame >= room->now);
    assert_false(room->over);
    room->now = effect->frame;
    switch (effect->kind) {
    case EFFECT_SEGMENT:
        room->work    = effect->segment->kind == SEGMENT_WORK;
        room->counted = 0;
        break;
    case EFFECT_SAY:
    case EFFECT_ASIDE: say(room, effect); break;
    case EFFECT_SIGNAL: tone(room, effect); break;
    case EFFECT_HOLD:
        assert_false(room->frozen);
        room->frozen    = true;
        room->remaining = room->narration - effect->frame;
        break;
    case EFFECT_GO_ON:
        if (room->frozen && room->remaining > 0)
            room->narration = effect->frame + room->remaining;
        room->frozen = false;
        break;
    case EFFECT_CUT:
        room->narration = room->aside = effect->frame;
        room->remaining               = 0;
        break;
    case EFFECT_CUT_ASIDE: room->aside = effect->frame; break;
    case EFFECT_END: room->over = true; break;
    default: break;
    }
}

// A count that goes on after a pause is noticed again from the session itself.
static void
look_for_count(struct room *room, const struct session *session)
{
    if (room->zero < 0 && !session->held && !room->over &&
        session_segment(session)->end != END_SILENT)
        room->zero = session->origin + session->length;
}

// Nothing is rolled where it hurts, nor while it is asked how.
static void
assert_spared(const struct session *session)
{
    if (session->state == SESSION_PAUSED) return;
    assert_int_not_equal(session->question, QUESTION_PAIN);
    if (session->state < SESSION_ENDING) assert_false(session->hurt);
}

static void
reach(struct room *room, struct session *session, int64_t frame)
{
    struct effects fx;

    while (session_due(session) <= frame) {
        assert_true(session_due(session) >= room->now);
        session_reach(session, frame, &fx);
        for (size_t i = 0; i < fx.count; i++) {
            if (fx.list[i].kind == EFFECT_GO_ON) room->zero = -1;
            notice(room, &fx.list[i]);
        }
        look_for_count(room, session);
        assert_spared(session);
    }
    session_reach(session, frame, &fx);
}

// Exactly where it was, its clock included.
static void
assert_restored(const struct session *now, const struct session *before)
{
    assert_int_equal(now->state, before->state);
    assert_int_equal(now->segment, before->segment);
    assert_int_equal(now->length, before->length);
    assert_int_equal(session_elapsed(now), session_elapsed(before));
    assert_int_equal(now->cursor, before->cursor);
    assert_int_equal(now->level, before->level);
    assert_int_equal(now->talk, before->talk);
    assert_int_equal(now->gain, before->gain);
    assert_int_equal(now->beat, before->beat);
    assert_int_equal(now->hurt, before->hurt);
    assert_int_equal(now->answered, before->answered);
    assert_memory_equal(&now->given, &before->given, sizeof now->given);
    if (before->question == QUESTION_PAIN)
        assert_int_equal(now->question, QUESTION_PAIN);
}

static void
undo(struct session *session, struct effects *fx)
{
    struct session before = session->undo->before;

    if (session_command(session, session->now, COMMAND_UNDO, fx))
        assert_restored(session, &before);
}

static void
tell(struct room *room, struct session *session, enum command command)
{
    struct effects fx;
    int64_t        at = session->now;

    if (trace) fprintf(stderr, "%d %s\n", (int)at, command_name(command));

    if (command == COMMAND_UNDO) {
        undo(session, &fx);
        room->zero = -1;
    } else if (session_command(session, at, command, &fx)) {
        room->zero = -1;
    }
    for (size_t i = 0; i < fx.count; i++) {
        if (fx.list[i].kind == EFFECT_ANSWER) session_adopt(session, answered);
    }
    for (size_t i = 0; i < fx.count; i++) notice(room, &fx.list[i]);
    look_for_count(room, session);
    assert_spared(session);
}

// One sequence of commands, the N-th; always the same.
static void
run_sequence(const struct sim *sim, int n)
{
    struct session      session;
    struct session_undo undo;
    struct room         room = {.zero = -1};

    dice = (uint64_t)n * UINT64_C(0x9E3779B97F4A7C15);
    session_init(&session, &sim->plans[0], LEVEL_STANDARD, TALK_FULL,
                 &sim->voice, &undo);
    tell(&room, &session, COMMAND_START);
    for (int i = 0; i < STEPS && !room.over; i++) {
        reach(&room, &session, session.now + (int64_t)roll(12 * SECOND));
        if (!room.over) tell(&room, &session, (enum command)roll(COMMANDS));
    }
    if (session.state == SESSION_PAUSED) tell(&room, &session, COMMAND_RESUME);
    for (int i = 0; i < STEPS && !room.over; i++) {
        reach(&room, &session, session.now + 2 * 3600 * SECOND);
        if (!room.over && session_segment(&session)->open)
            tell(&room, &session, COMMAND_NEXT);
    }
    if (!room.over) fail_msg("the session never ends");
}

// Everything that can be asked is asked; with an answer the right side comes
// first.
static void
open_asking(struct sim *sim, struct plan_set *other, const char *yaml)
{
    struct plan_options options = {.level      = LEVEL_STANDARD,
                                   .sets_level = LEVEL_STANDARD,
                                   .pace       = true,
                                   .attended   = true,
                                   .screening  = true,
                                   .discomfort = true};
    struct diag         diag    = {0};

    if (yaml)
        sim_open(sim, yaml, &options);
    else
        sim_open_file(sim, file, &options);
    for (int i = 0; i < ROUTINE_MOST_EXERCISES; i++)
        options.given.first[i] = SIDE_RIGHT;
    enum status st =
        plan_set_compile(other, sim->routine, &options, &sim->voice, &diag);
    assert_int_equal(st, STATUS_OK);
    answered = other;
}

// PROPERTY_SEQUENCE=N runs and shows only that one.
static void
any_sequence_of_commands_keeps_the_rules(void **state)
{
    (void)state;
    struct sim      sim;
    struct plan_set other;
    const char     *only = getenv("PROPERTY_SEQUENCE");

    open_asking(&sim, &other, routine);
    trace = only != NULL;
    for (current = only ? atoi(only) : 1; current <= SEQUENCES; current++) {
        run_sequence(&sim, current);
        if (only) break;
    }
    current = 0;
    plan_set_release(&other);
    sim_close(&sim);
}

// ---- any routine --------------------------------------------------------

// One line more of the routine.
static void
put(const char *format, ...)
{
    size_t  used = strlen(generated);
    va_list values;

    va_start(values, format);
    int added =
        vsnprintf(generated + used, sizeof generated - used, format, values);
    va_end(values);
    assert_true(used + (size_t)added < sizeof generated);
}

static int
between(int least, int most)
{
    return least + (int)roll((uint64_t)most - (uint64_t)least + 1);
}

static void
put_lines(const char *key, int most, const char *line)
{
    int count = between(0, most);
    if (count == 0) return;
    put("    %s: [", key);
    for (int i = 0; i < count; i++) {
        put("%s%s", i ? ", " : "", line);
        for (int words = between(0, 4); words > 0; words--) put(" and more");
        put(".");
    }
    put("]\n");
}

static void
put_work(void)
{
    static const char *const kinds[] = {"roll", "hold", "free"};
    int                      kind    = between(0, 20) ? between(0, 1) : 2;
    int                      low     = between(5, 60);

    put("    work: {kind: %s, time: %d-%ds", kinds[kind], low,
        low + between(0, 30));
    if (kind == 0 && between(0, 1))
        put(", pace: %d per minute", between(1, 60));
    put("}\n");
}

static void
put_sides(void)
{
    static const char *const firsts[] = {"left", "right", "ask"};
    static const char *const alone[]  = {"both", "left", "right"};

    if (between(0, 1)) {
        put("    sides: %s\n", alone[between(0, 2)]);
        return;
    }
    put("    sides: each\n    first: %s\n", firsts[between(0, 2)]);
    if (between(0, 1)) put("    change: %ds\n", between(0, 20));
}

static void
put_exercise(int n)
{
    put("  - id: e%d\n    title: Number %d\n", n, n);
    if (between(0, 2)) put("    tool: %s\n", between(0, 1) ? "roller" : "ball");
    if (between(0, 1)) put("    why: It feels good.\n");
    if (between(0, 1)) put("    cautions: [{stop_if: anything sharp}]\n");
    put_lines("setup", 5, "Lie down");
    if (between(0, 3))
        put("    ready: %ds\n", between(0, 30));
    else
        put("    ready: wait\n");
    put_work();
    put("    sets: %d-%d\n", between(1, 2), between(2, 4));
    put_sides();
    put("    rest: {time: %ds, stretch: [Reach far., Breathe out for long.], "
        "last: %s}\n",
        between(1, 60), between(0, 1) ? "true" : "false");
    put_lines("cues", 6, "Slow");
    if (between(0, 1))
        put("    vary: [{when: last set, say: A little deeper.}]\n");
}

static void
generate(int n)
{
    dice         = (uint64_t)n * UINT64_C(0xD1B54A32D192ED03);
    generated[0] = '\0';
    put("routine: test\ntitle: Test\nabout: For a test.\n"
        "needs: [roller, ball]\nexercises:\n");
    for (int i = 1, most = between(1, 4); i <= most; i++) put_exercise(i);
}

// In every plan, whatever was answered.
static void
assert_same_sides(const struct sim *sim)
{
    for (int i = 0; i < LEVELS * TALKS; i++) {
        const struct plan *plan = sim->plans[0].plan[i / TALKS][i % TALKS];
        int64_t            left = 0, right = 0;
        for (size_t k = 0; k < plan->count; k++) {
            const struct segment  *segment = &plan->segments[k];
            const struct exercise *e       = plan_exercise(plan, segment);
            if (segment->kind != SEGMENT_WORK || e->sides != SIDES_EACH)
                continue;
            *(segment->side == SIDE_LEFT ? &left : &right) += segment->length;
        }
        assert_int_equal(left, right);
    }
}

static void
and_so_it_is_for_any_routine(void **state)
{
    (void)state;

    for (int n = 1; n <= GENERATED; n++) {
        struct sim      sim;
        struct plan_set other;
        generate(n);
        current = n * GENERATED_SEQUENCES;
        open_asking(&sim, &other, generated);
        assert_same_sides(&sim);
        for (int i = 0; i < GENERATED_SEQUENCES; i++, current++)
            run_sequence(&sim, current);
        current = 0;
        plan_set_release(&other);
        sim_close(&sim);
    }
    generated[0] = '\0';
}

static void
and_so_it_is_for_every_routine_of_the_library(void **state)
{
    (void)state;
    struct library library = {0};
    struct diag    diag    = {0};

    bool chained = false;

    assert_int_equal(library_scan(&library, &diag), STATUS_OK);
    assert_true(library.count >= 19);
    for (size_t i = 0; i < library.count; i++) {
        struct sim      sim;
        struct plan_set other;
        file = library.entries[i].path;
        open_asking(&sim, &other, NULL);
        assert_same_sides(&sim);
        chained = chained || sim.routine->chain.count > 0;
        for (current = 1; current <= LIBRARY_SEQUENCES; current++)
            run_sequence(&sim, current);
        current = 0;
        plan_set_release(&other);
        sim_close(&sim);
    }
    assert_true(chained);
    file = NULL;
    library_release(&library);
}

// After a failure: which sequence it was.
static int
tell_sequence(void **state)
{
    (void)state;
    if (current > 0)
        fprintf(stderr, "PROPERTY_SEQUENCE=%d shows it %s\n%s", current,
                file ? file : "", generated);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(any_sequence_of_commands_keeps_the_rules,
                                  tell_sequence),
        cmocka_unit_test_teardown(and_so_it_is_for_any_routine, tell_sequence),
        cmocka_unit_test_teardown(and_so_it_is_for_every_routine_of_the_library,
                                  tell_sequence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
