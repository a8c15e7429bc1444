// SPDX-License-Identifier: GPL-3.0-or-later
// What a client of the socket may send: cut into lines, each a request.
#include "control/framing.h"
#include "control/request.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
one(const char *line, size_t length)
{
    struct request       request;
    struct request_error error = {0};

    if (request_parse(&request, line, length, &error)) {
        bool named = *request.wish.routine != '\0';
        if (named && !request_is_name(request.wish.routine)) abort();
        if (request.wish.volume < 0 || request.wish.volume > 100) abort();
    } else {
        json_t *refusal = request_refusal(request.id, error.code, error.text);
        if (!error.code || !refusal) abort();
        json_decref(refusal);
    }
    request_release(&request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct framing framing;
    const char           *bytes = (const char *)data, *line;
    size_t                length;

    memset(&framing, 0, sizeof framing);
    while (size > 0) {
        size_t some = 1 + (uint8_t)*bytes % 64; // cut anywhere
        if (some > size) some = size;
        size -= some;
        for (bool more = true; more;) {
            switch (framing_take(&framing, &bytes, &some, &line, &length)) {
            case FRAMING_NONE: more = false; break;
            case FRAMING_LINE: one(line, length); break;
            case FRAMING_TOO_LONG: break;
            }
        }
    }
    return 0;
}
