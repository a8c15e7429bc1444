// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/fresh.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
fail(const struct fresh *fresh)
{
    int because = errno;

    unlink(fresh->beside);
    errno = because;
    return false;
}

bool
fresh_begin(struct fresh *fresh, const char *path)
{
    if (snprintf(fresh->beside, PATH_SIZE, "%s.new", path) >= PATH_SIZE) {
        errno = ENAMETOOLONG;
        return false;
    }
    path_make_folders(path);
    unlink(fresh->beside);
    int fd = open(fresh->beside,
                  O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return false;
    fresh->file = fdopen(fd, "w");
    if (fresh->file) return true;
    close(fd);
    return fail(fresh);
}

bool
fresh_end(struct fresh *fresh, const char *path)
{
    bool good = fflush(fresh->file) == 0 && !ferror(fresh->file) &&
                fsync(fileno(fresh->file)) == 0;

    good = fclose(fresh->file) == 0 && good;
    if (good && rename(fresh->beside, path) == 0) return true;
    return fail(fresh);
}
