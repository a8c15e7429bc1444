// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/discovery.h"

#include <stdio.h>

// What is being put together: the parts of one device, below its topics.
struct parts {
    const struct mqtt_config *config;
    const char               *base; // "rollcall/ROOM"
    json_t                   *all;
};

// What is the same for all: PLATFORM, and a name for people.
static json_t *
add(struct parts *parts, const char *platform, const char *id, const char *name)
{
    char unique[2 * MQTT_NAME];

    snprintf(unique, sizeof unique, "rollcall_%s_%s", parts->config->room, id);
    json_t *part = json_pack("{s:s,s:s,s:s}", "platform", platform, "unique_id",
                             unique, "name", name);
    json_object_set_new(parts->all, id, part);
    return part;
}

static void
set(json_t *part, const char *key, const char *text)
{
    json_object_set_new(part, key, json_string(text));
}

// In full: Home Assistant takes no "~" in the description of a whole device.
static void
set_topic(const struct parts *parts, json_t *object, const char *key,
          const char *topic)
{
    char text[4 * MQTT_NAME];

    snprintf(text, sizeof text, "%s/%s", parts->base, topic);
    set(object, key, text);
}

static void
add_button(struct parts *parts, const char *id, const char *name,
           const char *command)
{
    json_t *button = add(parts, "button", id, name);

    set_topic(parts, button, "command_topic", "command");
    set(button, "payload_press", command);
}

static json_t *
add_sensor(struct parts *parts, const char *id, const char *name,
           const char *template)
{
    json_t *sensor = add(parts, "sensor", id, name);

    set_topic(parts, sensor, "state_topic", "status");
    set(sensor, "value_template", template);
    return sensor;
}

static void
add_switch(struct parts *parts, const char *id, const char *name,
           const char *template)
{
    json_t *on_off = add(parts, "switch", id, name);

    set_topic(parts, on_off, "command_topic", id);
    set_topic(parts, on_off, "state_topic", "status");
    set(on_off, "value_template", template);
}

static void
add_sensors(struct parts *parts)
{
    json_t *state =
        add_sensor(parts, "state", "State", "{{ value_json.state }}");
    json_t *words = json_array();

    for (int i = 0; i < ACTIVITIES; i++)
        json_array_append_new(words,
                              json_string(activity_name((enum activity)i)));
    set(state, "device_class", "enum");
    json_object_set_new(state, "options", words);
    set_topic(parts, state, "json_attributes_topic", "status");
    add_sensor(parts, "exercise", "Exercise",
               "{{ value_json.exercise_title or '-' }}");
    add_sensor(parts, "set", "Set",
               "{{ '%d of %d' % (value_json.set, value_json.sets) "
               "if value_json.set else '-' }}");
    add_sensor(parts, "side", "Side", "{{ value_json.side or '-' }}");
    json_t *left = add_sensor(parts, "left", "Time left", "{{ value }}");
    set_topic(parts, left, "state_topic", "left");
    set(left, "device_class", "duration");
    set(left, "unit_of_measurement", "s");
}

static void
add_select(struct parts *parts)
{
    const struct mqtt_config *config = parts->config;
    json_t *select = add(parts, "select", "routine", "Routine");
    json_t *names  = json_array();

    for (size_t i = 0; i < config->routines; i++)
        json_array_append_new(names, json_string(config->routine[i]));
    set_topic(parts, select, "command_topic", "select");
    set_topic(parts, select, "state_topic", "status");
    set(select, "value_template", "{{ value_json.selected }}");
    json_object_set_new(select, "options", names);
}

static void
add_volume(struct parts *parts)
{
    json_t *volume = add(parts, "number", "volume", "Volume");

    set_topic(parts, volume, "command_topic", "volume");
    set_topic(parts, volume, "state_topic", "status");
    set(volume, "value_template", "{{ value_json.volume }}");
    set(volume, "unit_of_measurement", "%");
    json_object_set_new(volume, "min", json_integer(0));
    json_object_set_new(volume, "max", json_integer(100));
}

static void
add_event(struct parts *parts)
{
    json_t *event = add(parts, "event", "heard", "Last command");
    json_t *types = json_array();

    for (int i = 0; i < COMMANDS; i++)
        json_array_append_new(types,
                              json_string(command_name((enum command)i)));
    set_topic(parts, event, "state_topic", "event");
    json_object_set_new(event, "event_types", types);
}

json_t *
discovery_json(const struct mqtt_config *config, const char *base)
{
    struct parts parts = {config, base, json_object()};
    char         id[2 * MQTT_NAME];

    add_select(&parts);
    add_button(&parts, "start", "Start", "start");
    add_button(&parts, "next", "Next", "next");
    add_button(&parts, "pause", "Pause", "pause");
    add_button(&parts, "resume", "Go on", "resume");
    add_button(&parts, "stop", "Stop", "end_session");
    add_button(&parts, "repeat", "Repeat", "repeat");
    add_sensors(&parts);
    add_volume(&parts);
    add_event(&parts);
    add_switch(&parts, "mute", "Mute the microphone",
               "{{ 'ON' if value_json.muted else 'OFF' }}");
    if (config->groups)
        add_switch(&parts, "class", "Follow the class",
                   "{{ 'ON' if value_json.follows_class else 'OFF' }}");
    snprintf(id, sizeof id, "rollcall_%s", config->room);
    json_t *device = json_pack(
        "{s:{s:[s],s:s},s:{s:s},s:o}", "device", "identifiers", id, "name",
        config->room, "origin", "name", "rollcall", "components", parts.all);
    set_topic(&parts, device, "availability_topic", "availability");
    return device;
}
