// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/language.h"

#include "base/text.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLE "ROLLCALL_LANGUAGE"

const char *
language_name(void)
{
    const char *name = getenv(VARIABLE);
    return name && *name && !strchr(name, '/') && name[0] != '.'
               ? name
               : LANGUAGE_USUAL;
}

bool
language_is_usual(void)
{
    return strcmp(language_name(), LANGUAGE_USUAL) == 0;
}

// Whether WISH means FOLDER: the whole of it, or all before its hyphen.
static bool
means(const char *folder, const char *wish)
{
    size_t length = strlen(wish);
    return length > 0 && strncmp(folder, wish, length) == 0 &&
           (folder[length] == '\0' || folder[length] == '-');
}

enum status
language_find(char name[LANGUAGE_LONGEST], const char *wish, struct diag *diag)
{
    char           share[PATH_SIZE], path[PATH_SIZE], known[256] = "";
    struct dirent *entry;
    DIR           *voices = NULL;

    text_copy(name, LANGUAGE_LONGEST,
              strcmp(wish, LANGUAGE_USUAL) == 0 ? wish : "");
    if (path_share(share) && path_join(path, share, "voices"))
        voices = opendir(path);
    while (voices && (entry = readdir(voices))) {
        size_t used = strlen(known);
        if (entry->d_name[0] == '.') continue;
        if (means(entry->d_name, wish))
            text_copy(name, LANGUAGE_LONGEST, entry->d_name);
        if (used) text_copy(known + used, sizeof known - used, ", ");
        used = strlen(known);
        text_copy(known + used, sizeof known - used, entry->d_name);
    }
    if (voices) (void)closedir(voices);
    if (*name) return STATUS_OK;
    diag_set(diag, NULL, "there is no language '%.60s'; there are: %s", wish,
             *known ? known : "none");
    return STATUS_BAD_INPUT;
}

enum status
language_choose(const char *wish, struct diag *diag)
{
    char        name[LANGUAGE_LONGEST];
    enum status st = language_find(name, wish, diag);

    if (st) return st;
    return setenv(VARIABLE, name, 1) == 0 ? STATUS_OK : STATUS_NO_MEMORY;
}

bool
language_path(char path[PATH_SIZE], const char *file)
{
    char share[PATH_SIZE], name[128];
    int  length = snprintf(name, sizeof name, "voices/%s%s%s", language_name(),
                          file ? "/" : "", file ? file : "");

    return length > 0 && length < (int)sizeof name && path_share(share) &&
           path_join(path, share, name);
}
