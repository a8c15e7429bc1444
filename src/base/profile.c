// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/profile.h"

#include "base/text.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLE "ROLLCALL_PROFILE"

static bool
is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t            length    = strlen(name);
    return length > 0 && length <= PROFILE_LONGEST && name[0] != '-' &&
           strspn(name, letters) == length;
}

const char *
profile_name(void)
{
    const char *name = getenv(VARIABLE);
    return name && is_name(name) ? name : "";
}

bool
profile_is_name(const char *name, struct diag *diag)
{
    if (is_name(name)) return true;
    diag_set(diag, NULL,
             "a profile's name is up to %d of a to z, 0 to 9, '-' and '_', as "
             "anna, not '%.64s'",
             PROFILE_LONGEST, name);
    return false;
}

enum status
profile_choose(const char *name, struct diag *diag)
{
    if (*name && !profile_is_name(name, diag)) return STATUS_BAD_INPUT;
    return setenv(VARIABLE, name, 1) == 0 ? STATUS_OK : STATUS_NO_MEMORY;
}

bool
profile_folder(char path[PATH_SIZE])
{
    char data[PATH_SIZE], all[PATH_SIZE];

    if (!*profile_name()) return path_user_data(path);
    return path_user_data(data) && path_join(all, data, "profiles") &&
           path_join(path, all, profile_name());
}

bool
profile_path(char path[PATH_SIZE], const char *file)
{
    char folder[PATH_SIZE];
    return profile_folder(folder) && path_join(path, folder, file);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

void
profile_list(struct profiles *profiles)
{
    char           data[PATH_SIZE], all[PATH_SIZE];
    struct dirent *entry = NULL;

    memset(profiles, 0, sizeof *profiles);
    if (!path_user_data(data) || !path_join(all, data, "profiles")) return;
    DIR *folder = opendir(all);
    while (folder && (entry = readdir(folder)) &&
           profiles->count < PROFILE_MOST) {
        if (!is_name(entry->d_name)) continue;
        char *name = profiles->names[profiles->count++];
        text_copy(name, PROFILE_LONGEST + 1, entry->d_name);
    }
    if (folder) closedir(folder);
    qsort(profiles->names, profiles->count, sizeof profiles->names[0], by_name);
}
