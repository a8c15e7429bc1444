// SPDX-License-Identifier: GPL-3.0-or-later
// The options of an MQTT broker, as an argp child.
#ifndef CLI_MQTT_OPTIONS_H
#define CLI_MQTT_OPTIONS_H
#include "control/mqtt.h"
#include <argp.h>

// The input is a struct mqtt_config, zeroed; host stays NULL where no broker
// was named.
extern const struct argp mqtt_argp;
#endif
