// SPDX-License-Identifier: GPL-3.0-or-later
// The ears at work, to be watched: how loud it is, when somebody is heard, and
// what came of it.
#ifndef APP_METER_H
#define APP_METER_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/listener.h"

struct meter_options {
    const char *input; // part of a device's name, or NULL
    const char *state; // whose commands count, NULL: all
    // One stretch of speech, times in seconds since the start.
    void (*heard)(void *ctx, const struct heard *heard, double rate);
    // Ten times a second: dB of full scale, and for how long somebody speaks.
    void (*level)(void *ctx, double decibels, double speaking);
    void *ctx;
};

// Listens to the microphone until interrupted.
enum status
meter_run(const struct meter_options *options, struct diag *diag);
#endif
