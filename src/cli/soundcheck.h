// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall setup --sound
#ifndef CLI_SOUNDCHECK_H
#define CLI_SOUNDCHECK_H
#include <stdbool.h>

struct soundcheck_wish {
    const char *input; // part of a device's name, or NULL
    const char *output;
    bool        quiet; // prints only
};

// Measures, says and prints, keeps; the exit status.
int
soundcheck_live(const struct soundcheck_wish *wish);

// What was kept; and removes it.
int
soundcheck_show(void);
int
soundcheck_forget(void);
#endif
