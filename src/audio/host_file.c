// SPDX-License-Identifier: GPL-3.0-or-later
// Renders to a sound file as fast as it goes, or to a file for each part.
#include "audio/clip.h"
#include "audio/host.h"
#include "audio/writer.h"
#include "pcm/pcm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = WRITER_BLOCK, NAME = 128 };

// The file under way, or the one that comes after it.
struct part {
    char name[NAME];  // in the file's name, where split
    char title[NAME]; // for who plays it
};

struct file_host {
    struct host    host;
    host_render   *render;
    void          *ctx;
    struct writer *writer;
    int64_t        done; // frames rendered

    // split
    bool        split;
    char       *path; // as wished for, before the parts' names
    char       *album;
    struct part part;
    struct part next;
    int64_t     next_at; // frame at which NEXT begins, -1: none is known
    int64_t     begun;   // frame at which PART did
    char      **made;    // files of this render
    int         made_count;

    struct pcm *microphone;
    int64_t     heard; // frames of it given
    float       in[BLOCK];
    float       out[BLOCK];
};

// ---- parts ----

// "a/b.flac", 2, "lats" -> "a/b-02-lats.flac".  The caller's to free().
static char *
part_path(const struct file_host *own, int number)
{
    const char *dot  = strrchr(own->path, '.');
    size_t      size = strlen(own->path) + NAME + 16;
    char       *path = malloc(size);

    if (path && dot)
        snprintf(path, size, "%.*s-%02d-%s%s", (int)(dot - own->path),
                 own->path, number, own->part.name, dot);
    else if (path)
        snprintf(path, size, "%s", own->path);
    return path;
}

static bool
note_made(struct file_host *own, char *path)
{
    size_t count = (size_t)own->made_count + 1;
    char **grown = realloc(own->made, count * sizeof *grown);

    if (!grown) return false;
    own->made                    = grown;
    own->made[own->made_count++] = path;
    return true;
}

static enum status
open_part(struct file_host *own, struct diag *diag)
{
    struct writer_tags tags = {.title = own->part.title};
    char              *path;

    if (!own->split)
        return writer_open(&own->writer, own->path, own->host.rate, &tags,
                           diag);
    tags.album  = own->album;
    tags.number = own->made_count + 1;
    path        = part_path(own, tags.number);
    if (!path || !note_made(own, path)) {
        free(path);
        diag_set(diag, own->path, "no memory left to write it");
        return STATUS_NO_MEMORY;
    }
    own->begun = own->done;
    return writer_open(&own->writer, path, own->host.rate, &tags, diag);
}

// A part without a frame is none.
static enum status
begin_part(struct file_host *own, struct diag *diag)
{
    bool        empty = own->begun == own->done;
    enum status st    = writer_close(own->writer, !empty, diag);

    own->writer  = NULL;
    own->part    = own->next;
    own->next_at = -1;
    if (st) return st;
    if (empty) free(own->made[--own->made_count]);
    return open_part(own, diag);
}

void
host_file_part(struct host *host, int64_t frame, const char *name,
               const char *title)
{
    struct file_host *own = (struct file_host *)host;

    if (!own->split) return;
    snprintf(own->next.name, NAME, "%s", name);
    snprintf(own->next.title, NAME, "%s", title);
    own->next_at = frame;
}

// ---- opening and closing ----

static void
release(struct file_host *own)
{
    pcm_drop(own->microphone);
    for (int i = 0; i < own->made_count; i++) free(own->made[i]);
    free(own->made);
    free(own->album);
    free(own->path);
    free(own);
}

static enum status
file_close(struct host *host, struct diag *diag)
{
    struct file_host *own = (struct file_host *)host;

    if (!host) return STATUS_OK;
    bool        keep = !host->discard;
    enum status st   = writer_close(own->writer, keep, diag);
    for (int i = 0; i + 1 < own->made_count && !keep; i++) unlink(own->made[i]);
    release(own);
    return st;
}

static bool
copy_config(struct file_host *own, const struct host_config *config)
{
    const char *title = config->title ? config->title : "";

    own->split   = config->split;
    own->path    = strdup(config->path);
    own->album   = strdup(title);
    own->next_at = -1;
    snprintf(own->part.name, NAME, "intro");
    snprintf(own->part.title, NAME, "%s", title);
    return own->path && own->album;
}

static enum status
open_all(struct file_host *own, const struct host_config *config,
         struct diag *diag)
{
    if (!copy_config(own, config)) {
        diag_set(diag, config->path, "no memory left to write it");
        return STATUS_NO_MEMORY;
    }
    enum status st = open_part(own, diag);
    if (!st && config->microphone)
        st =
            clip_read(&own->microphone, config->microphone, config->rate, diag);
    if (st) writer_close(own->writer, false, NULL);
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
    own->render    = render;
    own->ctx       = ctx;
    own->host      = (struct host){.ops = &host_file, .rate = config->rate};
    enum status st = open_all(own, config, diag);
    if (st) {
        release(own);
        return st;
    }
    if (own->microphone) {
        own->host.hears             = true;
        own->host.microphone_frames = own->microphone->frames;
    }
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

// Up to where the next part begins.
static int64_t
in_part(const struct file_host *own, int64_t frames)
{
    int64_t left = own->next_at - own->done;
    return own->next_at >= 0 && left < frames ? left : frames;
}

static enum status
file_run(struct host *host, int64_t frames, struct diag *diag)
{
    struct file_host *own = (struct file_host *)host;
    enum status       st  = STATUS_OK;

    while (!st && frames > 0) {
        if (own->next_at >= 0 && own->next_at <= own->done)
            st = begin_part(own, diag);
        if (st) return st;
        int64_t some  = in_part(own, frames);
        size_t  count = some < BLOCK ? (size_t)some : BLOCK;
        own->render(own->ctx, next_heard(own, count), own->out, count);
        st = writer_write(own->writer, own->out, count, diag);
        own->done += (int64_t)count;
        frames -= (int64_t)count;
    }
    return st;
}

const struct host_ops host_file = {"file", file_open, file_run, file_close};
