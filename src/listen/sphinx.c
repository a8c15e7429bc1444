// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/sphinx.h"

#include "listen/cepstra.h"
#include "listen/mixtures.h"
#include "listen/senlog.h"
#include <stdlib.h>

struct sphinx {
    struct cepstra  *cepstra;
    struct mixtures *mixtures;
    struct senlog   *senlog; // in place of both
    float            frames[SENONES_FRAMES][CEPSTRA_VALUES];
};

static enum status
open_parts(struct sphinx *sphinx, const char *model,
           const struct phones *phones, const bool *needed, struct diag *diag)
{
    struct diag other = {""};
    sphinx->cepstra   = cepstra_open(model);
    if (sphinx->cepstra && mixtures_read(&sphinx->mixtures, model, phones,
                                         needed, &other) == STATUS_OK)
        return STATUS_OK;
    return senlog_open(&sphinx->senlog, model, diag);
}

enum status
sphinx_open(struct sphinx **out, const char *model, const struct phones *phones,
            const bool *needed, struct diag *diag)
{
    struct sphinx *sphinx = calloc(1, sizeof *sphinx);
    if (!sphinx) return STATUS_NO_MEMORY;
    enum status status = open_parts(sphinx, model, phones, needed, diag);
    if (status != STATUS_OK) {
        sphinx_close(sphinx);
        return status;
    }
    *out = sphinx;
    return STATUS_OK;
}

void
sphinx_close(struct sphinx *sphinx)
{
    if (!sphinx) return;
    cepstra_close(sphinx->cepstra);
    mixtures_free(sphinx->mixtures);
    senlog_close(sphinx->senlog);
    free(sphinx);
}

bool
sphinx_score(struct sphinx *sphinx, const int16_t *samples, size_t count,
             struct senones *senones)
{
    if (sphinx->senlog)
        return senlog_score(sphinx->senlog, samples, count, senones);
    senones->frames = cepstra_make(sphinx->cepstra, samples, count,
                                   sphinx->frames, SENONES_FRAMES);
    mixtures_score(sphinx->mixtures,
                   (const float(*)[MIXTURES_VALUES])sphinx->frames,
                   senones->frames, senones->costs);
    return senones->frames > 0;
}
