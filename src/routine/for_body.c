// SPDX-License-Identifier: GPL-3.0-or-later
// "Shoulders, please": which routine is for a part of the body.
#include "routine/routine.h"

#include "base/text.h"
#include "routine/known.h"
#include "routine/library.h"
#include <limits.h>
#include <string.h>

// How far ROUTINE is from being for BODY: first where it names it, then how
// much else it is for.  INT_MAX: it is not.
static int
distance(const struct routine *routine, const char *body)
{
    const struct lines *parts = &routine->body;

    for (size_t i = 0; i < parts->count; i++) {
        if (known_covers(body, parts->text[i]))
            return (int)(i * ROUTINE_MOST_LINES + parts->count);
    }
    return INT_MAX;
}

static int
distance_of_file(const char *path, const char *body)
{
    struct report   report  = {0};
    struct routine *routine = NULL;
    int             away    = INT_MAX;

    if (routine_read(&routine, path, &report) == STATUS_OK)
        away = distance(routine, body);
    routine_free(routine);
    report_release(&report);
    return away;
}

static enum status
unknown(const char *body, struct diag *diag)
{
    const char *nearest =
        text_nearest(body, known_bodies.words, known_bodies.count);

    if (nearest && strcmp(nearest, body) != 0)
        diag_set(diag, NULL, "there is no routine for '%s'; did you mean '%s'?",
                 body, nearest);
    else
        diag_set(diag, NULL,
                 "there is no routine for '%s'; \"rollcall list\" shows those "
                 "there are",
                 body);
    return STATUS_NOT_FOUND;
}

enum status
routine_for_body(char path[PATH_SIZE], const char *body, struct diag *diag)
{
    struct library library;
    int            nearest = INT_MAX;
    enum status    st      = library_scan(&library, diag);

    if (st != STATUS_OK) return st;
    for (size_t i = 0; i < library.count; i++) {
        const char *file = library.entries[i].path;
        int         away = distance_of_file(file, body);
        if (away >= nearest || strlen(file) >= PATH_SIZE) continue;
        nearest = away;
        text_copy(path, PATH_SIZE, file);
    }
    library_release(&library);
    return nearest == INT_MAX ? unknown(body, diag) : STATUS_OK;
}

enum status
routine_find(char path[PATH_SIZE], const char *wish, struct diag *diag)
{
    enum status st = library_find(path, wish, diag);

    if (st != STATUS_NOT_FOUND || !known_has(&known_bodies, wish)) return st;
    if (diag) diag->text[0] = '\0'; // it is no name, but that is fine
    return routine_for_body(path, wish, diag);
}
