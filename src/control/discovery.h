// SPDX-License-Identifier: GPL-3.0-or-later
// What Home Assistant is told: one device with all that it has.
#ifndef CONTROL_DISCOVERY_H
#define CONTROL_DISCOVERY_H
#include "control/mqtt.h"
#include <jansson.h>

// The message of device discovery for the room, whose topics begin with BASE.
// The caller's; NULL: no memory.
json_t *
discovery_json(const struct mqtt_config *config, const char *base);
#endif
