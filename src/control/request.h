// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a client of the socket: what it asks for.  docs/protocol.md
#ifndef CONTROL_REQUEST_H
#define CONTROL_REQUEST_H
#include "control/board.h"
#include <jansson.h>

enum request_kind {
    REQUEST_WISH, // for the player
    REQUEST_STATE,
    REQUEST_COMMANDS,
    REQUEST_SUBSCRIBE,
    REQUEST_UNSUBSCRIBE,
};

struct request {
    enum request_kind kind;
    struct wish       wish; // source and token are the caller's to set
    json_t           *id;   // an integer or a text, or NULL: none was given
};

struct request_error {
    const char *code; // "bad_json", "bad_request", "unknown_command"
    char        text[256];
};

// LENGTH bytes of JSON.  False: *error says why, and request->id is set where
// there was one to be found.  Either way request_release() is due.
bool
request_parse(struct request *request, const char *line, size_t length,
              struct request_error *error);

// The same of an object that is there.
bool
request_read(struct request *request, json_t *object,
             struct request_error *error);

void
request_release(struct request *request); // zeroed is fine

// {"id":ID,"error":{"code":..,"message":..}}; ID NULL: null.
json_t *
request_refusal(json_t *id, const char *code, const char *message);

// A name as routines have it: small letters, digits and dashes, at most
// STATE_NAME - 1 of them.
bool
request_is_name(const char *text);
#endif
