// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/file.h"

#include "base/path.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status
fail(const char *path, const char *what, struct diag *diag)
{
    diag_set(diag, path, "cannot be %s: %s", what, strerror(errno));
    return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_FAILED;
}

enum status
file_load(char **bytes, size_t *length, const char *path, size_t most,
          struct diag *diag)
{
    FILE *file = fopen(path, "rb");

    if (!file) return fail(path, "read", diag);
    char *read = malloc(most + 2);
    if (!read) {
        (void)fclose(file);
        diag_set(diag, path, "out of memory");
        return STATUS_NO_MEMORY;
    }
    errno        = 0;
    *length      = fread(read, 1, most + 1, file);
    bool failed  = ferror(file) != 0;
    int  because = errno;
    (void)fclose(file);
    errno = because;
    if (failed || *length > most) {
        free(read);
        if (failed) return fail(path, "read", diag);
        diag_set(diag, path, "larger than %zu bytes, the most that is read",
                 most);
        return STATUS_BAD_INPUT;
    }
    read[*length] = '\0';
    *bytes        = read;
    return STATUS_OK;
}

// Writes and closes FILE.
static bool
write_all(int file, const char *bytes, size_t length)
{
    bool good = true;

    while (good && length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        good = written > 0;
        if (good) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    good = good && fsync(file) == 0;
    return close(file) == 0 && good;
}

enum status
file_replace(const char *path, const char *bytes, size_t length,
             struct diag *diag)
{
    char        beside[PATH_MAX + 16];
    struct stat old;
    char       *real = realpath(path, NULL); // behind links

    if (!real) return fail(path, "written", diag);
    snprintf(beside, sizeof beside, "%s.XXXXXX", real);
    int  file = stat(real, &old) == 0 ? mkstemp(beside) : -1;
    bool good = file >= 0;
    if (good) {
        good = fchmod(file, old.st_mode & 0777) == 0;
        good = write_all(file, bytes, length) && good;
        good = good && rename(beside, real) == 0;
        if (!good) {
            int because = errno;
            (void)unlink(beside);
            errno = because;
        }
    }
    free(real);
    return good ? STATUS_OK : fail(path, "written", diag);
}

enum status
file_create(const char *path, const char *bytes, size_t length,
            struct diag *diag)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);

    if (file < 0 && errno == EEXIST) {
        diag_set(diag, path, "is there already, and stays as it is");
        return STATUS_BAD_INPUT;
    }
    if (file < 0) return fail(path, "written", diag);
    if (write_all(file, bytes, length)) return STATUS_OK;
    enum status st = fail(path, "written", diag);
    (void)unlink(path);
    return st;
}
