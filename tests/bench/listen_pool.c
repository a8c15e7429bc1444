// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct running {
    pid_t child;
    char  path[64];
};

static void
work(const struct pool_job *job, const char *path)
{
    struct cases cases  = {0};
    struct diag  diag   = {""};
    enum status  status = job->run(&cases, job->how, &diag);
    if (status == STATUS_OK) status = cases_write(&cases, path, &diag);
    if (status != STATUS_OK) fprintf(stderr, "%s: %s\n", job->name, diag.text);
    _exit(status == STATUS_OK ? 0 : 1);
}

static bool
begin(const struct pool_job *job, struct running *r, size_t i)
{
    snprintf(r->path, sizeof r->path, "/tmp/rollcall-bench-%d-%zu.tsv",
             (int)getpid(), i);
    fflush(NULL);
    r->child = fork();
    if (r->child == 0) work(job, r->path);
    return r->child > 0;
}

static double
seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static bool
finish(struct pool_job *jobs, struct running *running, size_t begun)
{
    struct rusage usage;
    struct diag   diag   = {""};
    int           status = 0;
    pid_t         child  = wait4(-1, &status, 0, &usage);
    for (size_t i = 0; i < begun; i++) {
        if (running[i].child != child) continue;
        struct pool_job *job = &jobs[i];
        job->cpu    = seconds(usage.ru_utime) + seconds(usage.ru_stime);
        job->memory = (double)usage.ru_maxrss / 1024;
        job->done   = status == 0 && cases_read(&job->cases, running[i].path,
                                                &diag) == STATUS_OK;
        remove(running[i].path);
        fprintf(stderr, "%s: %.0f s of CPU\n", job->name, job->cpu);
        return job->done;
    }
    return false;
}

bool
pool_run(struct pool_job *jobs, size_t count)
{
    struct running *running = calloc(count, sizeof *running);
    long            cores   = sysconf(_SC_NPROCESSORS_ONLN);
    size_t          begun = 0, ended = 0;
    bool            fine = running != NULL;
    while (running && (ended < begun || (fine && begun < count))) {
        if (fine && begun < count && begun - ended < (size_t)cores) {
            fine = begin(&jobs[begun], &running[begun], begun);
            begun += fine;
            continue;
        }
        fine = finish(jobs, running, begun) && fine;
        ended++;
    }
    free(running);
    return fine;
}
