// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/look_back.h"

#include "base/profile.h"
#include <string.h>
#include <time.h>

enum status
look_back_open(struct store **out, bool read_only, struct diag *diag)
{
    char path[PATH_SIZE];

    if (!profile_path(path, "history.db")) {
        diag_set(diag, NULL, "there is no home folder, so there is no history");
        return STATUS_NOT_FOUND;
    }
    if (!path_exists(path)) {
        diag_set(diag, NULL,
                 "there is no history yet; every session that is played is "
                 "added to it");
        return STATUS_NOT_FOUND;
    }
    return store_open(out, path, read_only, diag);
}

static int64_t
day_here(time_t now)
{
    struct tm local;
    int zone = localtime_r(&now, &local) ? (int)(local.tm_gmtoff / 60) : 0;
    return summary_day((int64_t)now, zone);
}

enum status
look_back_read(struct look_back *back, struct diag *diag)
{
    struct store *store = NULL;
    time_t        now   = time(NULL);
    int64_t       since = (int64_t)now - LOOK_BACK_DAYS * INT64_C(86400);

    memset(back, 0, sizeof *back);
    enum status st = look_back_open(&store, true, diag);
    if (!st) st = past_sessions(&back->sessions, store, diag);
    if (!st) st = past_muscles(&back->muscles, store, 0, diag);
    if (!st) st = past_muscles(&back->recent, store, since, diag);
    store_close(store);
    if (st) {
        look_back_release(back);
        return st;
    }
    back->today = day_here(now);
    summary_make(&back->summary, &back->sessions, back->today);
    return STATUS_OK;
}

void
look_back_release(struct look_back *back)
{
    past_release(&back->sessions);
    past_release(&back->muscles);
    past_release(&back->recent);
}
