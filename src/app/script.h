// SPDX-License-Identifier: GPL-3.0-or-later
// A script of commands: "SECONDS COMMAND" a line, '#' begins a comment.
#ifndef APP_SCRIPT_H
#define APP_SCRIPT_H
#include "base/report.h"
#include "base/status.h"
#include "session/command.h"
#include <stddef.h>
#include <stdint.h>

#define SCRIPT_MOST_BYTES (1 << 20)
#define SCRIPT_MOST_HOURS 24

struct script_line {
    int64_t      at; // microseconds from the session's start, never falling
    enum command command;
};

struct script {
    size_t              count;
    struct script_line *lines;
};

// All problems go to REPORT; then *script is empty.
enum status
script_read(struct script *script, const char *path, struct report *report);

// The same from memory; NAME stands where the file's name would.
enum status
script_parse(struct script *script, const char *name, const char *text,
             size_t length, struct report *report);

void
script_release(struct script *script); // zeroed is fine
#endif
