// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/idle.h"

#include "app/deck.h"
#include "app/ears.h"
#include "app/hooks.h"
#include "app/interrupt.h"
#include "app/prepare.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUN_MS   20
#define SLEEP_MS 1000 // with nothing to hear; a wish wakes at once
#define RETRY_S  30   // for a microphone that is not there

struct idle {
    const struct player_options *options;
    struct steering             *steering;
    struct deck                  deck;
    struct ears                 *ears;
    time_t                       retry; // the microphone, not before
    bool                         told;  // that there is none
};

enum status
idle_new(struct idle **out, const struct player_options *options,
         struct steering *steering)
{
    struct idle *idle = calloc(1, sizeof *idle);
    if (!idle) return STATUS_NO_MEMORY;
    idle->options  = options;
    idle->steering = steering;
    *out           = idle;
    return STATUS_OK;
}

void
idle_free(struct idle *idle)
{
    free(idle);
}

static time_t
seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static void
close_ears(struct idle *idle)
{
    ears_close(idle->ears);
    deck_close(&idle->deck);
    idle->ears = NULL;
}

static enum status
open_deck(struct idle *idle, struct diag *diag)
{
    struct host_config config = idle->options->sound;

    config.listen  = true;
    enum status st = deck_open(&idle->deck, idle->options->host, &config, diag);
    return st ? st : deck_hears(&idle->deck, diag);
}

static enum status
open_ears(struct idle *idle, const char *voices, struct diag *diag)
{
    enum status st = open_deck(idle, diag);
    if (st) return st;
    struct ears_config config = {.voices   = voices,
                                 .commands = "waking.yaml",
                                 .rate     = idle->deck.host->rate,
                                 .live     = true};
    st = ears_open(&idle->ears, idle->deck.engine, &config, diag);
    if (!st) ears_allow_state(idle->ears, "waiting");
    return st;
}

// A microphone that is not there is looked for again and again, and told once.
static void
try_ears(struct idle *idle)
{
    const struct player_options *o    = idle->options;
    struct diag                  diag = {""};
    char                         voices[PATH_SIZE];

    if (!o->listen || o->host != &host_portaudio || !prepare_voices(voices) ||
        !ears_know(voices) || seconds_now() < idle->retry)
        return;
    if (open_ears(idle, voices, &diag) == STATUS_OK) {
        engine_mute(idle->deck.engine, idle->steering->muted);
        idle->told = false;
        return;
    }
    close_ears(idle);
    idle->retry = seconds_now() + RETRY_S;
    if (!idle->told)
        log_print(LOG_WARNING, "nobody can be heard: %s", diag.text);
    idle->told = true;
}

static bool
is_woken(struct idle *idle)
{
    struct ear_heard heard;
    bool             woken = false;

    while (idle->ears && ears_next(idle->ears, &heard))
        woken |= heard.accepted && strcmp(heard.name, "wake") == 0;
    return woken;
}

// What is next on the board; true where it starts a session.
static bool
take_wish(struct idle *idle, struct wish *wish)
{
    struct steering *steering = idle->steering;

    while (board_wish(steering->board, wish)) {
        bool start =
            wish->kind == WISH_COMMAND &&
            (wish->command == COMMAND_START || wish->command == COMMAND_RESUME);
        if (start) {
            wish->kind       = WISH_PLAY;
            wish->routine[0] = '\0';
        }
        if (wish->kind == WISH_PLAY) return true;
        if (!steering_settle(steering, wish))
            board_answer(steering->board, wish, OUTCOME_IDLE,
                         "nothing is being played; 'rollcall tell start' "
                         "starts a session");
        if (idle->deck.engine) engine_mute(idle->deck.engine, steering->muted);
        steering_idle(steering, idle->ears != NULL);
    }
    return false;
}

static void
rest(struct idle *idle)
{
    struct diag diag = {""};

    if (!idle->ears) {
        board_sleep(idle->steering->board, SLEEP_MS);
        return;
    }
    int64_t frames = (int64_t)idle->deck.host->rate * RUN_MS / 1000;
    if (!idle->deck.host->ops->run(idle->deck.host, frames, &diag)) return;
    log_print(LOG_WARNING, "%s", diag.text);
    close_ears(idle);
    idle->retry = seconds_now() + 1;
}

enum idle_end
idle_wait(struct idle *idle, struct wish *wish)
{
    enum idle_end end = IDLE_INTERRUPTED;

    try_ears(idle);
    steering_idle(idle->steering, idle->ears != NULL);
    while (!interrupted()) {
        notify_alive();
        hooks_listening(idle->options->hooks,
                        idle->ears && !idle->steering->muted);
        if (take_wish(idle, wish)) {
            end = IDLE_WISH;
            break;
        }
        if (is_woken(idle)) {
            end = IDLE_WOKEN;
            break;
        }
        rest(idle);
        if (!idle->ears) {
            try_ears(idle);
            steering_idle(idle->steering, idle->ears != NULL);
        }
    }
    hooks_listening(idle->options->hooks, false);
    close_ears(idle);
    return end;
}
