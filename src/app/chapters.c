// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chapters.h"

#include "base/fresh.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct chapter {
    int64_t at; // hundredths of a cue sheet's second, which has 75: 1/7500 s
    char    text[256];
    bool    exercise; // begins one, or what is before and after all of them
};

struct chapters {
    const char     *path;
    const char     *sound;
    bool            lyrics;
    bool            failed; // for want of memory
    int             exercise;
    char            title[256]; // of the session
    struct chapter *list;
    size_t          count;
};

static bool
ends_in(const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot, ending) == 0;
}

enum status
chapters_open(struct chapters **out, const char *path, const char *sound,
              struct diag *diag)
{
    if (path && !ends_in(path, ".cue") && !ends_in(path, ".lrc")) {
        diag_set(diag, path,
                 "the name of the chapters must end in .cue or .lrc, which "
                 "says how to write them");
        return STATUS_BAD_INPUT;
    }
    struct chapters *chapters = calloc(1, sizeof *chapters);
    if (!chapters) return STATUS_NO_MEMORY;
    chapters->path     = path;
    chapters->sound    = sound;
    chapters->lyrics   = path && ends_in(path, ".lrc");
    chapters->exercise = -2; // not even the intro's -1
    *out               = chapters;
    return STATUS_OK;
}

static struct chapter *
add(struct chapters *chapters, int64_t frame, unsigned rate)
{
    size_t          size  = (chapters->count + 1) * sizeof(struct chapter);
    struct chapter *grown = realloc(chapters->list, size);

    if (!grown) {
        chapters->failed = true;
        return NULL;
    }
    chapters->list        = grown;
    struct chapter *added = &grown[chapters->count++];
    added->at             = frame * 7500 / rate;
    added->exercise       = false;
    return added;
}

static void
add_exercise(struct chapters *chapters, struct host *host, int64_t frame,
             const struct plan *plan, const struct exercise *exercise)
{
    const char     *title = exercise ? exercise->title : plan->routine->title;
    const char     *name  = exercise ? exercise->id : frame ? "outro" : "intro";
    struct chapter *added = add(chapters, frame, plan->rate);

    host_file_part(host, frame, name, title);
    if (!added) return;
    added->exercise = true;
    snprintf(added->text, sizeof added->text, "%s", title);
}

// "Lats, set 2 of 3, left side"
static void
add_set(struct chapters *chapters, int64_t frame, const struct plan *plan,
        const struct segment *segment)
{
    const char     *side  = side_name(segment->side);
    struct chapter *added = add(chapters, frame, plan->rate);

    if (!added) return;
    snprintf(added->text, sizeof added->text, "%s, set %d of %d%s%s%s",
             plan_exercise(plan, segment)->title, segment->set, segment->sets,
             side ? ", " : "", side ? side : "", side ? " side" : "");
}

void
chapters_segment(struct chapters *chapters, struct host *host, int64_t frame,
                 const struct plan *plan, const struct segment *segment)
{
    const struct exercise *exercise = plan_exercise(plan, segment);

    if (segment->exercise != chapters->exercise) {
        snprintf(chapters->title, sizeof chapters->title, "%s",
                 plan->routine->title);
        add_exercise(chapters, host, frame, plan, exercise);
    }
    chapters->exercise = segment->exercise;
    if (exercise && segment->kind == SEGMENT_WORK)
        add_set(chapters, frame, plan, segment);
}

// ---- writing ----

// Quotes end a text in a cue sheet, and nothing can stand for them.
static void
put_quoted(FILE *file, const char *text)
{
    putc('"', file);
    for (; *text; text++) putc(*text == '"' ? '\'' : *text, file);
    putc('"', file);
}

static void
write_cue(const struct chapters *chapters, FILE *file)
{
    const char *slash = strrchr(chapters->sound, '/');
    const char *kind  = ends_in(chapters->sound, ".mp3") ? "MP3" : "WAVE";
    int         track = 0;

    fprintf(file, "TITLE ");
    put_quoted(file, chapters->title);
    fprintf(file, "\nFILE ");
    put_quoted(file, slash ? slash + 1 : chapters->sound);
    fprintf(file, " %s\n", kind);
    for (size_t i = 0; i < chapters->count; i++) {
        const struct chapter *chapter = &chapters->list[i];
        int                   units   = (int)(chapter->at / 100); // 1/75 s
        if (!chapter->exercise) continue;
        fprintf(file, "  TRACK %02d AUDIO\n    TITLE ", ++track);
        put_quoted(file, chapter->text);
        fprintf(file, "\n    INDEX 01 %02d:%02d:%02d\n", units / 75 / 60,
                units / 75 % 60, units % 75);
    }
}

static void
write_lyrics(const struct chapters *chapters, FILE *file)
{
    fprintf(file, "[ti:%s]\n[re:rollcall]\n", chapters->title);
    for (size_t i = 0; i < chapters->count; i++) {
        int hundredths = (int)(chapters->list[i].at / 75);
        fprintf(file, "[%02d:%02d.%02d]%s\n", hundredths / 6000,
                hundredths / 100 % 60, hundredths % 100,
                chapters->list[i].text);
    }
}

static enum status
write_file(const struct chapters *chapters, struct diag *diag)
{
    if (chapters->failed) {
        diag_set(diag, chapters->path, "not written: out of memory");
        return STATUS_NO_MEMORY;
    }
    struct fresh fresh;
    bool         good = fresh_begin_named(&fresh, chapters->path, 0666);

    if (good && chapters->lyrics) write_lyrics(chapters, fresh.file);
    if (good && !chapters->lyrics) write_cue(chapters, fresh.file);
    if (good && fresh_end(&fresh)) return STATUS_OK;
    diag_set(diag, chapters->path, "cannot be written: %s", strerror(errno));
    return STATUS_FAILED;
}

enum status
chapters_close(struct chapters *chapters, bool keep, struct diag *diag)
{
    enum status st = STATUS_OK;

    if (!chapters) return st;
    if (keep && chapters->path) st = write_file(chapters, diag);
    free(chapters->list);
    free(chapters);
    return st;
}
