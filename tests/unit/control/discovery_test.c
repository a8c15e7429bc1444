// SPDX-License-Identifier: GPL-3.0-or-later
// The message that Home Assistant gets, held against what it takes: the
// configuration variables of each platform as its pages list them
// (https://www.home-assistant.io/integrations/PLATFORM.mqtt/), and those of a
// whole device as DEVICE_DISCOVERY_SCHEMA has them in
// homeassistant/components/mqtt/schemas.py of its core: a message with any
// other key is thrown away there.
#include "control/discovery.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BASE "rollcall/den"

static const char device_keys[] =
    " device components origin availability availability_mode "
    "availability_template availability_topic payload_available "
    "payload_not_available state_topic command_topic qos encoding ";

static const char about_keys[] =
    " identifiers connections manufacturer model model_id name hw_version "
    "serial_number sw_version via_device suggested_area configuration_url ";

static const char origin_keys[] = " name sw_version support_url ";

// What every platform takes.
static const char common_keys[] =
    " platform unique_id name availability availability_mode "
    "availability_template availability_topic payload_available "
    "payload_not_available device device_class enabled_by_default encoding "
    "entity_category icon json_attributes_template json_attributes_topic qos ";

struct platform {
    const char *name;
    const char *keys; // beside the common ones
    const char *must;
};

static const struct platform platforms[] = {
    {"button", " command_template command_topic payload_press retain ",
     "command_topic"},
    {"event", " event_types state_topic value_template ",
     "event_types state_topic"},
    {"number",
     " command_template command_topic max min mode optimistic payload_reset "
     "retain state_topic step unit_of_measurement value_template ",
     "command_topic"},
    {"select",
     " command_template command_topic optimistic options retain state_topic "
     "value_template ",
     "command_topic options"},
    {"sensor",
     " expire_after force_update last_reset_value_template options state_class "
     "state_topic suggested_display_precision unit_of_measurement "
     "value_template ",
     "state_topic"},
    {"switch",
     " command_template command_topic optimistic payload_off payload_on retain "
     "state_off state_on state_topic value_template ",
     "command_topic"},
};

static const char *const routines[] = {"lats", "upper-back"};
static json_t           *message;

static bool
is_among(const char *keys, const char *key)
{
    char word[64];
    snprintf(word, sizeof word, " %s ", key);
    return strstr(keys, word) != NULL;
}

static const struct platform *
platform_of(const json_t *part)
{
    const char *name = json_string_value(json_object_get(part, "platform"));

    assert_non_null(name);
    for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++)
        if (strcmp(platforms[i].name, name) == 0) return &platforms[i];
    fail_msg("there is no platform %s", name);
    return NULL;
}

static void
hold_keys(json_t *object, const char *keys, const char *more)
{
    const char *key;
    json_t     *value;

    json_object_foreach(object, key, value)
    {
        if (!is_among(keys, key) && !is_among(more, key))
            fail_msg("Home Assistant knows no '%s' here", key);
    }
}

static void
the_device_has_no_key_that_is_not_known(void **state)
{
    (void)state;
    hold_keys(message, device_keys, "");
    hold_keys(json_object_get(message, "device"), about_keys, "");
    hold_keys(json_object_get(message, "origin"), origin_keys, "");
    assert_non_null(json_object_get(json_object_get(message, "origin"),
                                    "name")); // required
    assert_int_equal(json_array_size(json_object_get(
                         json_object_get(message, "device"), "identifiers")),
                     1);
}

static void
no_part_has_a_key_that_its_platform_does_not_know(void **state)
{
    const char *id;
    json_t     *part;

    (void)state;
    json_object_foreach(json_object_get(message, "components"), id, part)
        hold_keys(part, platform_of(part)->keys, common_keys);
}

static void
every_part_has_what_its_platform_requires(void **state)
{
    const char *id;
    json_t     *part;

    (void)state;
    json_object_foreach(json_object_get(message, "components"), id, part)
    {
        char  must[64];
        char *rest = must;
        snprintf(must, sizeof must, "%s", platform_of(part)->must);
        for (char *key; (key = strtok_r(rest, " ", &rest));)
            assert_non_null(json_object_get(part, key));
        assert_non_null(json_object_get(part, "unique_id"));
    }
}

// "~" stands for a base only in the description of a single part.
static void
every_topic_is_whole(void **state)
{
    const char *id, *key;
    json_t     *part, *value;

    (void)state;
    json_object_foreach(json_object_get(message, "components"), id, part)
    {
        json_object_foreach(part, key, value)
        {
            size_t length = strlen(key);
            if (length < 6 || strcmp(key + length - 6, "_topic") != 0) continue;
            assert_memory_equal(json_string_value(value), BASE "/",
                                strlen(BASE "/"));
        }
    }
    assert_string_equal(
        json_string_value(json_object_get(message, "availability_topic")),
        BASE "/availability");
}

// "options" of a sensor: only with the device class "enum", and with neither
// unit nor state class.
static void
a_sensor_with_options_is_an_enum(void **state)
{
    const char *id;
    json_t     *part;

    (void)state;
    json_object_foreach(json_object_get(message, "components"), id, part)
    {
        if (platform_of(part) != &platforms[4]) continue;
        if (!json_object_get(part, "options")) continue;
        assert_string_equal(
            json_string_value(json_object_get(part, "device_class")), "enum");
        assert_null(json_object_get(part, "unit_of_measurement"));
        assert_null(json_object_get(part, "state_class"));
    }
}

static int
make_message(void **state)
{
    struct mqtt_config config = {.room     = "den",
                                 .group    = {"morning"},
                                 .groups   = 1,
                                 .routine  = routines,
                                 .routines = 2};

    (void)state;
    message = discovery_json(&config, BASE);
    return message ? 0 : -1;
}

static int
drop_message(void **state)
{
    (void)state;
    json_decref(message);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_device_has_no_key_that_is_not_known),
        cmocka_unit_test(no_part_has_a_key_that_its_platform_does_not_know),
        cmocka_unit_test(every_part_has_what_its_platform_requires),
        cmocka_unit_test(every_topic_is_whole),
        cmocka_unit_test(a_sensor_with_options_is_an_enum),
    };
    return cmocka_run_group_tests(tests, make_message, drop_message);
}
