// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall tell: steers the rollcall that serves.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/session_options.h"
#include "control/client.h"
#include "session/command.h"

#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_WORDS 4

struct options {
    const char *words[MOST_WORDS];
    int         count;
    bool        watch;
    bool        json;
    const char *level;
    int         sets;
    int         minutes;
};

static const struct argp_option option_list[] = {
    {"watch", 'w', 0, 0, "Show how it goes on, until Ctrl-C", 0},
    {"json", 'j', 0, 0, "status and --watch: JSON, one object a line", 0},
    {"level", 'l', "LEVEL", 0, "play: gentle, standard or deep", 0},
    {"sets", 's', "N", 0, "play: sets of every exercise", 0},
    {"minutes", 'M', "N", 0, "play: fit the session to this time", 0},
    {0}};

static int
parse_number(struct argp_state *state, const char *name, const char *text)
{
    char *end;
    long  number = strtol(text, &end, 10);
    if (*end || end == text || number < 1 || number > 10000)
        argp_error(state, "--%s takes a number, not '%s'", name, text);
    return (int)number;
}

static const char *
parse_text(struct argp_state *state, const char *text)
{
    size_t bad;
    if (!text_is_utf8(text, strlen(text), &bad))
        argp_error(state, "'%s' is no UTF-8", text);
    return text;
}

// How many words there may be with the first of them.
static int
most_words(const char *first)
{
    static const char *const two[] = {"play", "select", "volume"};
    static const char *const one[] = {"mute", "unmute", "status"};

    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (strcmp(first, two[i]) == 0) return 2;
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        if (strcmp(first, one[i]) == 0) return 1;
    return MOST_WORDS;
}

// No option is taken where it does nothing.
static void
check_options(const struct options *o, struct argp_state *state)
{
    const char *first  = o->count > 0 ? o->words[0] : "";
    bool        plays  = strcmp(first, "play") == 0;
    bool        shows  = o->watch || strcmp(first, "status") == 0;
    const char *option = o->level     ? "--level"
                         : o->sets    ? "--sets"
                         : o->minutes ? "--minutes"
                                      : NULL;

    if (option && !plays)
        argp_error(state, "%s is for 'play', as in: rollcall tell play lats",
                   option);
    if (o->json && !shows)
        argp_error(state, "--json is for 'status' and --watch");
}

static void
check_words(const struct options *o, struct argp_state *state)
{
    if (o->count == 0 && !o->watch)
        argp_error(state, "what? For example: rollcall tell pause");
    if (o->watch && o->count > 0)
        argp_error(state, "--watch only shows; give '%s' by itself",
                   o->words[0]);
    if (o->count > 0 && o->count > most_words(o->words[0]))
        argp_error(state, "what is '%s' behind '%s'?", o->words[o->count - 1],
                   o->words[0]);
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *o = state->input;

    switch (key) {
    case 'w': o->watch = true; return 0;
    case 'j': o->json = true; return 0;
    case 'l': o->level = parse_text(state, arg); return 0;
    case 's': o->sets = parse_number(state, "sets", arg); return 0;
    case 'M': o->minutes = parse_number(state, "minutes", arg); return 0;
    case ARGP_KEY_ARG:
        if (o->count == MOST_WORDS) argp_usage(state);
        o->words[o->count++] = parse_text(state, arg);
        return 0;
    case ARGP_KEY_END:
        check_words(o, state);
        check_options(o, state);
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_list,
    parse,
    "COMMAND",
    "Tells the rollcall that serves ('rollcall serve') what to do."
    "\v  rollcall tell play lats --level gentle\n"
    "  rollcall tell start            the routine selected last\n"
    "  rollcall tell pause            any command of docs/commands.md: next,\n"
    "                                 next_set, repeat, resume, end_session "
    "...\n"
    "  rollcall tell select hips      what \"start\" plays\n"
    "  rollcall tell volume 60        percent\n"
    "  rollcall tell mute             the microphone hears nothing; unmute\n"
    "  rollcall tell status [--json]  how it stands\n"
    "  rollcall tell --watch          the same, as it goes on\n\n"
    "Exit status: 0 done; 1 it could not be done now, or nobody serves; 2 "
    "wrong usage, or nothing of that name.\n",
    0,
    0,
    0};

// ---- what is shown -----------------------------------------------------

static const char *
text_of(const json_t *state, const char *key)
{
    const char *text = json_string_value(json_object_get(state, key));
    return text ? text : "";
}

static int
number_of(const json_t *state, const char *key)
{
    return (int)json_integer_value(json_object_get(state, key));
}

// "playing  Sides of the back: Latissimus, work, set 1 of 3, left, 0:31 left"
static void
line_of(char line[512], const json_t *state)
{
    const char *title = text_of(state, "title"), *what = text_of(state, "kind");
    const char *exercise = text_of(state, "exercise_title");
    const char *side     = text_of(state, "side");
    int         left = number_of(state, "left"), set = number_of(state, "set");
    char        sets[48] = "";

    if (set)
        snprintf(sets, sizeof sets, ", set %d of %d", set,
                 number_of(state, "sets"));
    if (!*what)
        snprintf(line, 512, "%s", text_of(state, "state"));
    else
        snprintf(line, 512, "%s  %s: %s%s%s%s%s%s, %d:%02d left",
                 text_of(state, "state"), title, exercise,
                 *exercise ? ", " : "", what, sets, *side ? ", " : "", side,
                 left / 60, left % 60);
    size_t used = strlen(line);
    if (json_is_true(json_object_get(state, "muted")))
        snprintf(line + used, 512 - used, "  (microphone muted)");
}

static void
print_json(const json_t *object)
{
    json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(12));
    putchar('\n');
    fflush(stdout);
}

static void
print_state(const json_t *state)
{
    char line[512];

    line_of(line, state);
    printf("%s\n", line);
    if (!*text_of(state, "kind"))
        printf("start plays %s\n", text_of(state, "selected"));
    if (*text_of(state, "problem"))
        printf("the last session failed: %s\n", text_of(state, "problem"));
}

static int
failed(const char *name, enum status st, const struct diag *diag)
{
    struct report report = {0};
    session_failed(name, st, &report, diag);
    return 1;
}

static int
answered(const char *name, json_t *answer)
{
    const json_t *error = json_object_get(answer, "error");
    const char   *code  = text_of(error, "code");
    bool          wrong =
        strncmp(code, "unknown_", 8) == 0 || strncmp(code, "bad_", 4) == 0;

    if (error) fprintf(stderr, "%s: %s\n", name, text_of(error, "message"));
    json_decref(answer);
    return !error ? 0 : wrong ? 2 : 1;
}

// ---- what is asked -----------------------------------------------------

// All words as one: "next set" is a command, too.
static json_t *
command_request(const struct options *o)
{
    char text[256] = "";

    for (int i = 0; i < o->count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i ? "_" : "",
                 o->words[i]);
    }
    return json_pack("{s:s,s:s}", "do", "command", "command", text);
}

static json_t *
play_request(const struct options *o, const char *verb)
{
    json_t *request = json_pack("{s:s}", "do", verb);

    if (o->count > 1)
        json_object_set_new(request, "routine", json_string(o->words[1]));
    if (o->level) json_object_set_new(request, "level", json_string(o->level));
    if (o->sets) json_object_set_new(request, "sets", json_integer(o->sets));
    if (o->minutes)
        json_object_set_new(request, "minutes", json_integer(o->minutes));
    return request;
}

static json_t *
volume_request(const struct options *o)
{
    char *end    = NULL;
    long  volume = o->count > 1 ? strtol(o->words[1], &end, 10) : -1;
    if (end && (*end || end == o->words[1])) volume = -1;
    return json_pack("{s:s,s:I}", "do", "volume", "percent",
                     (json_int_t)volume);
}

static json_t *
request_of(const struct options *o)
{
    const char *verb = o->words[0];

    if (strcmp(verb, "play") == 0 || strcmp(verb, "select") == 0)
        return play_request(o, verb);
    if (strcmp(verb, "volume") == 0) return volume_request(o);
    if (strcmp(verb, "mute") == 0 || strcmp(verb, "unmute") == 0)
        return json_pack("{s:s}", "do", verb);
    return command_request(o);
}

static int
show_status(const char *name, const struct options *o, struct client_link *link)
{
    struct diag diag   = {""};
    json_t     *object = NULL;
    enum status st =
        client_ask(link, json_pack("{s:s}", "do", "state"), &object, &diag);
    if (st) return failed(name, st, &diag);
    if (o->json)
        print_json(json_object_get(object, "state"));
    else
        print_state(json_object_get(object, "state"));
    json_decref(object);
    return 0;
}

// A line that is redrawn on a terminal; a line each where not.
static void
show_event(const struct options *o, const json_t *event, char shown[512])
{
    const json_t *state = json_object_get(event, "state");
    char          line[512];

    if (o->json) {
        print_json(event);
        return;
    }
    if (!state) return;
    line_of(line, state);
    if (strcmp(line, shown) == 0) return;
    text_copy(shown, 512, line);
    if (isatty(STDOUT_FILENO))
        printf("\r%s\033[K", line);
    else
        printf("%s\n", line);
    fflush(stdout);
}

static int
watch(const char *name, const struct options *o, struct client_link *link)
{
    struct diag diag       = {""};
    char        shown[512] = "";
    json_t     *object     = NULL;
    enum status st         = client_next(link, &object, 10000, &diag);

    if (!st) show_event(o, object, shown);
    json_decref(object);
    if (!st)
        st = client_ask(link, json_pack("{s:s}", "do", "subscribe"), &object,
                        &diag);
    if (!st) json_decref(object);
    while (!st) {
        st = client_next(link, &object, -1, &diag);
        if (st) break;
        show_event(o, object, shown);
        json_decref(object);
    }
    if (!o->json && isatty(STDOUT_FILENO)) putchar('\n');
    return failed(name, st, &diag);
}

static int
tell(const char *name, const struct options *o, struct client_link *link)
{
    struct diag diag   = {""};
    json_t     *answer = NULL;
    enum status st     = client_ask(link, request_of(o), &answer, &diag);
    return st ? failed(name, st, &diag) : answered(name, answer);
}

int
cmd_tell(int argc, char **argv)
{
    struct options      o    = {0};
    struct client_link *link = NULL;
    struct diag         diag = {""};
    int                 result;

    argp_parse(&argp, argc, argv, 0, 0, &o);
    enum status st = client_open(&link, &diag);
    if (st) return failed(argv[0], st, &diag);
    if (o.watch)
        result = watch(argv[0], &o, link);
    else if (strcmp(o.words[0], "status") == 0)
        result = show_status(argv[0], &o, link);
    else
        result = tell(argv[0], &o, link);
    client_close(link);
    return result;
}
