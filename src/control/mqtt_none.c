// SPDX-License-Identifier: GPL-3.0-or-later
// In place of mqtt.c where rollcall is built without libmosquitto.
#include "control/mqtt.h"

#ifndef ROLLCALL_MOSQUITTO
enum status
mqtt_open(struct mqtt **out, struct board *board,
          const struct mqtt_config *config, struct diag *diag)
{
    (void)board;
    (void)config;
    *out = NULL;
    diag_set(diag, NULL, "this rollcall was built without libmosquitto");
    return STATUS_NOT_FOUND;
}

void
mqtt_look(struct mqtt *mqtt)
{
    (void)mqtt;
}

void
mqtt_close(struct mqtt *mqtt)
{
    (void)mqtt;
}
#endif
