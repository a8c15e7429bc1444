// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/topic.h"

#include "base/text.h"
#include "control/request.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_on(const char *text)
{
    return strcasecmp(text, "on") == 0;
}

static bool
is_off(const char *text)
{
    return strcasecmp(text, "off") == 0;
}

// Home Assistant writes numbers as it likes, "40" or "40.0".
static json_t *
volume_request(const char *text)
{
    char  *end;
    double percent = strtod(text, &end);
    bool   good    = end != text && !*end && percent >= 0 && percent <= 100;

    return json_pack("{s:s,s:i}", "do", "volume", "percent",
                     good ? (int)(percent + 0.5) : -1);
}

// A routine's name, or an object with more than that.
static json_t *
play_request(const char *text)
{
    json_t *object =
        *text == '{' ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (*text == '{') {
        if (object) json_object_set_new(object, "do", json_string("play"));
        return object;
    }
    return *text ? json_pack("{s:s,s:s}", "do", "play", "routine", text)
                 : json_pack("{s:s}", "do", "play");
}

// NULL: no such verb, or a message that means nothing.
static json_t *
request_of(const char *verb, const char *text)
{
    if (strcmp(verb, "command") == 0)
        return json_pack("{s:s,s:s}", "do", verb, "command", text);
    if (strcmp(verb, "play") == 0) return play_request(text);
    if (strcmp(verb, "select") == 0)
        return json_pack("{s:s,s:s}", "do", verb, "routine", text);
    if (strcmp(verb, "volume") == 0) return volume_request(text);
    if (strcmp(verb, "mute") == 0 && (is_on(text) || is_off(text)))
        return json_pack("{s:s}", "do", is_on(text) ? "mute" : "unmute");
    return NULL;
}

enum topic_means
topic_read(struct wish *wish, const char *verb, const void *message,
           size_t length, struct diag *diag)
{
    char                 text[TOPIC_LONGEST + 1];
    struct request       request;
    struct request_error error;
    size_t               bad;

    if (length > TOPIC_LONGEST || memchr(message, 0, length) ||
        !text_is_utf8(message, length, &bad)) {
        diag_set(diag, verb, "a message is text of at most %d bytes",
                 TOPIC_LONGEST);
        return TOPIC_WRONG;
    }
    memcpy(text, message, length);
    text[length] = '\0';
    if (strcmp(verb, "class") == 0 && is_on(text)) return TOPIC_JOIN;
    if (strcmp(verb, "class") == 0 && is_off(text)) return TOPIC_LEAVE;

    json_t *object = request_of(verb, text);
    if (!object) {
        diag_set(diag, verb, "'%.64s' means nothing here", text);
        return TOPIC_WRONG;
    }
    bool good = request_read(&request, object, &error);
    if (good)
        *wish = request.wish;
    else
        diag_set(diag, verb, "%s", error.text);
    request_release(&request);
    json_decref(object);
    return good ? TOPIC_WISH : TOPIC_WRONG;
}
