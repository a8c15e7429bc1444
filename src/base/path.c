// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/path.h"

#include "base/text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

static bool
program_path(char path[PATH_SIZE])
{
#ifdef __APPLE__
    uint32_t size = PATH_SIZE;
    return _NSGetExecutablePath(path, &size) == 0;
#else
    ssize_t length = readlink("/proc/self/exe", path, PATH_SIZE - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    return true;
#endif
}

// Cuts the last part of PATH off.
static bool
to_parent(char path[PATH_SIZE])
{
    char *slash = strrchr(path, '/');
    if (!slash) return false;
    *slash = '\0';
    return true;
}

bool
path_share(char path[PATH_SIZE])
{
    const char *named = getenv("ROLLCALL_SHARE");
    if (named && *named) return text_copy(path, PATH_SIZE, named);

    char program[PATH_SIZE];
    if (!program_path(program)) // no /proc
        return text_copy(path, PATH_SIZE, ROLLCALL_INSTALLED_SHARE);
    if (!to_parent(program)) return false; // bin
    return to_parent(program) && path_join(path, program, "share/rollcall");
}

bool
path_user_data(char path[PATH_SIZE])
{
    const char *data = getenv("XDG_DATA_HOME");
    if (data && data[0] == '/') return path_join(path, data, "rollcall");

    const char *home = getenv("HOME");
    if (!home || home[0] != '/') return false;
    return path_join(path, home, ".local/share/rollcall");
}

bool
path_join(char path[PATH_SIZE], const char *folder, const char *name)
{
    int length = snprintf(path, PATH_SIZE, "%s/%s", folder, name);
    return length >= 0 && length < PATH_SIZE;
}

static bool
make_folder(const char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST) return true;
    int  because = errno;
    bool there   = path_exists(path);
    errno        = because;
    return there;
}

bool
path_make_folders(const char *path)
{
    char part[PATH_SIZE];
    for (const char *end = strchr(path + 1, '/'); end;
         end             = strchr(end + 1, '/')) {
        size_t length = (size_t)(end - path);
        memcpy(part, path, length);
        part[length] = '\0';
        if (!make_folder(part)) return false;
    }
    return true;
}

bool
path_exists(const char *path)
{
    return access(path, F_OK) == 0;
}
