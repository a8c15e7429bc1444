// SPDX-License-Identifier: GPL-3.0-or-later
// What is written stands under a temporary name beside the file until it is
// whole.  The bytes go through our own write(), because not every encoder
// tells when the disk is full.
#include "audio/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LANES = 16,    // rounded together, so that the compiler can
    PAGE  = 4096,  // bytes of a file that a disk may leave out
    HELD  = 65536, // bytes written at once
};

struct ending {
    const char *text;
    int         format;
};

// 16 bits: a voice's own noise lies above them.
static const struct ending endings[] = {
    {".wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
    {".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
    {".ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
    {".oga", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
    {".opus", SF_FORMAT_OGG | SF_FORMAT_OPUS},
    {".mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III},
};

struct writer {
    char      *path;      // where it shall stand
    char      *temporary; // where it is written; NULL: at PATH itself
    int        fd;
    sf_count_t offset;
    sf_count_t length;
    sf_count_t written; // where the file ends so far
    size_t     held;    // bytes before OFFSET that are not there yet
    int        error;   // errno of the first write that failed, or 0
    SNDFILE   *file;
    bool       shorts; // written as 16 bits; else as floats
    short      rounded[WRITER_BLOCK];
    char       bytes[HELD];
};

// ---- the bytes ----

static sf_count_t
bytes_length(void *ctx)
{
    return ((struct writer *)ctx)->length;
}

// Pipes and the like are written to in order, wherever the encoder seeks.
static ssize_t
write_some(const struct writer *writer, sf_count_t at, const char *from,
           size_t count)
{
    if (writer->temporary) return pwrite(writer->fd, from, count, (off_t)at);
    return write(writer->fd, from, count);
}

static bool
is_silent(const char *bytes, size_t count)
{
    static const char silence[PAGE];
    return memcmp(bytes, silence, count) == 0;
}

// How many of COUNT bytes at AT, page by page of the file, are alike in being
// silent or not.
static size_t
alike(sf_count_t at, const char *from, size_t count, bool *silent)
{
    size_t done = 0, some = PAGE - (size_t)(at % PAGE);

    for (; done < count; done += some, some = PAGE) {
        if (some > count - done) some = count - done;
        bool is = is_silent(from + done, some);
        if (done == 0) *silent = is;
        if (is != *silent) break;
    }
    return done;
}

// Silence at the end of a new file is left out, and reads as zeros: more than
// half of a session is.
static ssize_t
put(const struct writer *writer, sf_count_t at, const char *from, size_t count)
{
    bool   fresh  = writer->temporary && at >= writer->written;
    bool   silent = false;
    size_t some   = fresh ? alike(at, from, count, &silent) : count;

    return silent ? (ssize_t)some : write_some(writer, at, from, some);
}

static sf_count_t
put_all(struct writer *writer, sf_count_t at, const char *from, size_t count)
{
    size_t done = 0;

    while (done < count && !writer->error) {
        ssize_t n =
            put(writer, at + (sf_count_t)done, from + done, count - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) writer->error = errno;
        if (n <= 0) break;
        done += (size_t)n;
    }
    at += (sf_count_t)done;
    if (at > writer->written) writer->written = at;
    return (sf_count_t)done;
}

static void
put_held(struct writer *writer)
{
    size_t held = writer->held;

    writer->held = 0;
    put_all(writer, writer->offset - (sf_count_t)held, writer->bytes, held);
}

static sf_count_t
bytes_seek(sf_count_t offset, int whence, void *ctx)
{
    struct writer *writer = ctx;
    if (whence == SEEK_CUR) offset += writer->offset;
    if (whence == SEEK_END) offset += writer->length;
    if (offset != writer->offset) put_held(writer);
    writer->offset = offset;
    return offset;
}

static sf_count_t
bytes_read(void *to, sf_count_t count, void *ctx)
{
    struct writer *writer = ctx;
    put_held(writer);
    ssize_t got = pread(writer->fd, to, (size_t)count, (off_t)writer->offset);
    if (got < 0) return 0;
    writer->offset += got;
    return got;
}

// Up to the next multiple of HELD in the file.
static size_t
hold(struct writer *writer, const char *from, size_t count)
{
    size_t room = HELD - (size_t)(writer->offset % HELD);

    if (room > count) room = count;
    memcpy(writer->bytes + writer->held, from, room);
    writer->held += room;
    writer->offset += (sf_count_t)room;
    if (writer->offset % HELD == 0) put_held(writer);
    return room;
}

static sf_count_t
bytes_write(const void *from, sf_count_t count, void *ctx)
{
    struct writer *writer = ctx;
    sf_count_t     done   = 0;

    if (!writer->temporary) {
        done = put_all(writer, writer->offset, from, (size_t)count);
        writer->offset += done;
    }
    while (writer->temporary && done < count && !writer->error)
        done += (sf_count_t)hold(writer, (const char *)from + done,
                                 (size_t)(count - done));
    if (writer->offset > writer->length) writer->length = writer->offset;
    return writer->error && done == count ? 0 : done;
}

static sf_count_t
bytes_tell(void *ctx)
{
    return ((struct writer *)ctx)->offset;
}

static SF_VIRTUAL_IO bytes = {bytes_length, bytes_seek, bytes_read, bytes_write,
                              bytes_tell};

// ---- opening ----

static const struct ending *
ending_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot, endings[i].text) == 0) return &endings[i];
    return NULL;
}

// Where PATH leads, through links; a copy of PATH where nothing is there yet.
static char *
real_path(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : strdup(path);
}

static char *
temporary_beside(const char *path)
{
    size_t size = strlen(path) + 32;
    char  *name = malloc(size);
    if (name) snprintf(name, size, "%s.%ld.part", path, (long)getpid());
    return name;
}

// A regular file is replaced at the end; anything else is written to as it is.
static enum status
open_bytes(struct writer *writer, const char *path, struct diag *diag)
{
    struct stat stat_;

    writer->path = real_path(path);
    if (!writer->path) return STATUS_NO_MEMORY;
    if (stat(writer->path, &stat_) != 0 || S_ISREG(stat_.st_mode)) {
        writer->temporary = temporary_beside(writer->path);
        if (!writer->temporary) return STATUS_NO_MEMORY;
    }
    writer->fd = open(writer->temporary ? writer->temporary : writer->path,
                      writer->temporary ? O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC
                                        : O_WRONLY | O_CLOEXEC,
                      0666);
    if (writer->fd >= 0) return STATUS_OK;
    diag_set(diag, path, "cannot be written: %s", strerror(errno));
    return STATUS_FAILED;
}

static void
tag(struct writer *writer, const struct writer_tags *tags)
{
    char number[16];

    sf_set_string(writer->file, SF_STR_SOFTWARE, "rollcall");
    if (tags->title) sf_set_string(writer->file, SF_STR_TITLE, tags->title);
    if (tags->album) sf_set_string(writer->file, SF_STR_ALBUM, tags->album);
    if (!tags->number) return;
    snprintf(number, sizeof number, "%d", tags->number);
    sf_set_string(writer->file, SF_STR_TRACKNUMBER, number);
}

static enum status
open_sound(struct writer *writer, const char *path, unsigned rate, int format,
           struct diag *diag)
{
    double  compression = 0.375; // 3 of FLAC
    SF_INFO info        = {0};

    info.samplerate = (int)rate;
    info.channels   = 1;
    info.format     = format;
    if (sf_format_check(&info))
        writer->file = sf_open_virtual(&bytes, SFM_WRITE, &info, writer);
    if (!writer->file && writer->error) {
        diag_set(diag, path, "cannot be written: %s", strerror(writer->error));
        return STATUS_FAILED;
    }
    if (!writer->file) {
        diag_set(diag, path,
                 "such a file cannot be written at %u Hz; try .flac or .wav",
                 rate);
        return STATUS_BAD_INPUT;
    }
    sf_command(writer->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
    sf_command(writer->file, SFC_SET_COMPRESSION_LEVEL, &compression,
               sizeof compression);
    writer->shorts = (format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16;
    return STATUS_OK;
}

static enum status
open_all(struct writer *writer, const char *path, unsigned rate,
         struct diag *diag)
{
    const struct ending *ending = ending_of(path);

    if (!ending) {
        diag_set(diag, path,
                 "the name must end in .wav, .flac, .ogg, .opus or .mp3, "
                 "which says what kind of sound file to write");
        return STATUS_BAD_INPUT;
    }
    enum status st = open_bytes(writer, path, diag);
    if (!st) st = open_sound(writer, path, rate, ending->format, diag);
    if (st == STATUS_NO_MEMORY)
        diag_set(diag, path, "no memory left to write it");
    return st;
}

// ---- closing ----

static void
release(struct writer *writer)
{
    if (writer->fd >= 0) close(writer->fd);
    free(writer->temporary);
    free(writer->path);
    free(writer);
}

static enum status
failed(const struct writer *writer, struct diag *diag)
{
    diag_set(diag, writer->path, "could not be written and was removed: %s",
             writer->error ? strerror(writer->error)
                           : sf_strerror(writer->file));
    return STATUS_FAILED;
}

// Silence at the end was left out, too.
static void
stretch(struct writer *writer)
{
    if (writer->temporary && !writer->error &&
        ftruncate(writer->fd, (off_t)writer->length) != 0)
        writer->error = errno;
}

// Gives the whole file its name, or takes the broken one away.
static enum status
settle(struct writer *writer, bool keep, struct diag *diag)
{
    if (!writer->temporary) return STATUS_OK;
    if (!keep) {
        unlink(writer->temporary);
        return STATUS_OK;
    }
    if (rename(writer->temporary, writer->path) == 0) return STATUS_OK;
    writer->error = errno;
    unlink(writer->temporary);
    return failed(writer, diag);
}

enum status
writer_close(struct writer *writer, bool keep, struct diag *diag)
{
    enum status st = STATUS_OK;

    if (!writer) return STATUS_OK;
    int before   = writer->file ? sf_error(writer->file) : SF_ERR_NO_ERROR;
    int last     = writer->file ? sf_close(writer->file) : SF_ERR_NO_ERROR;
    writer->file = NULL;
    put_held(writer);
    stretch(writer);
    if (writer->error || before || last) st = failed(writer, diag);
    enum status settled = settle(writer, keep && !st, diag);
    release(writer);
    return st ? st : settled;
}

enum status
writer_open(struct writer **out, const char *path, unsigned rate,
            const struct writer_tags *tags, struct diag *diag)
{
    struct writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        diag_set(diag, path, "no memory left to write it");
        return STATUS_NO_MEMORY;
    }
    writer->fd     = -1;
    enum status st = open_all(writer, path, rate, diag);
    if (st) {
        if (writer->file) sf_close(writer->file);
        if (writer->fd >= 0 && writer->temporary) unlink(writer->temporary);
        release(writer);
        return st;
    }
    tag(writer, tags);
    *out = writer;
    return STATUS_OK;
}

// ---- writing ----

// To the nearest, halves to even: adding 1.5 * 2^23 leaves a whole number in
// the lower bits of a float.  A fifth of the work of libsndfile's own.
static void
round_off(short *to, const float *from)
{
    for (int i = 0; i < LANES; i++) {
        float   sum = from[i] * 32767.0F + 12582912.0F;
        int32_t bits;
        memcpy(&bits, &sum, sizeof bits);
        to[i] = (short)(bits - 0x4B400000);
    }
}

static sf_count_t
write_block(struct writer *writer, const float *samples, size_t count)
{
    if (!writer->shorts)
        return sf_write_float(writer->file, samples, (sf_count_t)count);
    for (size_t i = 0; i < count; i += LANES) // beyond COUNT: nobody looks
        round_off(writer->rounded + i, samples + i);
    return sf_write_short(writer->file, writer->rounded, (sf_count_t)count);
}

enum status
writer_write(struct writer *writer, const float *samples, size_t count,
             struct diag *diag)
{
    sf_count_t wrote = write_block(writer, samples, count);
    if (writer->error || wrote != (sf_count_t)count)
        return failed(writer, diag);
    return STATUS_OK;
}
