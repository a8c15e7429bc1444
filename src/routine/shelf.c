// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/shelf.h"

#include <string.h>

// A folder that cannot be read has no files; who needs one of them hears that
// it is missing.
static void
scan(struct shelf *shelf)
{
    if (shelf->scanned) return;
    shelf->scanned = true;
    if (library_scan_exercises(&shelf->files, shelf->beside, NULL) != STATUS_OK)
        shelf->files = (struct library){0};
}

bool
shelf_open(struct shelf *shelf, const char *id, struct yaml **yaml,
           bool *missing)
{
    *missing = false;
    for (size_t i = 0; i < shelf->count; i++) {
        if (strcmp(shelf->open[i].id, id) != 0) continue;
        *yaml = shelf->open[i].yaml;
        return *yaml != NULL;
    }
    scan(shelf);
    const struct library_entry *entry = library_entry(&shelf->files, id);
    if (!entry || shelf->count == ROUTINE_MOST_EXERCISES) {
        *missing = true;
        return false;
    }
    if (yaml_read(yaml, entry->path, shelf->report) != STATUS_OK) *yaml = NULL;
    shelf->open[shelf->count].id     = entry->id;
    shelf->open[shelf->count++].yaml = *yaml;
    return *yaml != NULL;
}

size_t
shelf_ids(struct shelf *shelf, const char **ids, size_t most)
{
    size_t count;

    scan(shelf);
    count = shelf->files.count < most ? shelf->files.count : most;
    if (!shelf->files.entries) return 0;
    for (size_t i = 0; i < count; i++) ids[i] = shelf->files.entries[i].id;
    return count;
}

void
shelf_close(struct shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++) yaml_free(shelf->open[i].yaml);
    library_release(&shelf->files);
    *shelf = (struct shelf){0};
}
