// SPDX-License-Identifier: GPL-3.0-or-later
// The history for other programs: JSON and CSV.
#ifndef CLI_HISTORY_TEXT_H
#define CLI_HISTORY_TEXT_H
#include "app/look_back.h"
#include <stdio.h>

// Everything that is kept: every session with its windows, commands and
// remarks, and what it sums up to.
enum status
history_write_json(FILE *file, const struct look_back *back, struct diag *diag);

// A line for each window of work.
enum status
history_write_csv(FILE *file, const struct look_back *back, struct diag *diag);

// "2026-05-24T07:30:00+02:00"
void
history_time(char to[40], int64_t seconds, int zone);
#endif
