// SPDX-License-Identifier: GPL-3.0-or-later
// The player at an MQTT broker: state out, wishes in, and what Home Assistant
// wants to know.  docs/mqtt.md.  A thread of its own talks to the broker.
#ifndef CONTROL_MQTT_H
#define CONTROL_MQTT_H
#include "base/diag.h"
#include "base/status.h"
#include "control/board.h"

#define MQTT_MOST_GROUPS 4
#define MQTT_NAME        64

struct mqtt_config {
    const char *host;
    int         port; // 0: 1883, with TLS 8883
    const char *room; // in topics: letters, digits, '-' and '_'
    const char *user; // or NULL
    const char *password_file;
    bool        tls;
    const char *ca_file;   // NULL: those of the system
    const char *discovery; // prefix, NULL: Home Assistant is told nothing
    size_t      groups;
    const char *group[MQTT_MOST_GROUPS]; // classes, by name
    // To choose from in Home Assistant; must last until mqtt_open() is over.
    size_t             routines;
    const char *const *routine;
};

struct mqtt;

// Whether NAME can stand in a topic.
bool
mqtt_is_name(const char *name);

// BOARD must outlive it.  A broker that is not there is tried again and again.
// STATUS_NOT_FOUND: rollcall was built without it; STATUS_BAD_INPUT: a file or
// a name in CONFIG will not do.
enum status
mqtt_open(struct mqtt **out, struct board *board,
          const struct mqtt_config *config, struct diag *diag);

// There may be another state.  Any one thread.  NULL is fine.
void
mqtt_look(struct mqtt *mqtt);

// Says goodbye to the broker.  NULL is fine.
void
mqtt_close(struct mqtt *mqtt);
#endif
