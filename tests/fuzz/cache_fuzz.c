// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of an earlier run's speech, damaged: the bytes stand behind a
// good header, and where the first is odd, the first record's sum is right.
#include "speech/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = 16, SUM = 8, RECORD = 32, TEXT_AT = 20, MOST = 1 << 16 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int
LLVMFuzzerInitialize(int *argc, char ***argv);

static char folder[] = "/tmp/cache_fuzz.XXXXXX", path[512];

struct found {
    struct cached list[64];
    size_t        count;
};

static void
note(void *ctx, const char *text, const struct cached *cached)
{
    struct found *found = ctx;

    if (strlen(text) > 4096) abort();
    if (found->count < 64) found->list[found->count++] = *cached;
}

static void
remove_all(void)
{
    char kept[512];

    snprintf(kept, sizeof kept, "%s/rollcall", folder);
    unlink(path);
    rmdir(kept);
    rmdir(folder);
}

// The file has the name that the cache itself gives it.
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct found found = {0};
    char         kept[256];

    (void)argc;
    (void)argv;
    if (!mkdtemp(folder) || setenv("XDG_CACHE_HOME", folder, 1)) abort();
    cache_close(cache_open("fuzz", note, &found));
    snprintf(kept, sizeof kept, "%s/rollcall", folder);
    DIR *dir = opendir(kept);
    if (!dir) abort();
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        if (e->d_name[0] != '.')
            snprintf(path, sizeof path, "%s/%s", kept, e->d_name);
    closedir(dir);
    atexit(remove_all);
    return path[0] ? 0 : -1;
}

// FNV-1a of the first record's fields, and of its text.
static void
make_right(uint8_t *bytes, size_t size)
{
    uint64_t sum = 14695981039346656037u;
    uint32_t text;

    if (size < RECORD) return;
    memcpy(&text, bytes + TEXT_AT, sizeof text);
    if (text > size - RECORD) return;
    for (size_t i = SUM; i < RECORD + text; i++)
        sum = (sum ^ bytes[i]) * 1099511628211u;
    memcpy(bytes, &sum, sizeof sum);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t bytes[MOST];
    struct found   found = {0};

    if (size > MOST) return 0;
    memcpy(bytes, data, size);
    if (size && data[0] & 1) make_right(bytes, size);
    int fd = open(path, O_WRONLY);
    if (fd < 0 || ftruncate(fd, HEADER) ||
        pwrite(fd, bytes, size, HEADER) != (ssize_t)size)
        abort();
    close(fd);
    struct cache *cache = cache_open("fuzz", note, &found);
    for (size_t i = 0; cache && i < found.count; i++)
        free(cache_take(cache, &found.list[i]));
    cache_close(cache);
    return 0;
}
