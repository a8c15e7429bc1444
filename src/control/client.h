// SPDX-License-Identifier: GPL-3.0-or-later
// A client of the socket, for "rollcall tell": one thread, waiting for what it
// asked.
#ifndef CONTROL_CLIENT_H
#define CONTROL_CLIENT_H
#include "base/diag.h"
#include "base/status.h"
#include <jansson.h>

struct client_link;

// STATUS_NOT_FOUND where no daemon is there.
enum status
client_open(struct client_link **out, struct diag *diag);

void
client_close(struct client_link *link); // NULL is fine

// The next object that the daemon sends, within MS milliseconds; -1: however
// long it takes.  The caller's.  STATUS_LOST where the daemon has gone,
// STATUS_FAILED where it will not have this client, and says why.
enum status
client_next(struct client_link *link, json_t **object, int ms,
            struct diag *diag);

// Sends REQUEST (dropped) with an id, and waits for its answer, the caller's.
// Events that come meanwhile are passed over.
enum status
client_ask(struct client_link *link, json_t *request, json_t **answer,
           struct diag *diag);
#endif
