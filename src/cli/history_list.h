// SPDX-License-Identifier: GPL-3.0-or-later
// The history as a list for people, on a terminal.
#ifndef CLI_HISTORY_LIST_H
#define CLI_HISTORY_LIST_H
#include "app/look_back.h"
#include "cli/history_words.h"

// To stdout.
void
history_print_list(const struct look_back     *back,
                   const struct history_words *words);
#endif
