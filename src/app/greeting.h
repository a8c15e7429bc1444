// SPDX-License-Identifier: GPL-3.0-or-later
// What is said while a session is chosen, hands free:
// voices/LANG/greeting.yaml.
#ifndef APP_GREETING_H
#define APP_GREETING_H
#include "base/report.h"
#include "base/status.h"

enum greeting_line {
    GREETING_BROKE_OFF, // offers, as enum offer_kind
    GREETING_DUE,
    GREETING_USUAL,
    GREETING_LEFT_HAD_LESS,
    GREETING_RIGHT_HAD_LESS,
    GREETING_HELLO,
    GREETING_CHOICE,
    GREETING_HOW,
    GREETING_AGAIN,
    GREETING_CHOSEN,
    GREETING_CHOSEN_IN,
    GREETING_MINUTES,
    GREETING_WHAT_THEN,
    GREETING_UNKNOWN,
    GREETING_GOODBYE,
    GREETING_LINES
};

struct greeting;

// VOICES: the folder of the language.  All lines must be there and no others;
// every problem goes to REPORT.  For greeting_free().
enum status
greeting_read(struct greeting **out, const char *voices, struct report *report);

void
greeting_free(struct greeting *greeting); // NULL is fine

// With {names} where values go.
const char *
greeting_text(const struct greeting *greeting, enum greeting_line line);
#endif
