// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_models.h"

#include "base/path.h"
#include <stdio.h>
#include <stdlib.h>

static enum status
read_one(struct confidence **out, const char *folder, const char *name,
         struct diag *diag)
{
    char path[PATH_SIZE];
    if (!path_join(path, folder, name)) return STATUS_BAD_INPUT;
    return confidence_read(out, path, diag);
}

enum status
models_read(struct models *models, const char *voices, const char *folds,
            struct diag *diag)
{
    *models = (struct models){0};
    enum status status =
        read_one(&models->used, voices, "confidence.yaml", diag);
    for (int i = 0; i < CORPUS_FOLDS && status == STATUS_OK; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d.yaml", i);
        status = read_one(&models->folds[i], folds, name, diag);
    }
    if (status != STATUS_OK) models_release(models);
    return status;
}

void
models_release(struct models *models)
{
    confidence_free(models->used);
    for (int i = 0; i < CORPUS_FOLDS; i++) confidence_free(models->folds[i]);
    *models = (struct models){0};
}

static double
odds(double p)
{
    return p / (1 - p);
}

double
models_judge(const struct models *models, const struct listen_case *c)
{
    const struct confidence *model =
        c->fold < 0 ? models->used : models->folds[c->fold];
    double limit = odds(confidence_least(models->used, c->heard));
    double other = odds(confidence_least(models->used, ""));
    double sum   = odds(confidence_judge(model, &c->evidence)) * other / limit;
    return sum / (1 + sum);
}

double *
models_judge_all(const struct models *models, const struct cases *cases)
{
    double *confidence = calloc(cases->count + 1, sizeof *confidence);
    for (size_t i = 0; confidence && i < cases->count; i++)
        confidence[i] = models_judge(models, &cases->items[i]);
    return confidence;
}
