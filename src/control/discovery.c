// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/discovery.h"

#include <stdio.h>

// What is the same for all: PLATFORM, and a name for people.
static json_t *
begin(const struct mqtt_config *config, const char *platform, const char *id,
      const char *name)
{
    char unique[2 * MQTT_NAME];

    snprintf(unique, sizeof unique, "rollcall_%s_%s", config->room, id);
    return json_pack("{s:s,s:s,s:s}", "platform", platform, "unique_id", unique,
                     "name", name);
}

static void
set(json_t *component, const char *key, const char *text)
{
    json_object_set_new(component, key, json_string(text));
}

static void
add_button(json_t *all, const struct mqtt_config *config, const char *id,
           const char *name, const char *command)
{
    json_t *button = begin(config, "button", id, name);

    set(button, "command_topic", "~/command");
    set(button, "payload_press", command);
    json_object_set_new(all, id, button);
}

static json_t *
add_sensor(json_t *all, const struct mqtt_config *config, const char *id,
           const char *name, const char *template)
{
    json_t *sensor = begin(config, "sensor", id, name);

    set(sensor, "state_topic", "~/status");
    set(sensor, "value_template", template);
    json_object_set_new(all, id, sensor);
    return sensor;
}

static void
add_switch(json_t *all, const struct mqtt_config *config, const char *id,
           const char *name, const char *template)
{
    char    topic[32];
    json_t *on_off = begin(config, "switch", id, name);

    snprintf(topic, sizeof topic, "~/%s", id);
    set(on_off, "command_topic", topic);
    set(on_off, "state_topic", "~/status");
    set(on_off, "value_template", template);
    json_object_set_new(all, id, on_off);
}

static void
add_sensors(json_t *all, const struct mqtt_config *config)
{
    json_t *state =
        add_sensor(all, config, "state", "State", "{{ value_json.state }}");
    json_t *words = json_array();

    for (int i = 0; i < ACTIVITIES; i++)
        json_array_append_new(words,
                              json_string(activity_name((enum activity)i)));
    set(state, "device_class", "enum");
    json_object_set_new(state, "options", words);
    set(state, "json_attributes_topic", "~/status");
    add_sensor(all, config, "exercise", "Exercise",
               "{{ value_json.exercise_title or '-' }}");
    add_sensor(all, config, "set", "Set",
               "{{ '%d of %d' % (value_json.set, value_json.sets) "
               "if value_json.set else '-' }}");
    add_sensor(all, config, "side", "Side", "{{ value_json.side or '-' }}");
    json_t *left = add_sensor(all, config, "left", "Time left", "{{ value }}");
    set(left, "state_topic", "~/left");
    set(left, "device_class", "duration");
    set(left, "unit_of_measurement", "s");
}

static void
add_select(json_t *all, const struct mqtt_config *config)
{
    json_t *select = begin(config, "select", "routine", "Routine");
    json_t *names  = json_array();

    for (size_t i = 0; i < config->routines; i++)
        json_array_append_new(names, json_string(config->routine[i]));
    set(select, "command_topic", "~/select");
    set(select, "state_topic", "~/status");
    set(select, "value_template", "{{ value_json.selected }}");
    json_object_set_new(select, "options", names);
    json_object_set_new(all, "routine", select);
}

static void
add_volume(json_t *all, const struct mqtt_config *config)
{
    json_t *volume = begin(config, "number", "volume", "Volume");

    set(volume, "command_topic", "~/volume");
    set(volume, "state_topic", "~/status");
    set(volume, "value_template", "{{ value_json.volume }}");
    set(volume, "unit_of_measurement", "%");
    json_object_set_new(volume, "min", json_integer(0));
    json_object_set_new(volume, "max", json_integer(100));
    json_object_set_new(all, "volume", volume);
}

static void
add_event(json_t *all, const struct mqtt_config *config)
{
    json_t *event = begin(config, "event", "heard", "Last command");
    json_t *types = json_array();

    for (int i = 0; i < COMMANDS; i++)
        json_array_append_new(types,
                              json_string(command_name((enum command)i)));
    set(event, "state_topic", "~/event");
    json_object_set_new(event, "event_types", types);
    json_object_set_new(all, "heard", event);
}

json_t *
discovery_json(const struct mqtt_config *config, const char *base)
{
    char    id[2 * MQTT_NAME];
    json_t *all = json_object();

    snprintf(id, sizeof id, "rollcall_%s", config->room);
    add_select(all, config);
    add_button(all, config, "start", "Start", "start");
    add_button(all, config, "next", "Next", "next");
    add_button(all, config, "pause", "Pause", "pause");
    add_button(all, config, "resume", "Go on", "resume");
    add_button(all, config, "stop", "Stop", "end_session");
    add_button(all, config, "repeat", "Repeat", "repeat");
    add_sensors(all, config);
    add_volume(all, config);
    add_event(all, config);
    add_switch(all, config, "mute", "Mute the microphone",
               "{{ 'ON' if value_json.muted else 'OFF' }}");
    if (config->groups)
        add_switch(all, config, "class", "Follow the class",
                   "{{ 'ON' if value_json.follows_class else 'OFF' }}");
    return json_pack("{s:s,s:{s:[s],s:s},s:{s:s},s:s,s:o}", "~", base, "device",
                     "identifiers", id, "name", config->room, "origin", "name",
                     "rollcall", "availability_topic", "~/availability",
                     "components", all);
}
