// SPDX-License-Identifier: GPL-3.0-or-later
// Tries loudspeaker and microphone: how loud the room is, how late and how loud
// a sweep comes back, how loud somebody speaks.
#ifndef APP_SOUNDCHECK_H
#define APP_SOUNDCHECK_H
#include "app/surroundings.h"
#include "audio/host.h"
#include "base/diag.h"

struct soundcheck_options {
    const struct host_ops *host;
    const char            *input; // part of a device's name, or NULL
    const char            *output;
    bool                   silent; // says nothing: the sweep alone sounds
    // What is said, or would be.
    void (*say)(void *ctx, const char *text);
    // Ten times a second, while it listens: dBFS.
    void (*level)(void *ctx, double decibels);
    void *ctx;
};

// Takes some fifteen seconds.  What is found is judged aloud.  NO_DEVICE also
// where there is no microphone; FAILED where it was interrupted.
enum status
soundcheck_run(const struct soundcheck_options *options,
               struct surroundings *found, struct diag *diag);
#endif
