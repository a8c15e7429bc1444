// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/client.h"

#include "control/endpoint.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_MS 10000
#define LONGEST   65536 // bytes of a line that the daemon sends

struct client_link {
    int    fd;
    int    id;
    size_t used; // bytes in
    size_t read; // of them, given out
    char   in[LONGEST];
};

enum status
client_open(struct client_link **out, struct diag *diag)
{
    char        path[PATH_SIZE];
    int         fd = -1;
    enum status st = endpoint_path(path, diag);
    if (!st) st = endpoint_connect(&fd, path, diag);
    if (st) return st;

    struct client_link *link = calloc(1, sizeof *link);
    if (!link) {
        close(fd);
        return STATUS_NO_MEMORY;
    }
    link->fd = fd;
    *out     = link;
    return STATUS_OK;
}

void
client_close(struct client_link *link)
{
    if (!link) return;
    close(link->fd);
    free(link);
}

// More bytes, or why there are none.
static enum status
more(struct client_link *link, int ms, struct diag *diag)
{
    struct pollfd ready = {.fd = link->fd, .events = POLLIN};

    memmove(link->in, link->in + link->read, link->used - link->read);
    link->used -= link->read;
    link->read = 0;
    int     n  = poll(&ready, 1, ms);
    ssize_t got =
        n > 0 ? read(link->fd, link->in + link->used, LONGEST - link->used) : 0;
    if (got > 0) {
        link->used += (size_t)got;
        return STATUS_OK;
    }
    if (n == 0)
        diag_set(diag, NULL, "rollcall serve does not answer");
    else if (n > 0)
        diag_set(diag, NULL, "rollcall serve has ended");
    else
        diag_set(diag, NULL, "nothing came: %s", strerror(errno));
    return STATUS_LOST;
}

// What is wrong with the connection rather than with a request.
static bool
is_refusal(const json_t *object)
{
    return json_object_get(object, "error") &&
           json_is_null(json_object_get(object, "id"));
}

static const char *
reason_of(const json_t *refusal)
{
    const json_t *error = json_object_get(refusal, "error");
    const char   *text  = json_string_value(json_object_get(error, "message"));
    return text ? text : "without a reason";
}

enum status
client_next(struct client_link *link, json_t **object, int ms,
            struct diag *diag)
{
    for (;;) {
        char *line = link->in + link->read;
        char *end  = memchr(line, '\n', link->used - link->read);
        if (!end) {
            enum status st = more(link, ms, diag);
            if (st) return st;
            continue;
        }
        link->read = (size_t)(end + 1 - link->in);
        *object    = json_loadb(line, (size_t)(end - line), 0, NULL);
        if (*object && !is_refusal(*object)) return STATUS_OK;
        if (*object)
            diag_set(diag, NULL, "rollcall serve refuses: %s",
                     reason_of(*object));
        else
            diag_set(diag, NULL, "rollcall serve sent what is no JSON");
        json_decref(*object);
        *object = NULL;
        return STATUS_FAILED;
    }
}

// It has gone, and may have said why before that.
static enum status
ask_why(struct client_link *link, struct diag *diag)
{
    struct diag why    = {""};
    json_t     *object = NULL;
    enum status st     = client_next(link, &object, 0, &why);

    json_decref(object);
    if (st != STATUS_FAILED) return STATUS_LOST;
    *diag = why;
    return st;
}

static enum status
send_all(const struct client_link *link, const char *text, struct diag *diag)
{
    size_t left = strlen(text);

    while (left > 0) {
        ssize_t n = send(link->fd, text, left, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            diag_set(diag, NULL, "rollcall serve has ended");
            return STATUS_LOST;
        }
        text += n;
        left -= (size_t)n;
    }
    return STATUS_OK;
}

enum status
client_ask(struct client_link *link, json_t *request, json_t **answer,
           struct diag *diag)
{
    int id = ++link->id;
    if (request) json_object_set_new(request, "id", json_integer(id));
    char *text = request ? json_dumps(request, JSON_COMPACT) : NULL;
    json_decref(request);
    if (!text) return STATUS_NO_MEMORY;

    enum status st = send_all(link, text, diag);
    free(text);
    if (!st) st = send_all(link, "\n", diag);
    if (st) st = ask_why(link, diag);
    while (!st) {
        st = client_next(link, answer, ANSWER_MS, diag);
        if (st) break;
        if (json_integer_value(json_object_get(*answer, "id")) == id) break;
        json_decref(*answer);
    }
    return st;
}
