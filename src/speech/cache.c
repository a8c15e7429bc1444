// SPDX-License-Identifier: GPL-3.0-or-later
// The file: a header of HEADER bytes with the key's hash, then one record
// after the other: struct record, the text, the samples; all as the machine
// has it, since it never leaves it.
#include "speech/cache.h"

#include "base/path.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_BYTES = 64 << 20, // beyond it the file is begun afresh
    MOST_TEXT  = 4096,
    MOST_RATE  = 384000,
};

struct cache {
    int     fd;
    int64_t end; // bytes
};

struct header {
    char     magic[8];
    uint64_t key;
};

struct record {
    uint64_t sum; // of all that follows here, and of the text
    int64_t  frames;
    uint32_t rate;
    uint32_t text; // bytes
    float    gain;
    uint32_t zero;
};

// FNV-1a, 64 bit.
static uint64_t
hash(uint64_t sum, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    while (count--) sum = (sum ^ *at++) * 1099511628211u;
    return sum;
}

static uint64_t
hash_text(const char *text)
{
    return hash(14695981039346656037u, text, strlen(text));
}

static uint64_t
sum_of(const struct record *record, const char *text)
{
    uint64_t sum = hash(14695981039346656037u, &record->frames,
                        sizeof *record - sizeof record->sum);
    return hash(sum, text, record->text);
}

static bool
make_folder(char path[PATH_SIZE])
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    char        folder[PATH_SIZE];

    if (cache && cache[0] == '/') {
        if (!path_join(folder, cache, "")) return false;
    } else if (!home || !path_join(folder, home, ".cache")) {
        return false;
    }
    mkdir(folder, 0700);
    return path_join(path, folder, "rollcall") &&
           (mkdir(path, 0700) == 0 || errno == EEXIST);
}

static int
open_file(uint64_t key)
{
    char folder[PATH_SIZE], path[PATH_SIZE], name[32];

    snprintf(name, sizeof name, "said-%016llx", (unsigned long long)key);
    if (!make_folder(folder) || !path_join(path, folder, name)) return -1;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool
read_at(int fd, void *to, size_t count, int64_t at)
{
    return pread(fd, to, count, (off_t)at) == (ssize_t)count;
}

static bool
write_at(int fd, const void *from, size_t count, int64_t at)
{
    return pwrite(fd, from, count, (off_t)at) == (ssize_t)count;
}

// The record at the end of what is known; false where there is none that is
// whole.
static bool
next_record(struct cache *cache, int64_t size, char text[MOST_TEXT],
            struct cached *cached)
{
    struct record record;
    int64_t       at = cache->end;

    if (!read_at(cache->fd, &record, sizeof record, at)) return false;
    at += (int64_t)sizeof record;
    if (record.text >= MOST_TEXT || record.frames < 0 ||
        record.frames > MOST_BYTES || record.rate == 0 ||
        record.rate > MOST_RATE || !read_at(cache->fd, text, record.text, at) ||
        sum_of(&record, text) != record.sum)
        return false;
    text[record.text] = '\0';
    at += record.text;
    *cached    = (struct cached){.at     = at,
                                 .frames = record.frames,
                                 .rate   = record.rate,
                                 .gain   = record.gain};
    cache->end = at + record.frames * (int64_t)sizeof(short);
    return cache->end <= size;
}

static bool
begin_afresh(struct cache *cache, uint64_t key)
{
    struct header header = {"rcsaid1", key};
    cache->end           = sizeof header;
    return ftruncate(cache->fd, 0) == 0 &&
           write_at(cache->fd, &header, sizeof header, 0);
}

static bool
read_all(struct cache *cache, uint64_t key, cache_found *found, void *ctx)
{
    struct header header;
    struct stat   stat_;
    struct cached cached;
    char          text[MOST_TEXT];

    if (fstat(cache->fd, &stat_) || !S_ISREG(stat_.st_mode)) return false;
    if (stat_.st_size > MOST_BYTES ||
        !read_at(cache->fd, &header, sizeof header, 0) ||
        memcmp(header.magic, "rcsaid1", 8) != 0 || header.key != key)
        return begin_afresh(cache, key);
    cache->end = sizeof header;
    for (int64_t whole = cache->end;; whole = cache->end) {
        if (!next_record(cache, stat_.st_size, text, &cached)) {
            cache->end = whole;
            return ftruncate(cache->fd, (off_t)whole) == 0;
        }
        found(ctx, text, &cached);
    }
}

struct cache *
cache_open(const char *key, cache_found *found, void *ctx)
{
    uint64_t      sum   = hash_text(key);
    struct cache *cache = calloc(1, sizeof *cache);

    if (!cache) return NULL;
    cache->fd = open_file(sum);
    if (cache->fd >= 0 && read_all(cache, sum, found, ctx)) return cache;
    cache_close(cache);
    return NULL;
}

void
cache_close(struct cache *cache)
{
    if (!cache) return;
    if (cache->fd >= 0) close(cache->fd);
    free(cache);
}

bool
cache_add(struct cache *cache, const char *text, const struct take *take,
          struct cached *cached)
{
    size_t        bytes  = (size_t)take->frames * sizeof take->samples[0];
    struct record record = {.frames = take->frames,
                            .rate   = take->rate,
                            .text   = (uint32_t)strlen(text),
                            .gain   = take->gain};
    int64_t       at     = cache->end;

    if (strlen(text) >= MOST_TEXT) return false;
    record.sum = sum_of(&record, text);
    int64_t to = at + (int64_t)sizeof record + record.text;
    if (to + (int64_t)bytes > MOST_BYTES ||
        !write_at(cache->fd, take->samples, bytes, to) ||
        !write_at(cache->fd, text, record.text, at + (int64_t)sizeof record) ||
        !write_at(cache->fd, &record, sizeof record, at))
        return false;
    *cached    = (struct cached){.at     = to,
                                 .frames = take->frames,
                                 .rate   = take->rate,
                                 .gain   = take->gain};
    cache->end = to + (int64_t)bytes;
    return true;
}

struct take *
cache_take(const struct cache *cache, const struct cached *cached)
{
    size_t       bytes = (size_t)cached->frames * sizeof(short);
    struct take *take  = malloc(sizeof *take + bytes);

    if (!take) return NULL;
    take->rate   = cached->rate;
    take->gain   = cached->gain;
    take->frames = cached->frames;
    if (read_at(cache->fd, take->samples, bytes, cached->at)) return take;
    free(take);
    return NULL;
}
