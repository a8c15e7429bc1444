// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/deck.h"

#include "app/prepare.h"

static enum status
open_at(struct deck *deck, unsigned rate, const struct host_ops *ops,
        const struct host_config *config, struct diag *diag)
{
    struct host_config at = *config;
    enum status        st = engine_new(&deck->engine, rate, config->listen);

    at.rate = rate;
    if (!st)
        st = ops->open(&deck->host, &at, engine_render, deck->engine, diag);
    if (st) deck_close(deck);
    return st;
}

enum status
deck_open(struct deck *deck, const struct host_ops *ops,
          const struct host_config *config, struct diag *diag)
{
    unsigned    rate = PREPARE_RATE;
    enum status st   = open_at(deck, rate, ops, config, diag);

    if (!st && deck->host->rate != rate) {
        rate = deck->host->rate;
        deck_close(deck);
        st = open_at(deck, rate, ops, config, diag);
    }
    if (st) return st;
    if (deck->host->rate != rate) {
        deck_close(deck);
        diag_set(diag, NULL, "The sound device wants another rate each time.");
        return STATUS_NO_DEVICE;
    }
    return STATUS_OK;
}

enum status
deck_hears(const struct deck *deck, struct diag *diag)
{
    const struct host *host = deck->host;

    if (host->hears) return STATUS_OK;
    diag_set(diag, NULL, "%s",
             host->note ? host->note : "there is no microphone");
    return STATUS_NO_DEVICE;
}

void
deck_close(struct deck *deck)
{
    if (deck->host) deck->host->ops->close(deck->host, NULL);
    engine_free(deck->engine);
    *deck = (struct deck){NULL, NULL};
}
