// SPDX-License-Identifier: GPL-3.0-or-later
// Hands-free start: greets, names the routines, takes a spoken or typed choice
// and waits for "ready".
#ifndef APP_CHOOSER_H
#define APP_CHOOSER_H
#include "base/diag.h"
#include "base/path.h"
#include "base/report.h"
#include "base/status.h"

// *chosen is the routine's id, or "" where the person said goodbye or left.
// STATUS_NO_DEVICE where nothing can sound.
enum status
chooser_run(char chosen[PATH_SIZE], const char *voice, struct report *report,
            struct diag *diag);
#endif
