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

// STATUS_NO_DEVICE where nothing can sound.
enum status
chooser_run(struct choice *choice, const char *voice, struct report *report,
            struct diag *diag);
#endif
