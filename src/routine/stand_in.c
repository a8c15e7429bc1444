// SPDX-License-Identifier: GPL-3.0-or-later
// Who stands in for an exercise that a person should leave out.
#include "routine/parts.h"

#include "routine/shelf.h"
#include <string.h>

#define MOST_SUGGESTED 256

static bool
is_there(const struct routine *routine, const char *id, size_t but)
{
    for (size_t i = 0; i < routine->count + routine->spares; i++) {
        if (i != but && strcmp(routine->exercises[i].id, id) == 0) return true;
    }
    return false;
}

static void
report_unknown(struct reader *reader, const struct parts *parts, size_t i)
{
    const char             *known[ROUTINE_MOST_EXERCISES + MOST_SUGGESTED];
    const struct routine   *routine = &parts->routine;
    const struct exercise  *e       = &routine->exercises[i];
    struct yaml            *yaml;
    const struct yaml_node *node =
        exercise_value(&parts->places[i], "instead", &yaml);
    size_t others = 0;

    for (size_t k = 0; k < routine->count; k++) {
        if (k != i && *routine->exercises[k].id)
            known[others++] = routine->exercises[k].id;
    }
    if (strcmp(e->id, e->instead) != 0)
        others += shelf_ids(reader->shelf, known + others, MOST_SUGGESTED);
    if (others == 0 || strcmp(e->id, e->instead) == 0) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "instead must be the id of another exercise; delete it "
                     "if there is none");
    } else {
        yaml_unknown(yaml, node, "instead names no exercise:", known, others);
    }
}

static void
find(struct reader *reader, struct parts *parts, size_t i)
{
    struct routine        *routine = &parts->routine;
    const struct exercise *e       = &routine->exercises[i];
    size_t                 last    = routine->count + routine->spares;
    struct exercise        spare;
    struct exercise_place  place;

    if (!*e->instead || is_there(routine, e->instead, i)) return;
    if (strcmp(e->id, e->instead) == 0 || last == ROUTINE_MOST_EXERCISES ||
        !exercise_read_file(reader, e->instead, &spare, &place)) {
        report_unknown(reader, parts, i);
        return;
    }
    routine->exercises[last] = spare;
    parts->places[last]      = place;
    routine->spares++;
}

void
stand_ins_find(struct reader *reader, struct parts *parts)
{
    // a spare may have a stand-in of its own
    for (size_t i = 0; i < parts->routine.count + parts->routine.spares; i++)
        find(reader, parts, i);
}
