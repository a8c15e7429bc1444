// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/control.h"

#include "control/mpris.h"
#include "control/server.h"
#include "control/worker.h"
#include <signal.h>
#include <stdlib.h>

struct control {
    uv_loop_t      loop;
    uv_async_t     look;
    uv_async_t     end;
    struct board  *board;
    struct server *server;
    struct mpris  *mpris;
    struct mqtt   *mqtt;
    struct worker *worker;
};

static void
on_look(uv_async_t *async)
{
    struct control *control = async->data;
    if (control->server) server_look(control->server);
    mpris_look(control->mpris);
    mqtt_look(control->mqtt);
}

static void
on_end(uv_async_t *async)
{
    struct control *control = async->data;

    server_close(control->server);
    mpris_close(control->mpris);
    uv_close((uv_handle_t *)&control->look, NULL);
    uv_close((uv_handle_t *)&control->end, NULL);
}

static void
wake(void *ctx)
{
    struct control *control = ctx;
    uv_async_send(&control->look);
}

static void
run(void *ctx)
{
    struct control *control = ctx;
    uv_run(&control->loop, UV_RUN_DEFAULT);
}

static enum status
open_ways(struct control *control, const struct control_config *config,
          struct diag *diag)
{
    enum status st = STATUS_OK;

    if (config->socket)
        st = server_open(&control->server, &control->loop, control->board,
                         config->socket, diag);
    if (!st && config->mpris &&
        mpris_open(&control->mpris, &control->loop, control->board, diag) ==
            STATUS_NO_MEMORY)
        st = STATUS_NO_MEMORY; // the rest does without a bus
    if (!st && config->mqtt)
        st = mqtt_open(&control->mqtt, control->board, config->mqtt, diag);
    return st;
}

static enum status
start(struct control *control, const struct control_config *config,
      struct diag *diag)
{
    enum status st = open_ways(control, config, diag);
    if (st) return st;
    signal(SIGPIPE, SIG_IGN); // a client that has gone is told by write()
    if (worker_start(&control->worker, run, control) == STATUS_OK &&
        board_wake_me(control->board, wake, control))
        return STATUS_OK;
    diag_set(diag, NULL, "no thread could be started to be steered by");
    return STATUS_FAILED;
}

enum status
control_open(struct control **out, struct board *board,
             const struct control_config *config, struct diag *diag)
{
    struct control *control = calloc(1, sizeof *control);
    if (!control) return STATUS_NO_MEMORY;

    control->board = board;
    if (uv_loop_init(&control->loop) != 0) {
        free(control);
        return STATUS_FAILED;
    }
    uv_async_init(&control->loop, &control->look, on_look);
    uv_async_init(&control->loop, &control->end, on_end);
    control->look.data = control;
    control->end.data  = control;
    enum status st     = start(control, config, diag);
    if (st) {
        control_close(control);
        return st;
    }
    *out = control;
    return STATUS_OK;
}

void
control_close(struct control *control)
{
    if (!control) return;
    board_let_sleep(control->board, wake, control);
    if (control->worker) {
        uv_async_send(&control->end);
        worker_end(control->worker, -1);
    } else {
        on_end(&control->end);
        uv_run(&control->loop, UV_RUN_DEFAULT);
    }
    mqtt_close(control->mqtt); // nobody looks at it any more
    server_free(control->server);
    mpris_free(control->mpris);
    uv_loop_close(&control->loop);
    free(control);
}
