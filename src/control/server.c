// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/server.h"

#include "control/endpoint.h"
#include "control/framing.h"
#include "control/request.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct waiting {
    uint64_t token; // 0: free
    json_t  *id;
};

struct client {
    uv_pipe_t      pipe;
    struct server *server;
    bool           there;
    bool           subscribed;
    bool           leaving; // asks nothing more, and waits for its answers
    struct framing framing;
    struct waiting waiting[SERVER_MOST_WAITING];
};

struct server {
    uv_loop_t     *loop;
    struct board  *board;
    uv_pipe_t      door;
    char          *path;
    uint64_t       token;
    struct state   told; // to subscribers
    struct client *clients[SERVER_MOST_CLIENTS];
};

// ---- out ---------------------------------------------------------------

struct message {
    uv_write_t write;
    char      *text;
};

static void
forget_client(uv_handle_t *handle)
{
    struct client *client = handle->data;

    for (int i = 0; i < SERVER_MOST_WAITING; i++)
        json_decref(client->waiting[i].id);
    for (int i = 0; i < SERVER_MOST_CLIENTS; i++) {
        if (client->server->clients[i] == client)
            client->server->clients[i] = NULL;
    }
    free(client);
}

static void
let_go(struct client *client)
{
    if (!client->there) return;
    client->there = false;
    uv_close((uv_handle_t *)&client->pipe, forget_client);
}

// Whether an answer is still to come, or under way.
static bool
is_owed(const struct client *client)
{
    for (int i = 0; i < SERVER_MOST_WAITING; i++)
        if (client->waiting[i].token) return true;
    return uv_stream_get_write_queue_size((const uv_stream_t *)&client->pipe) >
           0;
}

static void
let_go_when_done(struct client *client)
{
    if (client->leaving && !is_owed(client)) let_go(client);
}

static void
on_written(uv_write_t *write, int status)
{
    struct message *message = write->data;
    struct client  *client  = write->handle->data;

    free(message->text);
    free(message);
    if (status < 0) let_go(client);
    let_go_when_done(client);
}

// TEXT, with its newline, becomes the message's.
static void
send_text(struct client *client, char *text)
{
    struct message *message = text ? malloc(sizeof *message) : NULL;
    uv_stream_t    *stream  = (uv_stream_t *)&client->pipe;

    if (!message || !client->there ||
        uv_stream_get_write_queue_size(stream) > SERVER_MOST_UNREAD) {
        free(message);
        free(text);
        let_go(client);
        return;
    }
    message->text       = text;
    message->write.data = message;
    uv_buf_t buffer     = uv_buf_init(text, (unsigned)strlen(text));
    if (uv_write(&message->write, stream, &buffer, 1, on_written) == 0) return;
    free(text);
    free(message);
    let_go(client);
}

static void
send_line(struct client *client, const char *line)
{
    size_t length = strlen(line);
    char  *text   = malloc(length + 2);

    if (text) {
        memcpy(text, line, length);
        text[length]     = '\n';
        text[length + 1] = '\0';
    }
    send_text(client, text);
}

// OBJECT is dropped.
static void
send_object(struct client *client, json_t *object)
{
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;

    json_decref(object);
    if (text)
        send_line(client, text);
    else
        let_go(client);
    free(text);
}

static json_t *
state_event(const struct state *state)
{
    return json_pack("{s:s,s:o}", "event", "state", "state", state_json(state));
}

static void
tell_state(struct server *server)
{
    struct state state;

    board_read(server->board, &state, NULL);
    if (state_is_same(&state, &server->told)) return;
    memcpy(&server->told, &state, sizeof state);
    for (int i = 0; i < SERVER_MOST_CLIENTS; i++) {
        struct client *client = server->clients[i];
        if (client && client->there && client->subscribed)
            send_object(client, state_event(&state));
    }
}

// ---- requests ----------------------------------------------------------

static void
count_subscribers(struct server *server)
{
    bool any = false;

    for (int i = 0; i < SERVER_MOST_CLIENTS; i++)
        any |= server->clients[i] && server->clients[i]->there &&
               server->clients[i]->subscribed;
    board_listen(server->board, any);
}

static json_t *
done(json_t *id)
{
    return json_pack("{s:O?,s:b}", "id", id, "ok", 1);
}

static json_t *
list_commands(void)
{
    json_t *list = json_array();
    for (int i = 0; i < COMMANDS; i++)
        json_array_append_new(list, json_string(command_name((enum command)i)));
    return list;
}

static void
pass_on(struct client *client, struct request *request)
{
    struct waiting *waiting = NULL;

    for (int i = 0; i < SERVER_MOST_WAITING && !waiting; i++) {
        if (!client->waiting[i].token) waiting = &client->waiting[i];
    }
    request->wish.source = SOURCE_SOCKET;
    request->wish.token  = ++client->server->token;
    if (!waiting || !board_ask(client->server->board, &request->wish)) {
        send_object(client,
                    request_refusal(request->id, "too_many",
                                    "too many requests wait already; read "
                                    "their answers first"));
        return;
    }
    waiting->token = request->wish.token;
    waiting->id    = json_incref(request->id);
}

static void
do_request(struct client *client, struct request *request)
{
    struct state state;
    json_t      *answer = done(request->id);

    switch (request->kind) {
    case REQUEST_WISH:
        json_decref(answer);
        pass_on(client, request);
        return;
    case REQUEST_STATE:
        board_read(client->server->board, &state, NULL);
        json_object_set_new(answer, "state", state_json(&state));
        break;
    case REQUEST_COMMANDS:
        json_object_set_new(answer, "commands", list_commands());
        break;
    case REQUEST_SUBSCRIBE:
        tell_state(client->server); // those before, so that all are told once
        client->subscribed = true;
        break;
    case REQUEST_UNSUBSCRIBE: client->subscribed = false; break;
    }
    count_subscribers(client->server); // who is answered misses no event
    send_object(client, answer);
    if (request->kind == REQUEST_SUBSCRIBE)
        send_object(client, state_event(&client->server->told));
}

static void
take_line(struct client *client, const char *line, size_t length)
{
    struct request       request;
    struct request_error error;

    if (request_parse(&request, line, length, &error))
        do_request(client, &request);
    else
        send_object(client,
                    request_refusal(request.id, error.code, error.text));
    request_release(&request);
}

static void
take_bytes(struct client *client, const char *bytes, size_t count)
{
    while (client->there && count > 0) {
        const char *line;
        size_t      length;
        switch (
            framing_take(&client->framing, &bytes, &count, &line, &length)) {
        case FRAMING_NONE: break;
        case FRAMING_LINE: take_line(client, line, length); break;
        case FRAMING_TOO_LONG:
            send_object(client, request_refusal(NULL, "too_long",
                                                "a request has at most 4096 "
                                                "bytes"));
            break;
        }
    }
}

// ---- clients -----------------------------------------------------------

static void
give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    static char bytes[4096]; // used up before the next read

    (void)handle;
    (void)suggested;
    *buffer = uv_buf_init(bytes, sizeof bytes);
}

static void
on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer)
{
    struct client *client = stream->data;

    if (count > 0) take_bytes(client, buffer->base, (size_t)count);
    if (count >= 0) return;
    if (count != UV_EOF) let_go(client);
    client->leaving    = true; // or only its way here is shut
    client->subscribed = false;
    count_subscribers(client->server);
    let_go_when_done(client);
}

static struct client *
new_client(struct server *server, int slot)
{
    struct client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->server    = server;
    client->there     = true;
    client->pipe.data = client;
    uv_pipe_init(server->loop, &client->pipe, 0);
    client->pipe.data = client;
    if (slot >= 0) server->clients[slot] = client;
    return client;
}

// The state first, whole; then whatever the client asks for.
static void
greet(struct client *client)
{
    struct state state;

    board_read(client->server->board, &state, NULL);
    send_object(client, state_event(&state));
    if (client->there)
        uv_read_start((uv_stream_t *)&client->pipe, give_buffer, on_read);
}

static void
on_knock(uv_stream_t *door, int status)
{
    struct server *server = door->data;
    int            slot   = SERVER_MOST_CLIENTS - 1;

    while (slot >= 0 && server->clients[slot]) slot--;
    struct client *client = new_client(server, slot);
    if (!client) return;
    bool in = status >= 0 && uv_accept(door, (uv_stream_t *)&client->pipe) == 0;
    if (in && slot >= 0) {
        greet(client);
        return;
    }
    if (in)
        send_object(client, request_refusal(NULL, "full",
                                            "too many programs steer rollcall "
                                            "already; end one of them"));
    let_go(client);
}

enum status
server_open(struct server **out, uv_loop_t *loop, struct board *board,
            const char *path, struct diag *diag)
{
    struct server *server = calloc(1, sizeof *server);
    int            fd     = -1;
    enum status    st     = STATUS_OK;

    if (server) server->path = strdup(path);
    if (!server || !server->path) st = STATUS_NO_MEMORY;
    if (!st) st = endpoint_listen(&fd, path, diag);
    if (st) {
        server_free(server);
        return st;
    }
    server->loop  = loop;
    server->board = board;
    uv_pipe_init(loop, &server->door, 0);
    server->door.data = server;
    if (uv_pipe_open(&server->door, fd) != 0 ||
        uv_listen((uv_stream_t *)&server->door, 16, on_knock) != 0) {
        diag_set(diag, path, "nobody can be let in there");
        server_close(server);
        uv_run(loop, UV_RUN_NOWAIT); // others' handles stay open
        server_free(server);
        return STATUS_FAILED;
    }
    *out = server;
    return STATUS_OK;
}

// ---- what the player says ----------------------------------------------

static const char *
outcome_code(enum outcome outcome)
{
    static const char *const codes[] = {"done", "declined", "idle", "busy",
                                        "unknown_routine"};
    return codes[outcome];
}

static void
pass_back(struct client *client, struct waiting *waiting,
          const struct board_reply *answer)
{
    json_t *id = waiting->id;

    waiting->token = 0;
    waiting->id    = NULL;
    if (answer->outcome == OUTCOME_DONE)
        send_object(client, done(id));
    else
        send_object(client, request_refusal(id, outcome_code(answer->outcome),
                                            answer->text));
    json_decref(id);
}

// Whose question it was may have gone by now.
static void
take_answer(struct server *server, const struct board_reply *answer)
{
    for (int i = 0; i < SERVER_MOST_CLIENTS; i++) {
        struct client *client = server->clients[i];
        for (int k = 0; client && k < SERVER_MOST_WAITING; k++) {
            if (client->waiting[k].token != answer->token) continue;
            pass_back(client, &client->waiting[k], answer);
            return;
        }
    }
}

void
server_look(struct server *server)
{
    struct board_reply answer;
    char              *line;

    while ((line = board_next_event(server->board))) {
        for (int i = 0; i < SERVER_MOST_CLIENTS; i++) {
            struct client *client = server->clients[i];
            if (client && client->there && client->subscribed)
                send_line(client, line);
        }
        free(line);
    }
    tell_state(server);
    while (board_next_answer(server->board, SOURCE_SOCKET, &answer))
        take_answer(server, &answer);
}

void
server_close(struct server *server)
{
    if (!server) return;
    for (int i = 0; i < SERVER_MOST_CLIENTS; i++) {
        if (server->clients[i]) let_go(server->clients[i]);
    }
    unlink(server->path); // while one that starts now still finds it in use
    uv_close((uv_handle_t *)&server->door, NULL);
}

void
server_free(struct server *server)
{
    if (!server) return;
    free(server->path);
    free(server);
}
