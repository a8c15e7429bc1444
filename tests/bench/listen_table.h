// SPDX-License-Identifier: GPL-3.0-or-later
// What was measured, as a table, as JSON, and as a figure.
#ifndef BENCH_LISTEN_TABLE_H
#define BENCH_LISTEN_TABLE_H
#include "listen_models.h"
#include "listen_score.h"
#include <stdbool.h>
#include <stdio.h>

struct table_row {
    char         name[64];
    struct tally tally;
};

#define TABLE_ROWS 32

struct table_lines {
    const char      *title;
    struct table_row rows[TABLE_ROWS];
    int              count;
};

// A figure that was promised.
struct table_bar {
    const char *name;
    bool        most; // it is a limit from above
    double      bar, measured;
};

#define TABLE_BARS 16

struct listen_table {
    double             least;
    struct table_bar   bars[TABLE_BARS];
    int                bar_count;
    struct table_lines words;  // all commands active
    struct table_lines states; // only what counts in the state
    struct table_lines rooms;
    struct table_lines own;   // the own voice
    struct table_lines known; // people who taught it their voice
    double             speech, noise, own_false;      // false commands an hour
    double             speech_playing, noise_playing; // while a session plays
    double             lag, lag_95; // seconds from end of word to decision
    double             cpu[CORPUS_GROUPS]; // seconds a second
    double             cpu_speech, kws_speech, cpu_track, kws_track;
    double             memory; // MB
};

void
table_add(struct table_lines *lines, const char *name, struct tally tally);

void
table_bar(struct listen_table *table, const char *name, bool most, double bar,
          double measured);

void
table_print(const struct listen_table *report);

void
table_json(const struct listen_table *report);

// Misses of the crowd's commands against false ones an hour in speech and
// noise, over all limits.
enum status
table_svg(const char *path, const struct cases *words,
          const struct cases *streams, const struct corpus *corpus,
          const struct models *models, struct diag *diag);
#endif
