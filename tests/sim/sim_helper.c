// SPDX-License-Identifier: GPL-3.0-or-later
#include "sim_helper.h"

#include "plan/gate.h"

#include "base/path.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const char sim_two_exercises[] = //
    "routine: test\n"
    "title: Test\n"
    "needs: [roller, ball]\n"
    "exercises:\n"
    "  - id: first\n"
    "    title: First\n"
    "    tool: roller\n"
    "    setup: [Lie down., Lift your hips.]\n"
    "    ready: 10s\n"
    "    work: {kind: roll, time: 40s}\n"
    "    sets: 3\n"
    "    rest: {time: 30s, stretch: Reach far.}\n"
    "    cues: [Slow., Breathe.]\n"
    "  - id: second\n"
    "    title: Second\n"
    "    tool: ball\n"
    "    setup: [Stand up.]\n"
    "    work: {kind: hold, time: 30s}\n"
    "    sets: 2\n"
    "    sides: each\n"
    "    change: 8s\n"
    "    cues: [Press in.]\n";

int64_t
sim_length(void *ctx, const char *text)
{
    (void)ctx;
    return 50 * (int64_t)strlen(text);
}

static void
write_log(struct sim *sim, const struct effect *effect)
{
    static const char *const signals[SIGNALS] = {
        "go",       "zero side", "zero set", "zero exercise", "zero session",
        "accepted", "declined",  "pace up",  "pace down"};
    char what[600] = "";

    switch (effect->kind) {
    case EFFECT_SEGMENT:
        snprintf(what, sizeof what, "segment %s %d %s",
                 segment_kind_name(effect->segment->kind), effect->segment->set,
                 effect->segment->side ? side_name(effect->segment->side)
                                       : "-");
        break;
    case EFFECT_SAY:
        snprintf(what, sizeof what, "say %s", effect->say.text);
        break;
    case EFFECT_ASIDE:
        snprintf(what, sizeof what, "aside %s", effect->say.text);
        break;
    case EFFECT_SIGNAL:
        snprintf(what, sizeof what, "tone %s", signals[effect->signal]);
        break;
    case EFFECT_HOLD: snprintf(what, sizeof what, "hold"); break;
    case EFFECT_GO_ON: snprintf(what, sizeof what, "go_on"); break;
    case EFFECT_CUT: snprintf(what, sizeof what, "cut"); break;
    case EFFECT_CUT_ASIDE: snprintf(what, sizeof what, "cut_aside"); break;
    case EFFECT_MUSIC:
        snprintf(what, sizeof what, "music %s %d",
                 effect->music.off ? "off" : "on", effect->music.gain);
        break;
    case EFFECT_GAIN:
        snprintf(what, sizeof what, "gain %d", effect->gain);
        break;
    case EFFECT_LENGTH:
        snprintf(what, sizeof what, "length %d", (int)effect->length);
        break;
    case EFFECT_PAIN:
        snprintf(what, sizeof what, "pain %s %s", effect->pain.what,
                 effect->pain.exercise ? effect->pain.exercise->id : "-");
        break;
    case EFFECT_ANSWER:
        snprintf(what, sizeof what, "answer %d", effect->answer.value);
        break;
    case EFFECT_END:
        snprintf(what, sizeof what, "end %s", effect->reason);
        sim->ended = effect->frame;
        break;
    }
    int room = (int)(sizeof sim->log - sim->log_length);
    int used = snprintf(sim->log + sim->log_length, (size_t)room, "%d %s\n",
                        (int)effect->frame, what);
    assert_true(used < room);
    sim->log_length += (size_t)used;
}

static void
write_all(struct sim *sim, const struct effects *fx)
{
    for (size_t i = 0; i < fx->count; i++) write_log(sim, &fx->list[i]);
}

// Plans for what was given so far.
static void
compile(struct sim *sim)
{
    struct plan_options options = sim->options;
    struct gated        gated;
    struct diag         diag = {0};

    assert_true(sim->compiled < SIM_MOST_PLANS);
    plan_gate(&options, &gated, sim->routine, sim->book);
    enum status st =
        plan_set_compile(&sim->plans[sim->compiled++], sim->routine, &options,
                         &sim->voice, &diag);
    assert_int_equal(st, STATUS_OK);
}

// As the player does: what was answered may call for other plans.
static void
follow(struct sim *sim)
{
    if (given_is_same(&sim->options.given, &sim->session.given)) return;
    sim->options.given = sim->session.given;
    compile(sim);
    session_adopt(&sim->session, &sim->plans[sim->compiled - 1]);
}

// What rollcall says and answers, and a voice on the virtual clock.
static void
open_words(struct sim *sim, struct report *report)
{
    char share[PATH_SIZE], path[PATH_SIZE];

    memset(sim, 0, sizeof *sim);
    sim->ended = -1;
    assert_true(path_share(share));
    assert_true(path_join(path, share, "voices/en-us/phrases.yaml"));
    assert_int_equal(phrasebook_read(&sim->book, path, report), STATUS_OK);
    assert_true(path_join(path, share, "voices/en-us/answers.yaml"));
    assert_int_equal(answers_read(&sim->answers, path, report), STATUS_OK);
    sim->voice = (struct plan_voice){.rate    = SECOND,
                                     .book    = sim->book,
                                     .answers = sim->answers,
                                     .length  = sim_length};
}

static void
start(struct sim *sim, const struct plan_options *options,
      struct report *report)
{
    static const struct plan_options standard = {.level      = LEVEL_STANDARD,
                                                 .sets_level = LEVEL_STANDARD};

    report_print(report, stderr);
    report_release(report);
    assert_non_null(sim->routine);
    sim->options = options ? *options : standard;
    compile(sim);
    sim->plan = sim->plans[0].plan[sim->options.level][sim->options.talk];
    session_init(&sim->session, &sim->plans[0], sim->options.level,
                 sim->options.talk, &sim->voice, &sim->undo);
    sim->session.given = sim->options.given;
    sim_command(sim, 0, COMMAND_START);
}

void
sim_open(struct sim *sim, const char *yaml, const struct plan_options *options)
{
    struct report report = {0};

    open_words(sim, &report);
    routine_parse(&sim->routine, "test.yaml", yaml, strlen(yaml), &report);
    start(sim, options, &report);
}

void
sim_open_file(struct sim *sim, const char *path,
              const struct plan_options *options)
{
    struct report report = {0};

    open_words(sim, &report);
    routine_read(&sim->routine, path, &report);
    start(sim, options, &report);
}

void
sim_close(struct sim *sim)
{
    for (size_t i = 0; i < sim->compiled; i++) plan_set_release(&sim->plans[i]);
    routine_free(sim->routine);
    answers_free(sim->answers);
    phrasebook_free(sim->book);
}

void
sim_reach(struct sim *sim, int64_t frame)
{
    struct effects fx;

    while (session_due(&sim->session) <= frame) {
        session_reach(&sim->session, frame, &fx);
        write_all(sim, &fx);
    }
    session_reach(&sim->session, frame, &fx);
    assert_int_equal(fx.count, 0);
}

bool
sim_command(struct sim *sim, int64_t frame, enum command command)
{
    struct effects fx;

    sim_reach(sim, frame);
    bool taken = session_command(&sim->session, frame, command, &fx);
    write_all(sim, &fx);
    follow(sim);
    return taken;
}

int64_t
sim_segment(const struct sim *sim, enum segment_kind kind, int n)
{
    int64_t at = 0;

    for (size_t i = 0; i < sim->plan->count; i++) {
        const struct segment *segment = &sim->plan->segments[i];
        if (segment->kind == kind && --n == 0) return at;
        at += segment->length;
    }
    fail_msg("no such segment");
    return -1;
}

static bool
is_wanted(const char *what, size_t length, const char *only)
{
    while (only && *only) {
        size_t word = strcspn(only, " ");
        if (length >= word && strncmp(what, only, word) == 0) return true;
        only += word + (only[word] == ' ');
    }
    return only == NULL;
}

const char *
sim_heard(struct sim *sim, const char *only)
{
    static char heard[1 << 16];
    size_t      used = 0;
    const char *line = sim->log;

    heard[0] = '\0';
    while (*line) {
        size_t      length = strcspn(line, "\n");
        const char *what   = strchr(line, ' ') + 1;
        if (is_wanted(what, length - (size_t)(what - line), only))
            used +=
                (size_t)snprintf(heard + used, sizeof heard - used, "%s%.*s",
                                 used ? "; " : "", (int)length, line);
        line += length + 1;
    }
    sim->log_length = 0;
    sim->log[0]     = '\0';
    return heard;
}

int64_t
sim_work(struct sim *sim, int n, int64_t ms)
{
    int64_t start = sim_segment(sim, SEGMENT_WORK, n);
    sim_reach(sim, start + ms);
    sim_heard(sim, NULL);
    return start;
}

void
sim_assert_heard(struct sim *sim, int64_t start, const char *only,
                 const char *expected)
{
    char        relative[1 << 14] = "";
    const char *heard             = sim_heard(sim, only);
    size_t      used              = 0;

    while (*heard) {
        char  *end;
        long   frame  = strtol(heard, &end, 10);
        size_t length = strcspn(end, ";");
        used += (size_t)snprintf(relative + used, sizeof relative - used,
                                 "%s%ld%.*s", used ? "; " : "",
                                 frame - (long)start, (int)length, end);
        heard = end + length;
        heard += strspn(heard, "; ");
    }
    assert_string_equal(relative, expected);
}
