// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/request.h"

#include "base/text.h"
#include "plan/fit.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MOST_ID 64 // bytes of an id that is a text

static bool
refuse(struct request_error *error, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool
refuse(struct request_error *error, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    text_mend(error->text); // a name may have been cut within a character
    error->code = code;
    return false;
}

bool
request_is_name(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length < STATE_NAME &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

// An optional whole number from LEAST to MOST.
static bool
take_number(int *number, const json_t *object, const char *key, int least,
            int most, struct request_error *error)
{
    const json_t *value = json_object_get(object, key);
    if (!value) return true;
    json_int_t n = json_integer_value(value);
    if (!json_is_integer(value) || n < least || n > most)
        return refuse(error, "bad_request",
                      "\"%s\" is a whole number from %d to %d", key, least,
                      most);
    *number = (int)n;
    return true;
}

static bool
take_command(struct request *request, const json_t *object,
             struct request_error *error)
{
    const char *text = json_string_value(json_object_get(object, "command"));

    request->wish.kind = WISH_COMMAND;
    if (!text)
        return refuse(error, "bad_request",
                      "\"command\" is missing: a name as \"next_set\"");
    if (command_parse(&request->wish.command, text)) return true;
    const char *nearest = text_nearest(text, command_names(), COMMANDS);
    return refuse(error, "unknown_command",
                  "there is no command '%.64s'; %s%s%s", text,
                  nearest ? "did you mean '" : "{\"do\":\"commands\"} lists",
                  nearest ? nearest : " them", nearest ? "'?" : "");
}

static bool
take_routine(struct request *request, const json_t *object, bool needed,
             struct request_error *error)
{
    const json_t *value = json_object_get(object, "routine");
    const char   *text  = json_string_value(value);

    if (!value && !needed) return true;
    if (!text || !request_is_name(text))
        return refuse(error, "bad_request",
                      "\"routine\" is a name of 'rollcall list', as \"lats\"");
    text_copy(request->wish.routine, sizeof request->wish.routine, text);
    return true;
}

static bool
take_play(struct request *request, const json_t *object,
          struct request_error *error)
{
    struct wish  *wish  = &request->wish;
    const json_t *level = json_object_get(object, "level");
    const char   *text  = json_string_value(level);

    wish->kind = WISH_PLAY;
    if (level) {
        wish->levelled = text && level_parse(&wish->level, text);
        if (!wish->levelled)
            return refuse(error, "bad_request",
                          "\"level\" is gentle, standard or deep");
    }
    return take_routine(request, object, false, error) &&
           take_number(&wish->sets, object, "sets", 1, ROUTINE_MOST_SETS,
                       error) &&
           take_number(&wish->minutes, object, "minutes", 1, FIT_MOST_MINUTES,
                       error);
}

static bool
take_select(struct request *request, const json_t *object,
            struct request_error *error)
{
    request->wish.kind = WISH_SELECT;
    return take_routine(request, object, true, error);
}

static bool
take_volume(struct request *request, const json_t *object,
            struct request_error *error)
{
    request->wish.kind   = WISH_VOLUME;
    request->wish.volume = -1;
    if (!take_number(&request->wish.volume, object, "percent", 0, 100, error))
        return false;
    return request->wish.volume >= 0 ||
           refuse(error, "bad_request", "\"percent\" is missing: 0 to 100");
}

// What "do" may be.
static const struct verb {
    const char       *name;
    enum request_kind kind;
    enum wish_kind    wish;
    bool (*take)(struct request *request, const json_t *object,
                 struct request_error *error);
} verbs[] = {
    {"command", REQUEST_WISH, WISH_COMMAND, take_command},
    {"play", REQUEST_WISH, WISH_PLAY, take_play},
    {"select", REQUEST_WISH, WISH_SELECT, take_select},
    {"volume", REQUEST_WISH, WISH_VOLUME, take_volume},
    {"mute", REQUEST_WISH, WISH_MUTE, NULL},
    {"unmute", REQUEST_WISH, WISH_UNMUTE, NULL},
    {"state", REQUEST_STATE, WISH_COMMAND, NULL},
    {"commands", REQUEST_COMMANDS, WISH_COMMAND, NULL},
    {"subscribe", REQUEST_SUBSCRIBE, WISH_COMMAND, NULL},
    {"unsubscribe", REQUEST_UNSUBSCRIBE, WISH_COMMAND, NULL},
};

#define VERBS (sizeof verbs / sizeof *verbs)

static bool
take_verb(struct request *request, const json_t *object,
          struct request_error *error)
{
    const char *text = json_string_value(json_object_get(object, "do"));

    if (!text)
        return refuse(error, "bad_request",
                      "\"do\" is missing, as in {\"do\":\"state\"}");
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(verbs[i].name, text) != 0) continue;
        request->kind      = verbs[i].kind;
        request->wish.kind = verbs[i].wish;
        return !verbs[i].take || verbs[i].take(request, object, error);
    }
    return refuse(error, "bad_request",
                  "\"do\" is command, play, select, volume, mute, unmute, "
                  "state, commands, subscribe or unsubscribe, not '%.64s'",
                  text);
}

static bool
take_id(struct request *request, json_t *object, struct request_error *error)
{
    json_t *id = json_object_get(object, "id");

    if (!id || json_is_null(id)) return true;
    if (!json_is_integer(id) && json_string_length(id) - 1 >= MOST_ID)
        return refuse(error, "bad_request",
                      "\"id\" is a whole number, or a text of 1 to %d bytes",
                      MOST_ID);
    request->id = json_incref(id);
    return true;
}

bool
request_read(struct request *request, json_t *object,
             struct request_error *error)
{
    memset(request, 0, sizeof *request);
    return take_id(request, object, error) && take_verb(request, object, error);
}

bool
request_parse(struct request *request, const char *line, size_t length,
              struct request_error *error)
{
    json_error_t problem;
    bool         good = false;

    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, &problem);
    memset(request, 0, sizeof *request);
    if (json_is_object(object))
        good = request_read(request, object, error);
    else
        refuse(error, "bad_json", "a request is a JSON object on one line%s%s",
               object ? "" : ": ", object ? "" : problem.text);
    json_decref(object);
    return good;
}

void
request_release(struct request *request)
{
    json_decref(request->id);
    request->id = NULL;
}

json_t *
request_refusal(json_t *id, const char *code, const char *message)
{
    return json_pack("{s:O?,s:{s:s,s:s}}", "id", id, "error", "code", code,
                     "message", message);
}
