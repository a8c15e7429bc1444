// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/mqtt.h"

#include <string.h>

bool
mqtt_is_name(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length < MQTT_NAME &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789-_") == length;
}

#ifdef ROLLCALL_MOSQUITTO
#include "base/log.h"
#include "base/text.h"
#include "control/backoff.h"
#include "control/discovery.h"
#include "control/login.h"
#include "control/topic.h"
#include "control/worker.h"
#include <mosquitto.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BASE      "rollcall/"
#define TOPIC     (3 * MQTT_NAME)
#define KEEPALIVE 20 // s
#define WAIT_MS   1000
#define GOODBYE   20   // turns of the loop
#define GIVE_UP   3000 // ms that the end of the thread is waited for
#define LEFT_S    5    // the time left is told in such steps

// What a room listens to; a wish has the place in it as its token, from 1.
static const char *const verbs[] = {"command", "play", "select",
                                    "volume",  "mute", "class"};
#define VERBS (sizeof verbs / sizeof *verbs)

struct mqtt {
    struct mosquitto *mosq;
    struct board     *board;
    char             *host;
    int               port;
    char              room[MQTT_NAME];
    char              base[TOPIC]; // "rollcall/ROOM/"
    char              group[MQTT_MOST_GROUPS][TOPIC];
    size_t            groups;
    char             *discovery; // the message, or NULL
    char              discovery_topic[TOPIC];
    char              birth[TOPIC]; // Home Assistant's own, or ""
    struct worker    *worker;
    struct mqtt      *before; // given up like this one
    atomic_bool       closing;
    atomic_bool       follows; // the class
    struct backoff    backoff; // of the thread

    pthread_mutex_t lock; // of what follows
    bool            connected;
    struct state    shown;
    int             left;     // as shown
    bool            followed; // as shown
};

// ---- out ---------------------------------------------------------------

static void
publish(struct mqtt *mqtt, const char *name, const char *text, int qos,
        bool keep)
{
    char topic[TOPIC + 32];

    snprintf(topic, sizeof topic, "%s%s", mqtt->base, name);
    mosquitto_publish(mqtt->mosq, NULL, topic, (int)strlen(text), text, qos,
                      keep);
}

static void
publish_error(struct mqtt *mqtt, const char *text)
{
    publish(mqtt, "error", text, 0, false);
}

// What tells of time has a topic of its own.
static void
publish_status(struct mqtt *mqtt, const struct state *state)
{
    json_t *object = state_json(state);

    json_object_del(object, "position");
    json_object_del(object, "left");
    json_object_del(object, "session_left");
    json_object_set_new(object, "follows_class", json_boolean(mqtt->followed));
    char *text = json_dumps(object, JSON_COMPACT);
    if (text) publish(mqtt, "status", text, 1, true);
    free(text);
    json_decref(object);
}

static void
publish_left(struct mqtt *mqtt)
{
    char text[16];

    snprintf(text, sizeof text, "%d", mqtt->left);
    publish(mqtt, "left", text, 0, false);
}

static void
publish_event(struct mqtt *mqtt, const struct state *state)
{
    char text[128];

    snprintf(text, sizeof text, "{\"event_type\":\"%s\",\"source\":\"%s\"}",
             state->command, state->source);
    publish(mqtt, "event", text, 0, false);
}

static int
left_of(const struct state *state, bool begins)
{
    int left = state->length - state->position;
    return begins ? left : (left + LEFT_S - 1) / LEFT_S * LEFT_S;
}

// The state without what goes by with time.
static void
still(struct state *state)
{
    state->position     = 0;
    state->session_left = 0;
}

// Under the lock.
static void
show(struct mqtt *mqtt, bool all)
{
    struct state state;
    bool         follows = atomic_load(&mqtt->follows);

    board_read(mqtt->board, &state, NULL);
    bool begins =
        state.step != mqtt->shown.step || state.length != mqtt->shown.length;
    int  left    = left_of(&state, begins);
    bool command = state.commands != mqtt->shown.commands;
    still(&state);
    if (all || follows != mqtt->followed ||
        !state_is_same(&state, &mqtt->shown)) {
        mqtt->followed = follows;
        memcpy(&mqtt->shown, &state, sizeof state);
        publish_status(mqtt, &state);
    }
    if (command && !all) publish_event(mqtt, &state);
    if (all || begins || left < mqtt->left) {
        mqtt->left = left;
        publish_left(mqtt);
    }
}

// Why what was asked for is not done; the rest is seen by the state.
static void
publish_refusals(struct mqtt *mqtt)
{
    struct board_reply reply;
    struct diag        diag;

    while (board_next_answer(mqtt->board, SOURCE_MQTT, &reply)) {
        if (reply.outcome == OUTCOME_DONE) continue;
        diag_set(&diag, verbs[reply.token - 1], "%s", reply.text);
        publish_error(mqtt, diag.text);
    }
}

void
mqtt_look(struct mqtt *mqtt)
{
    if (!mqtt) return;
    publish_refusals(mqtt);
    pthread_mutex_lock(&mqtt->lock);
    if (mqtt->connected) show(mqtt, false);
    pthread_mutex_unlock(&mqtt->lock);
}

static void
publish_discovery(struct mqtt *mqtt)
{
    if (mqtt->discovery)
        mosquitto_publish(mqtt->mosq, NULL, mqtt->discovery_topic,
                          (int)strlen(mqtt->discovery), mqtt->discovery, 1,
                          true);
}

// ---- in ----------------------------------------------------------------

static void
follow(struct mqtt *mqtt, bool follows)
{
    atomic_store(&mqtt->follows, follows);
    mqtt_look(mqtt);
}

static uint64_t
token_of(const char *verb)
{
    uint64_t token = 1;
    while (strcmp(verbs[token - 1], verb) != 0) token++;
    return token;
}

// VERB is what the topic ends in; a whole CLASS can only be started and told
// to do something, and its rooms do not all answer.
static void
take(struct mqtt *mqtt, const char *verb, bool class,
     const struct mosquitto_message *message)
{
    struct wish wish;
    struct diag diag = {""};

    if (class && strcmp(verb, "command") != 0 && strcmp(verb, "play") != 0)
        return;
    switch (topic_read(&wish, verb, message->payload ? message->payload : "",
                       (size_t)message->payloadlen, &diag)) {
    case TOPIC_WISH:
        wish.source = SOURCE_MQTT;
        wish.token  = class ? 0 : token_of(verb);
        if (board_ask(mqtt->board, &wish)) return;
        diag_set(&diag, verb, "too much was asked for at once");
        break;
    case TOPIC_JOIN: follow(mqtt, true); return;
    case TOPIC_LEAVE: follow(mqtt, false); return;
    case TOPIC_WRONG: break;
    }
    if (!class) publish_error(mqtt, diag.text);
}

// Whatever a broker sends: nothing but these topics counts.
static const char *
verb_below(const char *base, const char *topic)
{
    size_t      length = strlen(base);
    const char *verb   = topic + length;

    if (strncmp(topic, base, length) != 0) return NULL;
    return strchr(verb, '/') ? NULL : verb;
}

// A message that was kept by the broker is old: nobody wants it now.
static void
on_message(struct mosquitto *mosq, void *ctx,
           const struct mosquitto_message *message)
{
    struct mqtt *mqtt = ctx;
    const char  *verb = verb_below(mqtt->base, message->topic);

    (void)mosq;
    if (*mqtt->birth && strcmp(message->topic, mqtt->birth) == 0) {
        publish_discovery(mqtt); // Home Assistant has started
        return;
    }
    if (message->retain) return;
    if (verb) take(mqtt, verb, false, message);
    for (size_t i = 0; i < mqtt->groups && !verb; i++) {
        verb = verb_below(mqtt->group[i], message->topic);
        if (verb && atomic_load(&mqtt->follows))
            take(mqtt, verb, true, message);
    }
}

static void
subscribe(struct mqtt *mqtt, const char *base, const char *verb)
{
    char topic[TOPIC + 32];

    snprintf(topic, sizeof topic, "%s%s", base, verb);
    mosquitto_subscribe(mqtt->mosq, NULL, topic, 1);
}

static int64_t
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
on_connect(struct mosquitto *mosq, void *ctx, int reason)
{
    struct mqtt *mqtt = ctx;

    if (reason != 0) {
        if (backoff_tells(&mqtt->backoff, LOSS_UNREACHED))
            log_print(LOG_WARNING, "the MQTT broker %s refuses: %s", mqtt->host,
                      mosquitto_connack_string(reason));
        return;
    }
    backoff_connected(&mqtt->backoff, now_ms());
    for (size_t i = 0; i < VERBS; i++) subscribe(mqtt, mqtt->base, verbs[i]);
    for (size_t i = 0; i < mqtt->groups; i++) {
        subscribe(mqtt, mqtt->group[i], "command");
        subscribe(mqtt, mqtt->group[i], "play");
    }
    if (*mqtt->birth) mosquitto_subscribe(mosq, NULL, mqtt->birth, 0);
    publish_discovery(mqtt);
    pthread_mutex_lock(&mqtt->lock);
    mqtt->connected = true;
    show(mqtt, true);
    pthread_mutex_unlock(&mqtt->lock);
    publish(mqtt, "availability", "online", 1, true);
}

static void
on_disconnect(struct mosquitto *mosq, void *ctx, int reason)
{
    struct mqtt *mqtt = ctx;

    (void)mosq;
    (void)reason;
    pthread_mutex_lock(&mqtt->lock);
    mqtt->connected = false;
    pthread_mutex_unlock(&mqtt->lock);
}

// ---- the thread --------------------------------------------------------

static void
wait_ms(struct mqtt *mqtt, int ms)
{
    struct timespec step = {.tv_nsec = 50000000};
    for (; ms > 0 && !atomic_load(&mqtt->closing); ms -= 50)
        nanosleep(&step, NULL);
}

static void
tell_loss(struct mqtt *mqtt, enum loss loss, int error)
{
    if (!backoff_tells(&mqtt->backoff, loss)) return;
    if (loss == LOSS_SOON)
        log_print(LOG_WARNING,
                  "the MQTT broker %s ends each connection soon; perhaps "
                  "another player is called '%s' too: --mqtt-room",
                  mqtt->host, mqtt->room);
    else
        log_print(LOG_WARNING, "the MQTT broker %s cannot be reached: %s",
                  mqtt->host, mosquitto_strerror(error));
}

static void
say_goodbye(struct mqtt *mqtt)
{
    publish(mqtt, "availability", "offline", 1, true);
    for (int i = 0; i < GOODBYE / 2; i++) mosquitto_loop(mqtt->mosq, 10, 1);
    mosquitto_disconnect(mqtt->mosq);
    for (int i = 0; i < GOODBYE / 2; i++)
        if (mosquitto_loop(mqtt->mosq, 10, 1)) break;
}

static void
run(void *ctx)
{
    struct mqtt *mqtt = ctx;

    while (!atomic_load(&mqtt->closing)) {
        int wait;
        int r = mosquitto_connect_async(mqtt->mosq, mqtt->host, mqtt->port,
                                        KEEPALIVE);
        while (!r && !atomic_load(&mqtt->closing)) {
            r = mosquitto_loop(mqtt->mosq, WAIT_MS, 1);
            if (!r) backoff_look(&mqtt->backoff, now_ms());
        }
        if (atomic_load(&mqtt->closing)) break;
        enum loss loss = backoff_lost(&mqtt->backoff, &wait);
        tell_loss(mqtt, loss, r);
        wait_ms(mqtt, wait);
    }
    if (mqtt->connected) say_goodbye(mqtt);
}

// ---- the whole ---------------------------------------------------------

static enum status
set_names(struct mqtt *mqtt, const struct mqtt_config *config,
          struct diag *diag)
{
    char base[2 * MQTT_NAME];

    if (!mqtt_is_name(config->room)) {
        diag_set(diag, NULL,
                 "'%.64s' is no name for a room: letters, digits, '-' and "
                 "'_' only",
                 config->room);
        return STATUS_BAD_INPUT;
    }
    snprintf(mqtt->room, sizeof mqtt->room, "%s", config->room);
    snprintf(base, sizeof base, BASE "%s", config->room);
    snprintf(mqtt->base, sizeof mqtt->base, "%s/", base);
    mqtt->groups = config->groups;
    for (size_t i = 0; i < config->groups; i++)
        snprintf(mqtt->group[i], TOPIC, BASE "class/%s/", config->group[i]);
    if (!config->discovery) return STATUS_OK;
    snprintf(mqtt->discovery_topic, TOPIC, "%.64s/device/rollcall_%s/config",
             config->discovery, config->room);
    snprintf(mqtt->birth, TOPIC, "%.64s/status", config->discovery);
    json_t *object  = discovery_json(config, base);
    mqtt->discovery = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    return mqtt->discovery ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
set_up(struct mqtt *mqtt, const struct mqtt_config *config, struct diag *diag)
{
    char id[2 * MQTT_NAME], topic[TOPIC + 32];

    enum status st = set_names(mqtt, config, diag);
    if (st) return st;
    snprintf(id, sizeof id, "rollcall-%s", config->room);
    snprintf(topic, sizeof topic, "%savailability", mqtt->base);
    mqtt->host = strdup(config->host);
    mqtt->port = config->port ? config->port : config->tls ? 8883 : 1883;
    mqtt->mosq = mosquitto_new(id, true, mqtt);
    if (!mqtt->host || !mqtt->mosq) return STATUS_NO_MEMORY;
    mosquitto_threaded_set(mqtt->mosq, true);
    // small messages go at once, not after the one before is acknowledged
    mosquitto_int_option(mqtt->mosq, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_connect_callback_set(mqtt->mosq, on_connect);
    mosquitto_disconnect_callback_set(mqtt->mosq, on_disconnect);
    mosquitto_message_callback_set(mqtt->mosq, on_message);
    mosquitto_will_set(mqtt->mosq, topic, (int)strlen("offline"), "offline", 1,
                       true);
    return login_set(mqtt->mosq, config, diag);
}

static void
release(struct mqtt *mqtt)
{
    if (mqtt->mosq) mosquitto_destroy(mqtt->mosq);
    pthread_mutex_destroy(&mqtt->lock);
    free(mqtt->host);
    free(mqtt->discovery);
    free(mqtt);
    mosquitto_lib_cleanup();
}

enum status
mqtt_open(struct mqtt **out, struct board *board,
          const struct mqtt_config *config, struct diag *diag)
{
    struct mqtt *mqtt = calloc(1, sizeof *mqtt);
    if (!mqtt) return STATUS_NO_MEMORY;

    mosquitto_lib_init();
    mqtt->board = board;
    pthread_mutex_init(&mqtt->lock, NULL);
    atomic_init(&mqtt->closing, false);
    atomic_init(&mqtt->follows, true);
    state_clear(&mqtt->shown);
    backoff_init(&mqtt->backoff);
    enum status st = set_up(mqtt, config, diag);
    if (!st) st = worker_start(&mqtt->worker, run, mqtt);
    if (st) {
        if (st == STATUS_FAILED)
            diag_set(diag, NULL, "no thread could be started for MQTT");
        release(mqtt);
        return st;
    }
    *out = mqtt;
    return STATUS_OK;
}

void
mqtt_close(struct mqtt *mqtt)
{
    static struct mqtt *given_up; // for good, and never freed

    if (!mqtt) return;
    atomic_store(&mqtt->closing, true);
    publish(mqtt, "availability", "offline", 1, true); // wakes the thread
    // one that still looks for the broker's address keeps what it uses
    if (worker_end(mqtt->worker, GIVE_UP)) {
        release(mqtt);
        return;
    }
    mqtt->before = given_up;
    given_up     = mqtt;
}
#endif
