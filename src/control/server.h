// SPDX-License-Identifier: GPL-3.0-or-later
// The socket's side of the daemon: clients that ask, and that are told what
// happens.  docs/protocol.md.  Everything on the loop's thread.
#ifndef CONTROL_SERVER_H
#define CONTROL_SERVER_H
#include "base/diag.h"
#include "base/status.h"
#include "control/board.h"
#include <uv.h>

#define SERVER_MOST_CLIENTS 128
#define SERVER_MOST_WAITING 8         // requests of a client, unanswered
#define SERVER_MOST_UNREAD  (1 << 18) // bytes; a client behind is let go

struct server;

// PATH as endpoint_listen() wants it.
enum status
server_open(struct server **out, uv_loop_t *loop, struct board *board,
            const char *path, struct diag *diag);

// There may be answers, events, another state.
void
server_look(struct server *server);

// Lets all clients go and removes the socket; the loop must run until nothing
// is left in it, then server_free().  NULL is fine for both.
void
server_close(struct server *server);
void
server_free(struct server *server);
#endif
