// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/fresh.h"

#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_BESIDE 1000 // names that are tried

static bool
too_long(void)
{
    errno = ENAMETOOLONG;
    return false;
}

static bool
fail(const struct fresh *fresh)
{
    int because = errno;

    if (fresh->beside[0]) unlink(fresh->beside);
    errno = because;
    return false;
}

// Never one that is there.
static int
open_new(const char *path, mode_t mode)
{
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                mode);
}

static bool
open_stream(struct fresh *fresh, int fd)
{
    if (fd < 0) return false;
    fresh->file = fdopen(fd, "w");
    if (fresh->file) return true;
    int because = errno;
    close(fd);
    errno = because;
    return fail(fresh);
}

bool
fresh_begin(struct fresh *fresh, const char *path)
{
    if (snprintf(fresh->beside, PATH_SIZE, "%s.new", path) >= PATH_SIZE ||
        !text_copy(fresh->place, PATH_SIZE, path))
        return too_long();
    if (!path_make_folders(path)) return false;
    unlink(fresh->beside);
    return open_stream(fresh, open_new(fresh->beside, 0600));
}

// Under a name that is free.
static int
open_beside(struct fresh *fresh, mode_t mode)
{
    int fd = -1;

    for (int i = 1; i <= MOST_BESIDE; i++) {
        if (snprintf(fresh->beside, PATH_SIZE, "%s.%d.new", fresh->place, i) >=
            PATH_SIZE) {
            too_long();
            return -1;
        }
        fd = open_new(fresh->beside, mode);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return fd;
}

// Where PATH leads, behind links.
static bool
find_place(char place[PATH_SIZE], const char *path)
{
    char *real = realpath(path, NULL);
    bool  fits = text_copy(place, PATH_SIZE, real ? real : path);

    free(real);
    return fits || too_long();
}

bool
fresh_begin_named(struct fresh *fresh, const char *path, mode_t mode)
{
    struct stat old;
    bool        there = stat(path, &old) == 0;

    fresh->beside[0] = '\0';
    if (there && !S_ISREG(old.st_mode)) {
        fresh->file = fopen(path, "we");
        return fresh->file != NULL;
    }
    if (!find_place(fresh->place, path)) return false;
    if (there && access(path, W_OK) != 0) return false;
    int fd = open_beside(fresh, mode);
    if (fd >= 0 && there) (void)fchmod(fd, old.st_mode & mode);
    return open_stream(fresh, fd);
}

bool
fresh_end(struct fresh *fresh)
{
    bool beside = fresh->beside[0] != '\0';
    bool good   = fflush(fresh->file) == 0 && !ferror(fresh->file) &&
                (!beside || fsync(fileno(fresh->file)) == 0);

    good = fclose(fresh->file) == 0 && good;
    if (good && (!beside || rename(fresh->beside, fresh->place) == 0))
        return true;
    return fail(fresh);
}

void
fresh_drop(struct fresh *fresh)
{
    (void)fclose(fresh->file);
    if (fresh->beside[0]) unlink(fresh->beside);
}
