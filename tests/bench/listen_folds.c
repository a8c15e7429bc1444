// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_folds.h"

#include <stdlib.h>

static const struct boost_plan plan = {
    .trees = 120, .step = 0.1, .ridge = 6, .fewest = 5, .sample = 0.5};

// A false command in speech or noise is worse than a missed one, and there is
// far more of it in a day than in the recordings.
static double
weight(const struct listen_case *c)
{
    if (c->file == CASE_SPOKEN) return 0.5;
    if (c->file == CASE_VARIED || c->file == CASE_PRETENDED) return 0.5;
    if (c->group == CORPUS_SPEECH || c->group == CORPUS_NOISE) return 15;
    return 1;
}

bool
folds_fit(struct boost *boost, const struct cases *cases, int but)
{
    struct boost_row *rows = calloc(cases->count + 1, sizeof *rows);
    size_t            n    = 0;
    if (!rows) return false;
    for (size_t i = 0; i < cases->count; i++) {
        const struct listen_case *c = &cases->items[i];
        if (c->fold == but) continue;
        rows[n++] = (struct boost_row){.evidence = &c->evidence,
                                       .weight   = weight(c),
                                       .yes      = case_right(c)};
    }
    bool fine = boost_fit(boost, rows, n, &plan);
    free(rows);
    return fine;
}

double *
folds_judge(const struct cases *cases)
{
    double       *confidence = calloc(cases->count + 1, sizeof *confidence);
    struct boost *boost      = malloc(sizeof *boost);
    for (int fold = 0; fold < CORPUS_FOLDS && confidence && boost; fold++) {
        if (!folds_fit(boost, cases, fold)) break;
        for (size_t i = 0; i < cases->count; i++)
            if (cases->items[i].fold == fold)
                confidence[i] = boost_judge(boost, &cases->items[i].evidence);
    }
    free(boost);
    return confidence;
}
