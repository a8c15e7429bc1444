// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/mqtt_options.h"

#include "control/broker.h"
#include <string.h>
#include <unistd.h>

enum {
    OPTION_MQTT = 0x500,
    OPTION_ROOM,
    OPTION_GROUP,
    OPTION_USER,
    OPTION_PASSWORD,
    OPTION_TLS,
    OPTION_CA,
    OPTION_DISCOVERY,
};

#define DISCOVERY "homeassistant"

static const struct argp_option options[] = {
    {"mqtt", OPTION_MQTT, "HOST[:PORT]", 0,
     "A broker to be steered through; none if not given", 0},
    {"mqtt-room", OPTION_ROOM, "NAME", 0,
     "What this player is called there; the machine's name if not given", 0},
    {"mqtt-class", OPTION_GROUP, "NAME", 0,
     "A class of many rooms that this one follows; up to four times", 0},
    {"mqtt-user", OPTION_USER, "NAME", 0, "Who logs in there", 0},
    {"mqtt-password-file", OPTION_PASSWORD, "FILE", 0,
     "The password, in a file that only you can read", 0},
    {"mqtt-tls", OPTION_TLS, 0, 0, "Encrypted, with the system's certificates",
     0},
    {"mqtt-ca", OPTION_CA, "FILE", 0,
     "Encrypted, with this authority's certificate", 0},
    {"mqtt-discovery", OPTION_DISCOVERY, "PREFIX", 0,
     "Where Home Assistant looks for devices; 'none': tell it nothing", 0},
    {0}};

static void
parse_broker(struct argp_state *state, struct mqtt_config *config,
             const char *text)
{
    static struct broker broker;
    struct diag          diag = {""};

    if (!broker_read(&broker, text, &diag))
        argp_error(state, "--mqtt: %s", diag.text);
    config->host = broker.host;
    config->port = broker.port; // 0 over one from the settings, too
}

static void
add_class(struct argp_state *state, struct mqtt_config *config,
          const char *name)
{
    if (!mqtt_is_name(name))
        argp_error(state,
                   "--mqtt-class: '%s' is no name; letters, digits, '-' and "
                   "'_' only",
                   name);
    if (config->groups == MQTT_MOST_GROUPS)
        argp_error(state, "--mqtt-class: at most %d of them", MQTT_MOST_GROUPS);
    config->group[config->groups++] = name;
}

// The machine's name, up to its first dot.
static void
name_room(struct mqtt_config *config)
{
    static char name[MQTT_NAME];

    if (config->room) return;
    if (gethostname(name, sizeof name - 1) != 0) name[0] = '\0';
    name[strcspn(name, ".")] = '\0';
    config->room             = *name ? name : "rollcall";
}

static error_t
finish(struct argp_state *state, struct mqtt_config *config)
{
    bool other = config->room || config->groups || config->user ||
                 config->password_file || config->tls;

    if (!config->host && other)
        argp_error(state, "which broker? Give --mqtt HOST, too");
    if (config->password_file && !config->user)
        argp_error(state, "--mqtt-password-file needs --mqtt-user");
    name_room(config);
    return 0;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct mqtt_config *config = state->input;

    switch (key) {
    case ARGP_KEY_INIT: config->discovery = DISCOVERY; return 0;
    case OPTION_MQTT: parse_broker(state, config, arg); return 0;
    case OPTION_ROOM:
        if (!mqtt_is_name(arg))
            argp_error(state,
                       "--mqtt-room: '%s' is no name; letters, digits, '-' "
                       "and '_' only",
                       arg);
        config->room = arg;
        return 0;
    case OPTION_GROUP: add_class(state, config, arg); return 0;
    case OPTION_USER: config->user = arg; return 0;
    case OPTION_PASSWORD: config->password_file = arg; return 0;
    case OPTION_CA:
        config->ca_file = arg;
        config->tls     = true;
        return 0;
    case OPTION_TLS: config->tls = true; return 0;
    case OPTION_DISCOVERY:
        config->discovery = strcmp(arg, "none") == 0 ? NULL : arg;
        return 0;
    case ARGP_KEY_SUCCESS: return finish(state, config);
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp mqtt_argp = {options, parse, 0, 0, 0, 0, 0};
