// SPDX-License-Identifier: GPL-3.0-or-later
// Renders to a sound file as fast as it goes, through libsndfile.
//
// What is written stands under a temporary name beside the file until it is
// whole.  The bytes go through our own write(), because not every encoder
// tells when the disk is full.
#include "audio/clip.h"
#include "audio/host.h"
#include "pcm/pcm.h"

#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK = 16384,
    LANES = 16, // rounded together, so that the compiler can
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

struct file_host {
    struct host  host;
    host_render *render;
    void        *ctx;

    char      *path;      // where it shall stand
    char      *temporary; // where it is written; NULL: at PATH itself
    int        fd;
    sf_count_t offset;
    sf_count_t length;
    int        error; // errno of the first write that failed, or 0
    SNDFILE   *file;

    struct pcm *microphone;
    int64_t     heard;  // frames of it given
    bool        shorts; // written as 16 bits; else as floats
    float       in[BLOCK];
    float       out[BLOCK];
    short       rounded[BLOCK];
};

// ---- the bytes ----

static sf_count_t
bytes_length(void *ctx)
{
    return ((struct file_host *)ctx)->length;
}

static sf_count_t
bytes_seek(sf_count_t offset, int whence, void *ctx)
{
    struct file_host *own = ctx;
    if (whence == SEEK_CUR) offset += own->offset;
    if (whence == SEEK_END) offset += own->length;
    own->offset = offset;
    return offset;
}

static sf_count_t
bytes_read(void *to, sf_count_t count, void *ctx)
{
    struct file_host *own = ctx;
    ssize_t got = pread(own->fd, to, (size_t)count, (off_t)own->offset);
    if (got < 0) return 0;
    own->offset += got;
    return got;
}

// Pipes and the like are written to in order, wherever the encoder seeks.
static ssize_t
write_some(const struct file_host *own, const char *from, size_t count)
{
    if (own->temporary) return pwrite(own->fd, from, count, (off_t)own->offset);
    return write(own->fd, from, count);
}

static sf_count_t
bytes_write(const void *from, sf_count_t count, void *ctx)
{
    struct file_host *own  = ctx;
    sf_count_t        done = 0;

    while (done < count && !own->error) {
        ssize_t n =
            write_some(own, (const char *)from + done, (size_t)(count - done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) own->error = errno;
        if (n <= 0) break;
        done += n;
        own->offset += n;
    }
    if (own->offset > own->length) own->length = own->offset;
    return done;
}

static sf_count_t
bytes_tell(void *ctx)
{
    return ((struct file_host *)ctx)->offset;
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
open_bytes(struct file_host *own, const char *path, struct diag *diag)
{
    struct stat stat_;

    own->path = real_path(path);
    if (!own->path) return STATUS_NO_MEMORY;
    if (stat(own->path, &stat_) != 0 || S_ISREG(stat_.st_mode)) {
        own->temporary = temporary_beside(own->path);
        if (!own->temporary) return STATUS_NO_MEMORY;
    }
    own->fd = open(own->temporary ? own->temporary : own->path,
                   own->temporary ? O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC
                                  : O_WRONLY | O_CLOEXEC,
                   0666);
    if (own->fd >= 0) return STATUS_OK;
    diag_set(diag, path, "cannot be written: %s", strerror(errno));
    return STATUS_FAILED;
}

static enum status
open_sound(struct file_host *own, const struct host_config *config, int format,
           struct diag *diag)
{
    double  compression = 0.375; // 3 of FLAC
    SF_INFO info        = {0};

    info.samplerate = (int)config->rate;
    info.channels   = 1;
    info.format     = format;
    if (sf_format_check(&info))
        own->file = sf_open_virtual(&bytes, SFM_WRITE, &info, own);
    if (!own->file && own->error) {
        diag_set(diag, config->path, "cannot be written: %s",
                 strerror(own->error));
        return STATUS_FAILED;
    }
    if (!own->file) {
        diag_set(diag, config->path,
                 "such a file cannot be written at %u Hz; try .flac or .wav",
                 config->rate);
        return STATUS_BAD_INPUT;
    }
    sf_command(own->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
    sf_command(own->file, SFC_SET_COMPRESSION_LEVEL, &compression,
               sizeof compression);
    own->shorts = (format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16;
    return STATUS_OK;
}

static enum status
open_all(struct file_host *own, const struct host_config *config,
         struct diag *diag)
{
    const struct ending *ending = ending_of(config->path);
    enum status          st     = STATUS_OK;

    if (!ending) {
        diag_set(diag, config->path,
                 "the name must end in .wav, .flac, .ogg, .opus or .mp3, "
                 "which says what kind of sound file to write");
        return STATUS_BAD_INPUT;
    }
    if (config->microphone)
        st =
            clip_read(&own->microphone, config->microphone, config->rate, diag);
    if (!st) st = open_bytes(own, config->path, diag);
    if (!st) st = open_sound(own, config, ending->format, diag);
    if (st == STATUS_NO_MEMORY)
        diag_set(diag, config->path, "no memory left to write it");
    return st;
}

// ---- closing ----

static void
release(struct file_host *own)
{
    if (own->fd >= 0) close(own->fd);
    pcm_drop(own->microphone);
    free(own->temporary);
    free(own->path);
    free(own);
}

static enum status
failed(const struct file_host *own, struct diag *diag)
{
    diag_set(diag, own->path, "could not be written and was removed: %s",
             own->error ? strerror(own->error) : sf_strerror(own->file));
    return STATUS_FAILED;
}

// Gives the whole file its name, or takes the broken one away.
static enum status
settle(struct file_host *own, enum status st, struct diag *diag)
{
    if (!own->temporary) return st;
    if (st || own->host.discard) {
        unlink(own->temporary);
        return st;
    }
    if (rename(own->temporary, own->path) == 0) return STATUS_OK;
    own->error = errno;
    unlink(own->temporary);
    return failed(own, diag);
}

static enum status
file_close(struct host *host, struct diag *diag)
{
    struct file_host *own = (struct file_host *)host;
    enum status       st  = STATUS_OK;

    if (!host) return STATUS_OK;
    int before = own->file ? sf_error(own->file) : SF_ERR_NO_ERROR;
    int last   = own->file ? sf_close(own->file) : SF_ERR_NO_ERROR;
    own->file  = NULL;
    if (own->error || before || last) st = failed(own, diag);
    st = settle(own, st, diag);
    release(own);
    return st;
}

static enum status
file_open(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    struct file_host *own = calloc(1, sizeof *own);
    if (!own) {
        diag_set(diag, config->path, "no memory left to write it");
        return STATUS_NO_MEMORY;
    }
    own->fd     = -1;
    own->render = render;
    own->ctx    = ctx;

    enum status st = open_all(own, config, diag);
    if (st) {
        own->host.discard = true;
        if (own->file) sf_close(own->file);
        if (own->fd >= 0 && own->temporary) unlink(own->temporary);
        release(own);
        return st;
    }
    own->host = (struct host){.ops   = &host_file,
                              .rate  = config->rate,
                              .hears = own->microphone != NULL};
    if (own->microphone) own->host.microphone_frames = own->microphone->frames;
    *out = &own->host;
    return STATUS_OK;
}

// ---- rendering ----

// The next COUNT frames of the recording, silence after its end.
static const float *
next_heard(struct file_host *own, size_t count)
{
    if (!own->microphone) return NULL;
    int64_t left = own->microphone->frames - own->heard;
    size_t  take = left < (int64_t)count ? (size_t)left : count;
    memcpy(own->in, own->microphone->samples + own->heard,
           take * sizeof(float));
    memset(own->in + take, 0, (count - take) * sizeof(float));
    own->heard += (int64_t)take;
    return own->in;
}

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
write_block(struct file_host *own, size_t count)
{
    if (!own->shorts)
        return sf_write_float(own->file, own->out, (sf_count_t)count);
    for (size_t i = 0; i < count; i += LANES) // beyond COUNT: nobody looks
        round_off(own->rounded + i, own->out + i);
    return sf_write_short(own->file, own->rounded, (sf_count_t)count);
}

static enum status
file_run(struct host *host, int64_t frames, struct diag *diag)
{
    struct file_host *own = (struct file_host *)host;

    while (frames > 0) {
        size_t count = frames < BLOCK ? (size_t)frames : BLOCK;
        own->render(own->ctx, next_heard(own, count), own->out, count);
        sf_count_t wrote = write_block(own, count);
        if (own->error || wrote != (sf_count_t)count) return failed(own, diag);
        frames -= (int64_t)count;
    }
    return STATUS_OK;
}

const struct host_ops host_file = {"file", file_open, file_run, file_close};
