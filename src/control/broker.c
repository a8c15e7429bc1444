// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/broker.h"

#include <stdlib.h>
#include <string.h>

// The colon before the port, NULL where there is none: those of an IPv6 address
// without brackets are its own.
static const char *
before_port(const char *text)
{
    const char *last = strrchr(text, ':');

    if (*text == '[') return last && last[-1] == ']' ? last : NULL;
    return last == strchr(text, ':') ? last : NULL;
}

static bool
read_port(int *port, const char *text, struct diag *diag)
{
    size_t digits = strspn(text, "0123456789");
    long   number = digits > 0 && digits <= 5 ? strtol(text, NULL, 10) : 0;

    *port = (int)number;
    if (!text[digits] && number >= 1 && number <= 65535) return true;
    diag_set(diag, NULL, "'%.60s' is no port; a port is 1 to 65535", text);
    return false;
}

bool
broker_read(struct broker *broker, const char *text, struct diag *diag)
{
    const char *colon  = before_port(text);
    size_t      length = colon ? (size_t)(colon - text) : strlen(text);

    broker->port = 0;
    if (colon && !read_port(&broker->port, colon + 1, diag)) return false;
    if (*text == '[' && length > 2 && text[length - 1] == ']') {
        text++;
        length -= 2;
    }
    if (length == 0 || length >= sizeof broker->host) {
        diag_set(diag, NULL, "a broker is HOST or HOST:PORT, not '%.60s'",
                 text);
        return false;
    }
    memcpy(broker->host, text, length);
    broker->host[length] = '\0';
    return true;
}
