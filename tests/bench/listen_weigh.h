// SPDX-License-Identifier: GPL-3.0-or-later
// Fits the weights of a person's takes: logistic regression by Newton's method.
#ifndef BENCH_LISTEN_WEIGH_H
#define BENCH_LISTEN_WEIGH_H
#include "listen_known.h"

// SURE: for each trial, as of anybody.  Without the people of fold BUT; -1:
// with all.
struct person_weights
weigh_fit(const struct known *known, const double *sure, int but);
#endif
