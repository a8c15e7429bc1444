// SPDX-License-Identifier: GPL-3.0-or-later
// What a person wants to be so from now on: settings.yaml beside their history.
#ifndef CLI_KEEP_H
#define CLI_KEEP_H
#include "app/settings.h"

// Keeps those of SETTINGS that were given as options, beside what was kept
// before; tells on stdout, and on stderr why not.  The exit status.
int
keep_options(const struct settings *settings);
#endif
