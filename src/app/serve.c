// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve.h"

#include "app/chooser.h"
#include "app/idle.h"
#include "app/interrupt.h"
#include "app/steering.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "routine/library.h"
#include <stdlib.h>

#define WAITING    "waiting for the start phrase, or to be told"
#define PATIENCE_S 30 // for an answer to "what shall we roll?"

struct serve {
    const struct serve_options *options;
    struct board               *board;
    struct control             *control;
    struct idle                *idle;
    struct steering             steering;
    struct player_options       player; // as the next session has them
};

// The first sentence of what went wrong, where people see it.
static void
tell_problem(struct serve *serve, enum status st, struct report *report,
             const struct diag *diag)
{
    const char *text = diag->text[0] ? diag->text
                       : st == STATUS_NO_MEMORY
                           ? "there is not enough memory"
                           : "the routine cannot be played; 'rollcall check' "
                             "tells why";
    text_copy(serve->steering.state.problem,
              sizeof serve->steering.state.problem, text);
    report_print(report, stderr);
    log_print(LOG_ERROR, "%s", text);
}

static void
play(struct serve *serve, const char *routine)
{
    struct player_result result;
    struct report        report = {0};
    struct diag          diag   = {""};

    serve->player.prepare.routine    = routine;
    serve->steering.state.problem[0] = '\0';
    notify_status("playing a session");
    enum status st = player_run(&serve->player, &result, &report, &diag);
    if (st) tell_problem(serve, st, &report, &diag);
    notify_status(WAITING);
    report_release(&report);
}

static bool
is_wished(void *ctx)
{
    struct serve *serve = ctx;
    return board_is_asked(serve->board);
}

// The start phrase was said: what shall it be?
static void
choose(struct serve *serve)
{
    struct chooser_options options = {
        .voice    = serve->player.prepare.voice,
        .output   = serve->player.sound.output,
        .input    = serve->player.sound.input,
        .patience = PATIENCE_S,
        .leave    = is_wished,
        .ctx      = serve,
    };
    struct choice choice;
    struct report report = {0};
    struct diag   diag   = {""};

    steering_starting(&serve->steering);
    enum status st = chooser_run(&choice, &options, &report, &diag);
    if (st) tell_problem(serve, st, &report, &diag);
    report_release(&report);
    if (st || !*choice.routine) return;
    if (choice.minutes) serve->player.prepare.minutes = choice.minutes;
    play(serve, choice.routine);
    serve->player.prepare = serve->options->player.prepare;
}

// What the session that is wished for has of its own.
static void
adopt(struct serve *serve, const struct wish *wish)
{
    struct prepare_options *o = &serve->player.prepare;

    *o = serve->options->player.prepare;
    if (wish->levelled) o->plan.level = wish->level;
    if (wish->levelled) o->plan.sets_level = wish->level;
    if (wish->sets) o->plan.sets = wish->sets;
    if (wish->minutes) o->minutes = wish->minutes;
}

static void
grant(struct serve *serve, const struct wish *wish)
{
    struct diag diag = {""};
    char        path[PATH_SIZE], routine[STATE_NAME];

    text_copy(routine, sizeof routine,
              *wish->routine ? wish->routine : serve->steering.state.selected);
    if (library_find(path, routine, &diag)) {
        board_answer(serve->board, wish, OUTCOME_UNKNOWN, diag.text);
        return;
    }
    text_copy(serve->steering.state.selected, STATE_NAME, routine);
    steering_starting(&serve->steering);
    board_answer(serve->board, wish, OUTCOME_DONE, "");
    adopt(serve, wish);
    play(serve, routine);
    serve->player.prepare = serve->options->player.prepare;
}

// With the names of all routines, to choose from.
static enum status
open_control(struct serve *serve, struct diag *diag)
{
    struct control_config config  = serve->options->control;
    struct mqtt_config    mqtt    = {0};
    struct library        library = {0};
    const char          **names   = NULL;
    enum status           st      = STATUS_OK;

    if (config.mqtt) {
        mqtt        = *config.mqtt;
        config.mqtt = &mqtt;
        st          = library_scan(&library, diag);
        names       = calloc(library.count + 1, sizeof *names);
        if (!st && !names) st = STATUS_NO_MEMORY;
    }
    for (size_t i = 0; names && i < library.count; i++)
        names[i] = library.entries[i].id;
    mqtt.routine  = names;
    mqtt.routines = library.count;
    if (!st) st = control_open(&serve->control, serve->board, &config, diag);
    free(names);
    library_release(&library);
    return st;
}

static enum status
open_all(struct serve *serve, struct diag *diag)
{
    char        path[PATH_SIZE];
    enum status st = library_find(path, serve->options->routine, diag);

    if (!st) st = board_new(&serve->board);
    if (st) return st;
    steering_init(&serve->steering, serve->board, serve->options->routine);
    serve->player.steering = &serve->steering;
    steering_idle(&serve->steering, false);
    st = idle_new(&serve->idle, &serve->player, &serve->steering);
    return st ? st : open_control(serve, diag);
}

static void
wait_and_play(struct serve *serve)
{
    struct wish wish;

    while (!interrupted()) {
        switch (idle_wait(serve->idle, &wish)) {
        case IDLE_WOKEN: choose(serve); break;
        case IDLE_WISH: grant(serve, &wish); break;
        case IDLE_INTERRUPTED: return;
        }
    }
}

enum status
serve_run(const struct serve_options *options, void (*ready)(void),
          struct diag                *diag)
{
    struct serve serve = {.options = options, .player = options->player};
    enum status  st    = open_all(&serve, diag);

    if (!st) {
        ready();
        notify_ready(WAITING);
        wait_and_play(&serve);
        notify_stopping();
    }
    control_close(serve.control);
    idle_free(serve.idle);
    board_free(serve.board);
    return st;
}
