// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio_figure.h"

#include <string.h>

void
figure(struct figures *figures, const char *key, double value, const char *unit,
       double bar, const char *note)
{
    bool first = figures->count++ == 0;

    if (!figures->json) {
        printf("%-58s %9.3f %-9s", note, value, unit);
        if (bar > 0) printf(" %s %g", value <= bar ? "within" : "OVER", bar);
        printf("\n");
        fflush(stdout);
        return;
    }
    printf("%s  \"%s\": {\"value\": %g, \"unit\": \"%s\"",
           first ? "{\n" : ",\n", key, value, unit);
    if (bar > 0)
        printf(", \"bar\": %g, \"within\": %s", bar,
               value <= bar ? "true" : "false");
    printf("}");
}

void
figures_end(struct figures *figures)
{
    if (figures->json) printf("%s\n}\n", figures->count ? "" : "{");
}

void
figures_of(struct figures *figures, FILE *lines,
           const struct figure_kind *kinds, int count)
{
    char   key[64];
    double value;

    while (fscanf(lines, "%63s %lf", key, &value) == 2) {
        for (int i = 0; i < count; i++) {
            if (strcmp(kinds[i].key, key) == 0)
                figure(figures, key, value, kinds[i].unit, kinds[i].bar,
                       kinds[i].note);
        }
    }
}
