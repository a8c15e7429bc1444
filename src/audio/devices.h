// SPDX-License-Identifier: GPL-3.0-or-later
// The sound devices PortAudio finds.
#ifndef AUDIO_DEVICES_H
#define AUDIO_DEVICES_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct device {
    char   name[128];
    char   api[32]; // "ALSA", "JACK", "Core Audio"
    int    inputs;  // channels
    int    outputs;
    double rate; // its own, Hz
    bool   default_input;
    bool   default_output;
};

// *out is the caller's to free(); no devices at all is a success with *count 0.
enum status
devices_list(struct device **out, size_t *count, struct diag *diag);

// Keeps ALSA's and JACK's own messages off stderr.  Before any use of
// PortAudio; devices_list() and host_portaudio do it themselves.
void
devices_quiet(void);
#endif
