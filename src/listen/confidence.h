// SPDX-License-Identifier: GPL-3.0-or-later
// How likely it is that a decoded command was really said: a sum of small
// decision trees through a logistic curve, read from a file for people.
//
// Boosting after Friedman, "Greedy function approximation: a gradient boosting
// machine", 2001.
#ifndef LISTEN_CONFIDENCE_H
#define LISTEN_CONFIDENCE_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/evidence.h"
#include <stddef.h>

struct confidence;

enum status
confidence_read(struct confidence **out, const char *path, struct diag *diag);

void
confidence_free(struct confidence *confidence); // NULL is fine

// 0..1
double
confidence_judge(const struct confidence *confidence,
                 const struct evidence   *evidence);

// What COMMAND must reach to be taken.
double
confidence_least(const struct confidence *confidence, const char *command);

// What it must reach to be asked back; 1 where it is never asked.
double
confidence_ask(const struct confidence *confidence, const char *command);
#endif
