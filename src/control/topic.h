// SPDX-License-Identifier: GPL-3.0-or-later
// What comes under a topic of MQTT: the wish in a message.  docs/mqtt.md
#ifndef CONTROL_TOPIC_H
#define CONTROL_TOPIC_H
#include "base/diag.h"
#include "control/board.h"

#define TOPIC_LONGEST 1024 // bytes of a message

enum topic_means {
    TOPIC_WISH,
    TOPIC_JOIN, // the class
    TOPIC_LEAVE,
    TOPIC_WRONG, // *diag says why
};

// VERB is the last part of the topic: command, play, select, volume, mute,
// class.  *wish gets no source and no token.
enum topic_means
topic_read(struct wish *wish, const char *verb, const void *message,
           size_t length, struct diag *diag);
#endif
