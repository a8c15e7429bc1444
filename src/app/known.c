// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/known.h"

#include "base/log.h"
#include "base/profile.h"
#include "history/past.h"
#include <stdlib.h>
#include <string.h>

struct known_exercises {
    struct past_exercises past;
};

struct known_exercises *
known_exercises_read(const char *except)
{
    char                    path[PATH_SIZE];
    struct known_exercises *known = calloc(1, sizeof *known);
    struct store           *store = NULL;
    struct diag             diag  = {""};
    enum status             st    = STATUS_NOT_FOUND;

    if (known && profile_path(path, "history.db"))
        st = store_open(&store, path, true, &diag);
    if (!st) st = past_exercises(&known->past, store, except, &diag);
    store_close(store);
    if (!st) return known;
    if (st != STATUS_NOT_FOUND)
        log_print(LOG_WARNING,
                  "what you did before cannot be read, so everything is "
                  "explained: %s",
                  diag.text);
    free(known);
    return NULL;
}

void
known_exercises_free(struct known_exercises *known)
{
    if (!known) return;
    past_release(&known->past);
    free(known);
}

static int
by_name(const void *key, const void *exercise)
{
    return strcmp(key, ((const struct past_exercise *)exercise)->exercise);
}

int
known_exercises_met(void *ctx, const char *known_as)
{
    const struct known_exercises *known = ctx;
    const struct past_exercise   *found = NULL;

    if (known->past.count)
        found = bsearch(known_as, known->past.list, known->past.count,
                        sizeof *known->past.list, by_name);
    return found ? found->sessions : 0;
}
