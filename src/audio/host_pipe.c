// SPDX-License-Identifier: GPL-3.0-or-later
// Plays into a pipe at the pace of time: 16 bits, little-endian, mono.
//
// For what plays elsewhere: Snapcast, Icecast, aplay, another machine.  All on
// the caller's thread.  Where a microphone is named, that is heard.
#include "audio/deadline.h"
#include "audio/host.h"
#include "audio/inlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK  = 480,
    STEP   = 10,  // ms, the longest wait in run()
    BEHIND = 200, // ms, after which lost time is let go
    STALL  = 120, // ms of it, at once: a standstill
    AHEAD  = 100, // ms, that the pipe holds for a reader in a hurry
};

struct pipe_host {
    struct host  host;
    host_render *render;
    void        *ctx;
    int          fd;
    bool         ours;  // to be closed
    long long    begin; // ms; 0: not running yet
    int64_t      rendered;
    float        out[BLOCK];

    struct inlet *inlet; // NULL: there is no microphone
    char          note[256];
};

static enum status
open_fd(struct pipe_host *own, const char *path, struct diag *diag)
{
    if (!path) {
        own->fd = STDOUT_FILENO;
        if (!isatty(own->fd)) return STATUS_OK;
        diag_set(diag, NULL,
                 "raw sound is not for a terminal: lead it to a program "
                 "(\"| aplay -f S16_LE -r %u\") or give --output FILE",
                 own->host.rate);
        return STATUS_BAD_INPUT;
    }
    own->ours = true; // a FIFO waits here for its reader
    own->fd   = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (own->fd >= 0) return STATUS_OK;
    diag_set(diag, path, "cannot be written: %s", strerror(errno));
    return STATUS_FAILED;
}

static void
listen_by(struct pipe_host *own, const char *name)
{
    own->inlet = inlet_open(name, own->host.rate, own->note, sizeof own->note);
    own->host.hears = own->inlet != NULL;
    if (own->note[0]) own->host.note = own->note;
}

static enum status
pipe_open(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    struct pipe_host *own = calloc(1, sizeof *own);
    if (!own) {
        diag_set(diag, NULL, "no memory left for the pipe");
        return STATUS_NO_MEMORY;
    }
    own->host = (struct host){.ops   = &host_pipe,
                              .rate  = config->rate,
                              .live  = true,
                              .slept = DEADLINE_NOT_KNOWN};
    deadline_woke(&own->host.slept);
    own->render    = render;
    own->ctx       = ctx;
    enum status st = open_fd(own, config->path, diag);
    if (st) {
        free(own);
        return st;
    }
    if (config->listen && config->input) listen_by(own, config->input);
    signal(SIGPIPE, SIG_IGN); // write() tells it
    *out = &own->host;
    return STATUS_OK;
}

static enum status
pipe_close(struct host *host, struct diag *diag)
{
    struct pipe_host *own = (struct pipe_host *)host;
    enum status       st  = STATUS_OK;

    if (!own) return STATUS_OK;
    inlet_close(own->inlet);
    if (own->ours && close(own->fd) != 0) {
        diag_set(diag, NULL, "the pipe could not be written: %s",
                 strerror(errno));
        st = STATUS_FAILED;
    }
    free(own);
    return st;
}

// Waits for a reader that stands still no longer than run() may.
static bool
has_room(const struct pipe_host *own)
{
    struct pollfd pipe = {.fd = own->fd, .events = POLLOUT};
    return poll(&pipe, 1, STEP) > 0;
}

static enum status
write_all(const struct pipe_host *own, const unsigned char *from, size_t count,
          struct diag *diag)
{
    while (count > 0) {
        ssize_t n = write(own->fd, from, count);
        if (n < 0 && errno == EINTR) continue;
        if (n > 0) {
            from += n;
            count -= (size_t)n;
            continue;
        }
        bool left = errno == EPIPE && own->ours; // another may come
        diag_set(diag, NULL, "The pipe was lost: %s.", strerror(errno));
        return left ? STATUS_LOST : STATUS_FAILED;
    }
    return STATUS_OK;
}

static enum status
render_block(struct pipe_host *own, size_t count, struct diag *diag)
{
    unsigned char bytes[2 * BLOCK];
    const float  *in = own->inlet ? inlet_take(own->inlet, count) : NULL;

    own->render(own->ctx, in, own->out, count);
    for (size_t i = 0; i < count; i++) {
        float    x       = own->out[i] * 32767.0F;
        unsigned sample  = (unsigned)(int)(x < 0 ? x - 0.5F : x + 0.5F);
        bytes[2 * i]     = (unsigned char)(sample & 0xFF);
        bytes[2 * i + 1] = (unsigned char)(sample >> 8 & 0xFF);
    }
    own->rendered += (int64_t)count;
    return write_all(own, bytes, 2 * count, diag);
}

static void
let_go(struct pipe_host *own, int64_t frames)
{
    own->begin += frames * 1000 / own->host.rate;
    if (frames < (int64_t)STALL * own->host.rate / 1000) return;
    own->host.stalls++;
    own->host.stalled += frames;
}

// How many frames time is ahead.  What a reader that stood still has kept us
// from is not made up for in a rush.
static int64_t
frames_due(struct pipe_host *own)
{
    long long now = deadline_now();

    if (own->begin == 0) own->begin = now - AHEAD;
    int64_t due  = (now - own->begin) * own->host.rate / 1000 - own->rendered;
    int64_t most = (int64_t)BEHIND * own->host.rate / 1000;
    if (due > most) {
        let_go(own, due - most);
        due = most;
    }
    return due;
}

static enum status
pipe_run(struct host *host, int64_t frames, struct diag *diag)
{
    struct pipe_host *own = (struct pipe_host *)host;
    int64_t           due = frames_due(own);
    int64_t           ms  = frames * 1000 / host->rate;

    deadline_woke(&host->slept);
    if (own->inlet) host->hears = inlet_look(own->inlet);
    if (due <= 0) {
        deadline_sleep(ms < 1 ? 1 : ms < STEP ? (int)ms : STEP);
        due = frames_due(own);
    }
    if (due > frames) due = frames;
    while (due > 0 && has_room(own)) {
        size_t      count = due < BLOCK ? (size_t)due : BLOCK;
        enum status st    = render_block(own, count, diag);
        if (st) return st;
        due -= (int64_t)count;
    }
    return STATUS_OK;
}

const struct host_ops host_pipe = {"pipe", pipe_open, pipe_run, pipe_close};
