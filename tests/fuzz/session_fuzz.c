// SPDX-License-Identifier: GPL-3.0-or-later
// Random events through a session: its input is a list of records, each a
// command and how long after the one before, and is changed record by record.
// Time never goes back, nothing is said over anything else, nothing is rolled
// before a pain is settled, nothing comes after the end, and left alone the
// session comes to its end.
#include "session/session.h"

#include "base/language.h"
#include "plan/plan.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND 1000 // frames
#define RECORD 3    // bytes: command, milliseconds / 4 in two
#define HEAD   1    // bytes: which plans
#define KINDS  8    // of plans: pace, discomfort, screening
#define STEPS  200  // to the end, left alone

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t
LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
int
LLVMFuzzerInitialize(int *argc, char ***argv);

static const char text[] = //
    "routine: test\n"
    "title: Test\n"
    "needs: [roller]\n"
    "exercises:\n"
    "  - id: first\n"
    "    title: First\n"
    "    tool: roller\n"
    "    why: It feels good.\n"
    "    cautions: [{stop_if: anything sharp}]\n"
    "    setup: [Lie down., Lift your hips.]\n"
    "    ready: wait\n"
    "    work: {kind: roll, time: 40s, pace: 25 per minute}\n"
    "    sets: 2\n"
    "    rest: {time: 20s, stretch: [Reach far.]}\n"
    "    cues: [Slow., Breathe.]\n"
    "  - id: second\n"
    "    title: Second\n"
    "    work: {kind: hold, time: 20s}\n"
    "    sets: 2\n"
    "    sides: each\n"
    "    first: ask\n"
    "    change: 8s\n"
    "  - id: third\n"
    "    title: Third\n"
    "    work: {kind: free, time: 30s}\n"
    "    sets: 1\n";

static struct plan_voice voice = {.rate = SECOND};
static struct plan_set   plans[KINDS], answered[KINDS];

// What somebody in the room would hear.
struct room {
    int64_t now, narration, aside; // sounds until
    bool    frozen, over;
    int64_t rest; // of the frozen narration
};

static void
hold_to(bool right, const char *rule)
{
    if (right) return;
    fprintf(stderr, "broken: %s\n", rule);
    abort();
}
#define HOLD_TO(rule) hold_to((rule), #rule)

static int64_t
length(void *ctx, const char *said)
{
    (void)ctx;
    return 50 * (int64_t)strlen(said);
}

static void
compile(struct plan_set *set, const struct routine *routine, int kind,
        enum side side)
{
    struct diag         diag    = {""};
    struct plan_options options = {.level      = LEVEL_STANDARD,
                                   .sets_level = LEVEL_STANDARD,
                                   .attended   = true,
                                   .pace       = kind & 1,
                                   .discomfort = kind & 2,
                                   .screening  = kind & 4};

    for (int i = 0; i < ROUTINE_MOST_EXERCISES; i++)
        options.given.first[i] = side;
    HOLD_TO(plan_set_compile(set, routine, &options, &voice, &diag) ==
            STATUS_OK);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct phrasebook *book;
    static struct answers    *answers;
    static struct routine    *routine; // all plans point to it
    struct report             report = {0};
    char                      path[PATH_SIZE];

    (void)argc, (void)argv;
    HOLD_TO(language_path(path, "phrases.yaml"));
    HOLD_TO(phrasebook_read(&book, path, &report) == STATUS_OK);
    HOLD_TO(language_path(path, "answers.yaml"));
    HOLD_TO(answers_read(&answers, path, &report) == STATUS_OK);
    HOLD_TO(routine_parse(&routine, "test.yaml", text, strlen(text), &report) ==
            STATUS_OK);
    report_release(&report);
    voice.book    = book;
    voice.answers = answers;
    voice.length  = length;
    for (int kind = 0; kind < KINDS; kind++) {
        compile(&plans[kind], routine, kind, SIDE_NONE);
        compile(&answered[kind], routine, kind, SIDE_RIGHT);
    }
    return 0;
}

static void
hear(struct room *room, const struct effect *effect)
{
    HOLD_TO(!room->over);
    HOLD_TO(effect->frame >= room->now);
    room->now = effect->frame;
    switch (effect->kind) {
    case EFFECT_SAY:
        HOLD_TO(!room->frozen && room->now >= room->narration);
        HOLD_TO(room->now >= room->aside);
        room->narration = room->now + effect->say.length;
        break;
    case EFFECT_ASIDE:
        HOLD_TO(room->frozen || room->now >= room->narration);
        HOLD_TO(room->now >= room->aside);
        room->aside = room->now + effect->say.length;
        break;
    case EFFECT_HOLD:
        HOLD_TO(!room->frozen);
        room->frozen = true;
        room->rest   = room->narration - room->now;
        break;
    case EFFECT_GO_ON:
        if (room->frozen && room->rest > 0)
            room->narration = room->now + room->rest;
        room->frozen = false;
        break;
    case EFFECT_CUT:
        room->narration = room->aside = room->now;
        room->rest                    = 0;
        break;
    case EFFECT_CUT_ASIDE: room->aside = room->now; break;
    case EFFECT_END: room->over = true; break;
    default: break;
    }
}

static void
hear_all(struct room *room, struct session *s, const struct effects *fx,
         int kind)
{
    HOLD_TO(fx->count <= SESSION_MOST_EFFECTS);
    for (size_t i = 0; i < fx->count; i++)
        if (fx->list[i].kind == EFFECT_ANSWER)
            session_adopt(s, &answered[kind]);
    for (size_t i = 0; i < fx->count; i++) hear(room, &fx->list[i]);
    HOLD_TO(session_left(s) >= 0);
    HOLD_TO(s->question != QUESTION_PAIN || s->state == SESSION_PAUSED);
    HOLD_TO(!s->hurt || s->state == SESSION_PAUSED ||
            s->state >= SESSION_ENDING);
}

static void
reach(struct room *room, struct session *s, int64_t horizon, int kind)
{
    struct effects fx;

    while (!room->over && session_due(s) <= horizon) {
        int64_t due = session_due(s);
        HOLD_TO(due >= s->now);
        session_reach(s, due, &fx);
        hear_all(room, s, &fx, kind);
    }
    if (!room->over && s->now < horizon) {
        session_reach(s, horizon, &fx);
        hear_all(room, s, &fx, kind);
    }
}

static void
tell(struct room *room, struct session *s, enum command command, int kind)
{
    struct effects fx;

    session_command(s, s->now, command, &fx);
    hear_all(room, s, &fx, kind);
}

// Whatever waits for somebody is told to go on.
static void
come_to_an_end(struct room *room, struct session *s, int kind)
{
    for (int i = 0; i < STEPS && !room->over; i++) {
        if (s->state == SESSION_PAUSED) tell(room, s, COMMAND_RESUME, kind);
        if (!room->over && session_segment(s)->open)
            tell(room, s, COMMAND_NEXT, kind);
        reach(room, s, s->now + 3600 * SECOND, kind);
    }
    HOLD_TO(room->over);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct session      session;
    static struct session_undo undo;
    struct room                room = {0};

    if (size < HEAD) return 0;
    int kind = data[0] % KINDS;
    session_init(&session, &plans[kind], (enum level)(data[0] / KINDS % LEVELS),
                 (enum talk)(data[0] / KINDS / LEVELS % TALKS), &voice, &undo);
    tell(&room, &session, COMMAND_START, kind);
    for (size_t i = HEAD; i + RECORD <= size && !room.over; i += RECORD) {
        int64_t later = 4 * (data[i + 1] << 8 | data[i + 2]);
        reach(&room, &session, session.now + later, kind);
        if (!room.over)
            tell(&room, &session, (enum command)(data[i] % COMMANDS), kind);
    }
    if (!room.over) come_to_an_end(&room, &session, kind);
    return 0;
}

// Takes a record out, doubles one, puts a new one in, changes one's command or
// time; or what libFuzzer would do with bytes.
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    size_t records = size > HEAD ? (size - HEAD) / RECORD : 0;
    size_t at      = HEAD + RECORD * (records ? seed / 64 % records : 0);
    size_t behind  = size > at ? size - at : 0;
    bool   room    = size + RECORD <= most;

    switch (records ? seed % 8 : 7) {
    case 0:
        memmove(data + at, data + at + RECORD, behind - RECORD);
        return size - RECORD;
    case 1:
    case 2:
        if (!room) break;
        memmove(data + at + RECORD, data + at, behind);
        if (seed % 8 == 2) data[at] = (uint8_t)(seed >> 16);
        return size + RECORD;
    case 3: data[at] = (uint8_t)(seed >> 16); return size;
    case 4: data[at + 1] = (uint8_t)(seed >> 24 & 15); return size;
    case 5: data[at + 2] = (uint8_t)(seed >> 16); return size;
    default: break;
    }
    return LLVMFuzzerMutate(data, size, most);
}
