// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/secret.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// What systemd hands over lies in a folder for this service alone; whom it
// lets read a file there shows as its group (systemd.exec, LoadCredential=).
static bool
is_credential(const char *path)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    size_t      length = folder ? strlen(folder) : 0;

    return length > 0 && strncmp(path, folder, length) == 0 &&
           path[length] == '/' && !strstr(path + length, "/../");
}

bool
secret_is_private(const char *path, mode_t mode)
{
    return (mode & (is_credential(path) ? 037 : 077)) == 0;
}

enum status
secret_read(char *secret, size_t size, const char *path, struct diag *diag)
{
    struct stat info;
    FILE       *file = fopen(path, "re");

    if (!file || fstat(fileno(file), &info) != 0) {
        diag_set(diag, path, "cannot be read: %s", strerror(errno));
        if (file) fclose(file);
        return STATUS_BAD_INPUT;
    }
    bool open = !secret_is_private(path, info.st_mode);
    bool read = !open && fgets(secret, (int)size, file);

    fclose(file);
    if (open) {
        diag_set(diag, path,
                 "others can read this password; make it yours alone: chmod "
                 "600 %s",
                 path);
        return STATUS_BAD_INPUT;
    }
    size_t length = read ? strcspn(secret, "\r\n") : 0;
    if (length > 0 && length < size - 1) {
        secret[length] = '\0';
        return STATUS_OK;
    }
    if (length > 0)
        diag_set(diag, path, "a password has at most %zu bytes", size - 2);
    else
        diag_set(diag, path, "there is no password on its first line");
    return STATUS_BAD_INPUT;
}

void
secret_forget(char *secret, size_t size)
{
    for (volatile char *c = secret; size > 0; size--) *c++ = '\0';
}
