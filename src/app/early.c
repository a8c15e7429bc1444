// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/early.h"

#include "base/path.h"
#include "base/text.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct early {
    pthread_t              thread;
    bool                   joined;
    struct listener_config config;
    char                   voices[PATH_SIZE];

    // the thread's, until it is joined
    struct listener *listener;
    enum status      st;
    struct diag      diag;
};

static void *
make(void *ctx)
{
    struct early *early = ctx;

    early->st = listener_open(&early->listener, &early->config, &early->diag);
    return NULL;
}

struct early *
early_begin(const struct listener_config *config)
{
    struct early *early = calloc(1, sizeof *early);

    if (!early) return NULL;
    early->config        = *config;
    early->config.voices = early->voices;
    if (!config->commands &&
        text_copy(early->voices, sizeof early->voices, config->voices) &&
        pthread_create(&early->thread, NULL, make, early) == 0)
        return early;
    free(early);
    return NULL;
}

static void
join(struct early *early)
{
    if (!early->joined) pthread_join(early->thread, NULL);
    early->joined = true;
}

static bool
is_for(const struct early *early, const struct listener_config *config)
{
    return early && !early->joined && !config->commands &&
           early->config.rate == config->rate &&
           early->config.cancel_echo == config->cancel_echo &&
           strcmp(early->voices, config->voices) == 0;
}

enum status
early_take(struct listener **out, struct early *early,
           const struct listener_config *config, struct diag *diag)
{
    if (!is_for(early, config)) return listener_open(out, config, diag);
    join(early);
    if (early->st)
        *diag = early->diag;
    else
        *out = early->listener;
    early->listener = NULL;
    return early->st;
}

void
early_drop(struct early *early)
{
    if (!early) return;
    join(early);
    listener_close(early->listener);
    free(early);
}
