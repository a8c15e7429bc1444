// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/library.h"

#include "base/language.h"
#include "base/text.h"
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDERS      4
#define MOST_ENTRIES 1000

static const char ending[] = ".yaml";

struct folders {
    size_t count;
    char   path[FOLDERS][PATH_SIZE];
};

static void
add_folder(struct folders *folders, const char *parent)
{
    if (path_join(folders->path[folders->count], parent, "routines"))
        folders->count++;
}

// First the folder that hides the others.
static void
find_folders(struct folders *folders)
{
    char parent[PATH_SIZE];

    text_copy(folders->path[0], PATH_SIZE, "routines");
    folders->count = 1;
    if (path_user_data(parent)) add_folder(folders, parent);
    if (language_is_usual() ? path_share(parent) : language_path(parent, NULL))
        add_folder(folders, parent);
}

static bool
ends_in_yaml(const char *name)
{
    size_t length = strlen(name), end = sizeof ending - 1;
    return length > end && strcmp(name + length - end, ending) == 0;
}

const struct library_entry *
library_entry(const struct library *library, const char *id)
{
    for (size_t i = 0; i < library->count; i++) {
        if (strcmp(library->entries[i].id, id) == 0)
            return &library->entries[i];
    }
    return NULL;
}

static enum status
no_memory(struct diag *diag)
{
    diag_set(diag, NULL, "out of memory");
    return STATUS_NO_MEMORY;
}

// NAME is a file of FOLDER.
static enum status
add_entry(struct library *library, const char *folder, const char *name,
          struct diag *diag)
{
    char  path[PATH_SIZE];
    char *id = strndup(name, strlen(name) - (sizeof ending - 1));

    if (!id) return no_memory(diag);
    if (library_entry(library, id) || library->count >= MOST_ENTRIES ||
        !path_join(path, folder, name)) {
        free(id);
        return STATUS_OK;
    }
    struct library_entry *grown = realloc(
        library->entries, (library->count + 1) * sizeof *library->entries);
    if (grown) library->entries = grown;
    char *copy = strdup(path);
    if (!grown || !copy) {
        free(id);
        free(copy);
        return no_memory(diag);
    }
    library->entries[library->count++] =
        (struct library_entry){.id = id, .path = copy};
    return STATUS_OK;
}

static enum status
scan_folder(struct library *library, const char *path, struct diag *diag)
{
    enum status    st     = STATUS_OK;
    DIR           *folder = opendir(path);
    struct dirent *file;

    if (!folder) {
        if (errno == ENOENT || errno == ENOTDIR) return STATUS_OK;
        diag_set(diag, path, "cannot be read: %s", strerror(errno));
        return STATUS_FAILED;
    }
    while (st == STATUS_OK && (file = readdir(folder)) != NULL) {
        if (file->d_name[0] == '.' || !ends_in_yaml(file->d_name)) continue;
        st = add_entry(library, path, file->d_name, diag);
    }
    (void)closedir(folder);
    return st;
}

static int
by_id(const void *a, const void *b)
{
    const struct library_entry *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static enum status
scan_folders(struct library *library, const struct folders *folders,
             struct diag *diag)
{
    enum status st = STATUS_OK;

    *library = (struct library){0};
    for (size_t i = 0; i < folders->count && st == STATUS_OK; i++)
        st = scan_folder(library, folders->path[i], diag);
    if (st != STATUS_OK) {
        library_release(library);
        return st;
    }
    if (library->count > 0) {
        qsort(library->entries, library->count, sizeof *library->entries,
              by_id);
    }
    return STATUS_OK;
}

enum status
library_scan(struct library *library, struct diag *diag)
{
    struct folders folders;

    find_folders(&folders);
    return scan_folders(library, &folders, diag);
}

// The folder of the file PATH, empty where it names none.
static bool
folder_of(char folder[PATH_SIZE], const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash) return text_copy(folder, PATH_SIZE, "");
    if (!text_copy(folder, PATH_SIZE, path)) return false;
    folder[slash == path ? 1 : slash - path] = '\0';
    return true;
}

static bool
join(char path[PATH_SIZE], const char *folder, const char *name)
{
    return *folder ? path_join(path, folder, name)
                   : text_copy(path, PATH_SIZE, name);
}

// FOLDER/exercises; FOLDER itself where that is its name.
static void
add_exercises(struct folders *folders, const char *folder)
{
    const char *slash = strrchr(folder, '/');
    const char *name  = slash ? slash + 1 : folder;
    char       *to    = folders->path[folders->count];

    if (strcmp(name, "exercises") == 0 ? text_copy(to, PATH_SIZE, folder)
                                       : join(to, folder, "exercises"))
        folders->count++;
}

enum status
library_scan_exercises(struct library *library, const char *beside,
                       struct diag *diag)
{
    struct folders routines, exercises = {.count = 0};
    char           folder[PATH_SIZE];

    find_folders(&routines);
    if (folder_of(folder, beside)) add_exercises(&exercises, folder);
    for (size_t i = 0; i < routines.count; i++)
        add_exercises(&exercises, routines.path[i]);
    return scan_folders(library, &exercises, diag);
}

void
library_release(struct library *library)
{
    for (size_t i = 0; i < library->count; i++) {
        free(library->entries[i].id);
        free(library->entries[i].path);
    }
    free(library->entries);
    *library = (struct library){0};
}

static enum status
unknown(const struct library *library, const char *routine, struct diag *diag)
{
    const char **ids = calloc(library->count + 1, sizeof *ids);

    if (!ids) return no_memory(diag);
    for (size_t i = 0; i < library->count; i++) ids[i] = library->entries[i].id;
    const char *nearest = text_nearest(routine, ids, library->count);
    if (nearest) {
        diag_set(diag, NULL,
                 "there is no routine '%s'; did you mean '%s'? "
                 "\"rollcall list\" shows all of them",
                 routine, nearest);
    } else {
        diag_set(diag, NULL,
                 "there is no routine '%s'; \"rollcall list\" shows those "
                 "there are",
                 routine);
    }
    free(ids);
    return STATUS_NOT_FOUND;
}

static enum status
take_path(char path[PATH_SIZE], const char *from, struct diag *diag)
{
    if (text_copy(path, PATH_SIZE, from)) return STATUS_OK;
    diag_set(diag, NULL, "the path is too long");
    return STATUS_BAD_INPUT;
}

enum status
library_find(char path[PATH_SIZE], const char *routine, struct diag *diag)
{
    struct library library;

    if (strchr(routine, '/') || ends_in_yaml(routine)) {
        if (path_exists(routine)) return take_path(path, routine, diag);
        diag_set(diag, routine, "there is no such file");
        return STATUS_NOT_FOUND;
    }
    enum status st = library_scan(&library, diag);
    if (st != STATUS_OK) return st;
    const struct library_entry *entry = library_entry(&library, routine);
    if (entry)
        st = take_path(path, entry->path, diag);
    else
        st = unknown(&library, routine, diag);
    library_release(&library);
    return st;
}

enum status
library_find_beside(char path[PATH_SIZE], const char *beside, const char *id,
                    struct diag *diag)
{
    char folder[PATH_SIZE], name[PATH_SIZE];
    int  length = snprintf(name, sizeof name, "%s%s", id, ending);

    if (length > 0 && (size_t)length < sizeof name &&
        folder_of(folder, beside) && join(path, folder, name) &&
        path_exists(path))
        return STATUS_OK;
    return library_find(path, id, diag);
}
