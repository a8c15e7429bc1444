// SPDX-License-Identifier: GPL-3.0-or-later
// The confidence model in use, and one for each fold that was fitted by the
// same recipe on all other folds: who is measured was not fitted on.
#ifndef BENCH_LISTEN_MODELS_H
#define BENCH_LISTEN_MODELS_H
#include "listen/confidence.h"
#include "listen_case.h"

struct models {
    struct confidence *used;
    struct confidence *folds[CORPUS_FOLDS];
};

// VOICES: folder of a language; FOLDS: folder with 0.yaml, 1.yaml, ...
enum status
models_read(struct models *models, const char *voices, const char *folds,
            struct diag *diag);

void
models_release(struct models *models);

// By the model of the case's fold, by the one in use where it has none (-1);
// as it would be if its command's limit were that of all others.
double
models_judge(const struct models *models, const struct listen_case *c);

// Of every case; the caller's to free().
double *
models_judge_all(const struct models *models, const struct cases *cases);
#endif
