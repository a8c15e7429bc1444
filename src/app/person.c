// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/person.h"

#include "base/log.h"
#include "base/profile.h"

bool
person_path(char path[PATH_SIZE])
{
    return profile_path(path, "screening.yaml");
}

void
person_recall(struct screening *screening)
{
    struct report report = {0};
    char          path[PATH_SIZE];

    *screening = (struct screening){0};
    if (!person_path(path) || !path_exists(path)) return;
    if (screening_read(screening, path, &report) != STATUS_OK)
        log_print(LOG_WARNING, "your answers to the first questions cannot be "
                               "read, so they do not count today");
    report_print(&report, stderr);
    report_release(&report);
}

void
person_know(struct prepare_options *options, bool can_answer)
{
    struct plan_options *plan = &options->plan;
    struct screening     kept;

    if (options->screening == SCREENING_NEVER) return;
    person_recall(&kept);
    plan->screening =
        options->screening == SCREENING_NOW ||
        (can_answer && (kept.asked & SCREENING_ALL) != SCREENING_ALL);
    plan->given.gates |= kept.yes;
    plan->given.asked |=
        plan->screening ? kept.asked & ~SCREENING_ALL : kept.asked;
}

void
person_keep(const struct given *given, struct screening *kept)
{
    struct diag diag = {""};
    char        path[PATH_SIZE];

    if ((given->asked & SCREENING_ALL) != SCREENING_ALL) return;
    gate_set yes = given->gates & given->asked;
    if (given->asked == kept->asked && yes == kept->yes) return;
    *kept = (struct screening){given->asked, yes};
    if (!person_path(path))
        log_print(LOG_WARNING, "there is no home folder to keep answers in");
    else if (screening_write(kept, path, &diag) != STATUS_OK)
        log_print(LOG_WARNING, "%s", diag.text);
}
