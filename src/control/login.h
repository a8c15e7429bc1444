// SPDX-License-Identifier: GPL-3.0-or-later
// How a player gets into an MQTT broker: its name and password, encryption.
#ifndef CONTROL_LOGIN_H
#define CONTROL_LOGIN_H
#include "base/diag.h"
#include "base/status.h"
#include "control/mqtt.h"

struct mosquitto;

// Before it connects.  STATUS_BAD_INPUT: the password's file or the
// certificates will not do.
enum status
login_set(struct mosquitto *mosq, const struct mqtt_config *config,
          struct diag *diag);
#endif
