// SPDX-License-Identifier: GPL-3.0-or-later
// Measurements side by side, each in a process of its own, as many at a time
// as there are cores.
#ifndef BENCH_LISTEN_POOL_H
#define BENCH_LISTEN_POOL_H
#include "listen_case.h"

struct pool_job {
    const char *name;
    enum status (*run)(struct cases *cases, const void *how, struct diag *diag);
    const void  *how;
    struct cases cases;  // what it heard
    double       cpu;    // seconds of the process
    double       memory; // most it held, MB
    bool         done;
};

// Runs all; false where one failed, which stderr tells.
bool
pool_run(struct pool_job *jobs, size_t count);
#endif
