// SPDX-License-Identifier: GPL-3.0-or-later
// Confidence of each case by a model that was fitted on other speakers.
#ifndef BENCH_LISTEN_FOLDS_H
#define BENCH_LISTEN_FOLDS_H
#include "listen_boost.h"
#include "listen_case.h"

// Fits on all cases but those of fold BUT (-1: on all).
bool
folds_fit(struct boost *boost, const struct cases *cases, int but);

// One confidence for each case; the caller's to free.  NULL: no memory.
double *
folds_judge(const struct cases *cases);
#endif
