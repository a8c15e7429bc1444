// SPDX-License-Identifier: GPL-3.0-or-later
// Hands-free start: greets, names the routines, takes a spoken or typed choice
// and waits for "ready".
#ifndef APP_CHOOSER_H
#define APP_CHOOSER_H
#include "base/diag.h"
#include "base/path.h"
#include "base/report.h"
#include "base/status.h"

struct choice {
    char routine[PATH_SIZE]; // its id, or "": the person said goodbye or left
    int  minutes;            // to fit it to; 0: as it is
};

struct chooser_options {
    const char *voice;    // profile, or NULL
    const char *output;   // part of a device's name, or NULL
    const char *input;    // the same
    int         patience; // seconds without an answer after which it gives up,
                          // once it has asked twice; 0: it waits
    // Looked at often: true ends the choosing.  NULL: nobody is asked.
    bool (*leave)(void *ctx);
    void *ctx;
};

// STATUS_NO_DEVICE where nothing can sound.
enum status
chooser_run(struct choice *choice, const struct chooser_options *options,
            struct report *report, struct diag *diag);
#endif
