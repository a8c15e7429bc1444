// SPDX-License-Identifier: GPL-3.0-or-later
// What a benchmark of sound found: named figures, some with a bar.
#ifndef AUDIO_FIGURE_H
#define AUDIO_FIGURE_H
#include <stdbool.h>
#include <stdio.h>

struct figures {
    bool json;
    int  count;
};

// NOTE says what it is, for people.  BAR is what VALUE should not pass, or 0.
void
figure(struct figures *figures, const char *key, double value, const char *unit,
       double bar, const char *note);

void
figures_end(struct figures *figures);

// "key value" lines of COMMAND's stdout as figures.
struct figure_kind {
    const char *key, *unit;
    double      bar;
    const char *note;
};
void
figures_of(struct figures *figures, FILE *lines,
           const struct figure_kind *kinds, int count);
#endif
