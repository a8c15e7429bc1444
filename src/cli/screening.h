// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall setup --screening: the ten questions before a first session, once
// more.
#ifndef CLI_SCREENING_H
#define CLI_SCREENING_H
#include <stdbool.h>

struct screening_options {
    const char *input, *output; // parts of devices' names, or NULL
    bool        typed;          // on the terminal, nothing is spoken
};

// Asks by voice, and where there is no sound device, on the terminal.  Gives
// the exit status.
int
screening_ask(const struct screening_options *options);

// Shows, removes what is kept.
int
screening_show(void);
int
screening_forget(void);
#endif
