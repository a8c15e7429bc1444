// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/forget.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int
forget_file(const char *path, const char *nothing)
{
    if (unlink(path) == 0) {
        printf("Forgotten: %s is removed.\n", path);
        return 0;
    }
    if (errno == ENOENT) {
        printf("There is nothing to forget: %s.\n", nothing);
        return 0;
    }
    fprintf(stderr, "rollcall setup: %s: %s\n", path, strerror(errno));
    return 1;
}
