// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ears.h"

#include "app/early.h"
#include "app/lesson.h"
#include "app/surroundings.h"
#include "audio/tape.h"
#include "base/log.h"
#include "base/path.h"
#include "base/ring.h"
#include "base/text.h"
#include "listen/listener.h"
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define BLOCK   480
#define TICK_MS 20 // until it is looked again whether there is anything to hear
#define WAITING 64 // results that wait for the main thread

struct ears {
    struct listener *listener;
    struct engine   *engine;
    uint64_t         bits[COMMANDS]; // of the listener, for each of ours
    int64_t          shift;          // engine frame of the listener's frame 0
    int64_t          fed;
    uint64_t         allowed; // the listening side's
    _Atomic uint64_t wanted;  // of ours; or, where BY_STATE, the listener's
    atomic_bool      by_state;
    struct ring      results;
    struct tape     *tape; // or NULL; the listening side's
    _Atomic int64_t  speaking;
    atomic_bool      stumbled;
    atomic_bool      renewed;
    bool             live;
    atomic_bool      closing;
    pthread_t        thread;
};

// The listener's commands by our numbers; those a session does not know are
// never listened for.
static void
map_commands(struct ears *ears)
{
    for (size_t i = 0; i < listener_commands(ears->listener); i++) {
        enum command command;
        if (command_parse(&command, listener_command(ears->listener, i)))
            ears->bits[command] |= UINT64_C(1) << i;
    }
}

static void
apply_wanted(struct ears *ears)
{
    uint64_t wanted = atomic_load(&ears->wanted);
    if (wanted == ears->allowed) return;

    uint64_t bits = atomic_load(&ears->by_state) ? wanted : 0;
    for (int i = 0; i < COMMANDS && !atomic_load(&ears->by_state); i++) {
        if (wanted >> i & 1) bits |= ears->bits[i];
    }
    listener_allow(ears->listener, bits);
    ears->allowed = wanted;
}

static void
post_results(struct ears *ears)
{
    struct heard heard;

    while (listener_next(ears->listener, &heard)) {
        struct ear_heard result = {
            .accepted   = heard.accepted,
            .doubtful   = heard.doubtful,
            .amid       = heard.amid,
            .confidence = heard.confidence,
            .from       = heard.from + ears->shift,
            .to         = heard.to + ears->shift,
            .decided    = heard.decided + ears->shift,
        };
        if (!command_parse(&result.command, heard.command))
            result.command = COMMANDS;
        text_copy(result.name, sizeof result.name, heard.command);
        text_copy(result.phrase, sizeof result.phrase, heard.phrase);
        text_copy(result.reason, sizeof result.reason, heard.reason);
        ring_push(&ears->results, &result, 1); // full: nobody reads, let go
    }
}

// With the old delay the own voice would be somebody's until the new one is
// found.
static void
begin_anew(struct ears *ears)
{
    listener_reset(ears->listener);
    ears->fed = 0;
}

// False where there was nothing to hear.
static bool
hear_block(struct ears *ears)
{
    struct heard_frame pairs[BLOCK];
    float              microphone[BLOCK], reference[BLOCK];
    int64_t            first = 0;
    size_t             count = engine_heard(ears->engine, pairs, BLOCK, &first);
    if (count == 0) return false;

    for (size_t i = 0; i < count; i++) {
        microphone[i] = pairs[i].microphone;
        reference[i]  = pairs[i].reference;
    }
    if (atomic_exchange(&ears->renewed, false)) begin_anew(ears);
    int64_t shift = first - ears->fed; // jumps where frames were lost
    if (atomic_exchange(&ears->stumbled, false) ||
        (ears->fed > 0 && shift != ears->shift))
        listener_stumble(ears->listener);
    ears->shift = shift;
    apply_wanted(ears);
    listener_feed(ears->listener, microphone, reference, count);
    ears->fed += (int64_t)count;
    if (ears->tape) tape_write(ears->tape, first, microphone, reference, count);
    atomic_store(&ears->speaking, listener_speaking(ears->listener));
    post_results(ears);
    return true;
}

static void *
hear_all(void *ctx)
{
    struct ears *ears = ctx;

    while (!atomic_load(&ears->closing)) {
        struct timespec tick = {.tv_nsec = TICK_MS * 1000000};
        if (!hear_block(ears)) nanosleep(&tick, NULL);
    }
    return NULL;
}

#define EARLY_MS 20 // the first guess comes before what was measured

// The canceller's first guess, where somebody measured it.
static void
expect_delay(struct listener *listener)
{
    struct surroundings s;
    struct report       report = {0};
    char                path[PATH_SIZE];

    if (surroundings_path(path) && path_exists(path) &&
        surroundings_read(&s, path, &report) == STATUS_OK && s.echoes)
        listener_expect(listener, fmax(s.delay_ms - EARLY_MS, 0) / 1000);
    report_print(&report, stderr);
    report_release(&report);
}

bool
ears_know(const char *voices)
{
    char path[PATH_SIZE];
    return path_join(path, voices, "confidence.yaml") && path_exists(path);
}

enum status
ears_open(struct ears **out, struct engine *engine,
          const struct ears_config *config, struct diag *diag)
{
    struct listener_config hearing = {
        .voices      = config->voices,
        .commands    = config->commands,
        .rate        = config->rate,
        .cancel_echo = true,
    };
    struct ears *ears = calloc(1, sizeof *ears);
    if (!ears) return STATUS_NO_MEMORY;

    ears->engine   = engine;
    ears->allowed  = ~UINT64_C(0); // as the listener begins
    enum status st = early_take(&ears->listener, config->early, &hearing, diag);
    if (!st) lesson_know(ears->listener);
    if (!st && config->live) expect_delay(ears->listener);
    if (!st && !ring_init(&ears->results, sizeof(struct ear_heard), WAITING))
        st = STATUS_NO_MEMORY;
    if (!st && config->record)
        st = tape_open(&ears->tape, config->record, config->rate, diag);
    if (!st) map_commands(ears);
    if (!st && config->live) {
        ears->live = pthread_create(&ears->thread, NULL, hear_all, ears) == 0;
        if (!ears->live) {
            diag_set(diag, NULL, "no thread could be started to listen");
            st = STATUS_FAILED;
        }
    }
    if (st) {
        ears_close(ears);
        return st;
    }
    *out = ears;
    return STATUS_OK;
}

void
ears_close(struct ears *ears)
{
    if (!ears) return;
    if (ears->live) {
        atomic_store(&ears->closing, true);
        pthread_join(ears->thread, NULL);
    }
    struct diag diag = {""};
    if (tape_close(ears->tape, &diag) != STATUS_OK)
        log_print(LOG_WARNING, "%s", diag.text);
    listener_close(ears->listener);
    ring_release(&ears->results);
    free(ears);
}

void
ears_allow(struct ears *ears, uint64_t commands)
{
    atomic_store(&ears->wanted, commands);
}

void
ears_allow_state(struct ears *ears, const char *state)
{
    uint64_t commands = 0;
    listener_state(ears->listener, state, &commands);
    atomic_store(&ears->by_state, true);
    atomic_store(&ears->wanted, commands);
}

void
ears_stumble(struct ears *ears)
{
    atomic_store(&ears->stumbled, true);
}

void
ears_renew(struct ears *ears)
{
    atomic_store(&ears->renewed, true);
}

void
ears_pump(struct ears *ears)
{
    while (hear_block(ears)) {
    }
}

bool
ears_next(struct ears *ears, struct ear_heard *heard)
{
    return ring_pop(&ears->results, heard, 1) == 1;
}

int64_t
ears_speaking(const struct ears *ears)
{
    return atomic_load(&ears->speaking);
}
