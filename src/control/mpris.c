// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/mpris.h"

#ifdef ROLLCALL_SD_BUS
#include "control/mpris_object.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME     "org.mpris.MediaPlayer2.rollcall"
#define RETRY_MS 30000   // for a bus that is not there
#define CALL_US  2000000 // that the bus itself may take to answer

struct mpris {
    uv_loop_t    *loop;
    struct board *board;
    sd_bus       *bus; // NULL: not there
    uv_poll_t     poll;
    uv_timer_t    timer;   // what sd-bus wants to do, or the next try
    bool          polling; // POLL is the loop's
    bool          closing;
    struct state  shown; // without what is not signalled
};

// ---- the bus and the loop ----------------------------------------------

static void
attend(struct mpris *mpris);

static void
on_ready(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    attend(poll->data);
}

static void
on_time(uv_timer_t *timer)
{
    attend(timer->data);
}

static void
end_poll(struct mpris *mpris)
{
    if (mpris->polling) uv_poll_stop(&mpris->poll);
    mpris->bus = sd_bus_close_unref(mpris->bus);
}

// Taken by another rollcall: as the standard wants it, with our number.
static int
take_name(sd_bus *bus)
{
    char name[64];
    int  r = sd_bus_request_name(bus, NAME, 0);

    if (r != -EEXIST) return r;
    snprintf(name, sizeof name, NAME ".instance%ld", (long)getpid());
    return sd_bus_request_name(bus, name, 0);
}

// A handle of libuv is made for one descriptor; the next bus has another.
static void
forget_poll(uv_handle_t *handle)
{
    struct mpris *mpris = handle->data;

    mpris->polling = false;
    if (!mpris->closing) uv_timer_start(&mpris->timer, on_time, RETRY_MS, 0);
}

static void
lose_bus(struct mpris *mpris)
{
    end_poll(mpris);
    if (mpris->polling)
        uv_close((uv_handle_t *)&mpris->poll, forget_poll);
    else
        uv_timer_start(&mpris->timer, on_time, RETRY_MS, 0);
}

static void
find_bus(struct mpris *mpris)
{
    int r = sd_bus_open_user(&mpris->bus);
    if (r >= 0) r = sd_bus_set_method_call_timeout(mpris->bus, CALL_US);
    if (r >= 0) r = mpris_object_add(mpris->bus, mpris->board);
    if (r >= 0) r = take_name(mpris->bus);
    if (r >= 0)
        r = uv_poll_init(mpris->loop, &mpris->poll, sd_bus_get_fd(mpris->bus));
    mpris->polling   = r >= 0;
    mpris->poll.data = mpris;
    if (r < 0) lose_bus(mpris);
}

// How long sd-bus wants to sleep, in milliseconds.
static uint64_t
sleep_of(const struct mpris *mpris)
{
    uint64_t until = UINT64_MAX;
    uint64_t now   = uv_hrtime() / 1000;

    if (sd_bus_get_timeout(mpris->bus, &until) < 0 || until == UINT64_MAX)
        return UINT64_MAX;
    return until > now ? (until - now + 999) / 1000 : 0;
}

static void
attend(struct mpris *mpris)
{
    int r = 1;

    if (mpris->closing) return;
    if (!mpris->bus) find_bus(mpris);
    if (!mpris->bus) return;
    while (r > 0) r = sd_bus_process(mpris->bus, NULL);
    int events = r < 0 ? r : sd_bus_get_events(mpris->bus);
    if (events < 0) {
        lose_bus(mpris);
        return;
    }
    // POLLIN and POLLOUT are what UV_READABLE and UV_WRITABLE stand for
    uv_poll_start(&mpris->poll,
                  (events & 1 ? UV_READABLE : 0) |
                      (events & 4 ? UV_WRITABLE : 0),
                  on_ready);
    uint64_t sleep = sleep_of(mpris);
    if (sleep == UINT64_MAX)
        uv_timer_stop(&mpris->timer);
    else
        uv_timer_start(&mpris->timer, on_time, sleep, 0);
}

enum status
mpris_open(struct mpris **out, uv_loop_t *loop, struct board *board,
           struct diag *diag)
{
    struct mpris *mpris = calloc(1, sizeof *mpris);

    (void)diag;
    if (!mpris) return STATUS_NO_MEMORY;
    mpris->loop  = loop;
    mpris->board = board;
    uv_timer_init(loop, &mpris->timer);
    mpris->timer.data = mpris;
    attend(mpris);
    *out = mpris;
    return STATUS_OK;
}

void
mpris_look(struct mpris *mpris)
{
    struct state state;

    if (!mpris || !mpris->bus) return;
    board_read(mpris->board, &state, NULL);
    state.position     = 0;
    state.session_left = 0;
    state.commands     = 0;
    memset(state.command, 0, sizeof state.command);
    memset(state.source, 0, sizeof state.source);
    if (state_is_same(&state, &mpris->shown)) return;
    bool another = state.step != mpris->shown.step;
    memcpy(&mpris->shown, &state, sizeof state);
    mpris_object_changed(mpris->bus, another);
    attend(mpris);
}

void
mpris_close(struct mpris *mpris)
{
    if (!mpris) return;
    mpris->closing = true;
    if (mpris->bus) sd_bus_flush(mpris->bus);
    end_poll(mpris);
    if (mpris->polling && !uv_is_closing((uv_handle_t *)&mpris->poll))
        uv_close((uv_handle_t *)&mpris->poll, forget_poll);
    uv_close((uv_handle_t *)&mpris->timer, NULL);
}

void
mpris_free(struct mpris *mpris)
{
    free(mpris);
}

#else // built without sd-bus

enum status
mpris_open(struct mpris **out, uv_loop_t *loop, struct board *board,
           struct diag *diag)
{
    (void)loop;
    (void)board;
    *out = NULL;
    diag_set(diag, NULL, "this rollcall was built without libsystemd");
    return STATUS_NOT_FOUND;
}

void
mpris_look(struct mpris *mpris)
{
    (void)mpris;
}

void
mpris_close(struct mpris *mpris)
{
    (void)mpris;
}

void
mpris_free(struct mpris *mpris)
{
    (void)mpris;
}
#endif
