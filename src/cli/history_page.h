// SPDX-License-Identifier: GPL-3.0-or-later
// The history as one page of HTML that needs nothing else: charts are inline
// SVG, there are no scripts, and it can be read on a phone, in print, by day
// and by night.
#ifndef CLI_HISTORY_PAGE_H
#define CLI_HISTORY_PAGE_H
#include "app/look_back.h"
#include "cli/history_words.h"
#include <stdio.h>

// NAME: whose it is, "" where they need none.
void
history_write_page(FILE *file, const struct look_back *back,
                   const struct history_words *words, const char *name);
#endif
