// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/clips.h"

#include "base/log.h"
#include "base/path.h"
#include "base/text.h"
#include "yaml/yaml.h"
#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define INDEX "clips.yaml"

struct clips {
    struct yaml  *yaml;
    clips_reader *read;
    char          folder[PATH_SIZE];
};

// ---- texts ----

static bool
is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

// The next letter at *TEXT in small, ' ' for all that lies between two words,
// '\0' at the end.
static char
next_letter(const char **text, bool first)
{
    const char *from = *text;

    while (**text && !is_letter(**text)) ++*text;
    if (!**text) return '\0';
    if (*text > from && !first) return ' ';
    return (char)tolower((unsigned char)*(*text)++);
}

static bool
is_same(const char *a, const char *b)
{
    for (bool first = true;; first = false) {
        char x = next_letter(&a, first), y = next_letter(&b, first);
        if (x != y) return false;
        if (!x) return true;
    }
}

static bool
has_letters(const char *text)
{
    return next_letter(&text, true) != '\0';
}

// ---- clips.yaml ----

static bool
is_inside(const char *file)
{
    return *file && *file != '/' && strcmp(file, "..") != 0 &&
           strncmp(file, "../", 3) != 0 && !strstr(file, "/../");
}

static enum status
check(struct yaml *yaml, const struct report *report)
{
    const struct yaml_node *map = yaml_root(yaml);

    if (!yaml_is_map(map))
        yaml_problem(yaml, map, SEVERITY_ERROR,
                     "recorded clips are a map of texts to sound files");
    for (size_t i = 0; i < yaml_count(map) && yaml_is_map(map); i++) {
        const char *text = yaml_text(yaml_key(map, i));
        const char *file = yaml_text(yaml_item(map, i));
        if (!text || !has_letters(text))
            yaml_problem(yaml, yaml_key(map, i), SEVERITY_ERROR,
                         "this is no text that could be said");
        if (!file || !is_inside(file))
            yaml_problem(yaml, yaml_item(map, i), SEVERITY_ERROR,
                         "a clip is the name of a sound file in this folder");
    }
    return report->errors ? STATUS_BAD_INPUT : STATUS_OK;
}

static struct clips *
clips_new(const char *folder, clips_reader *read)
{
    struct clips *clips = calloc(1, sizeof *clips);

    if (!clips) return NULL;
    clips->read = read;
    if (text_copy(clips->folder, PATH_SIZE, folder)) return clips;
    free(clips);
    return NULL;
}

static enum status
checked(struct clips **out, struct clips *clips, enum status st,
        const struct report *report)
{
    if (st == STATUS_OK) st = check(clips->yaml, report);
    if (st == STATUS_OK)
        *out = clips;
    else
        clips_free(clips);
    return st;
}

enum status
clips_read(struct clips **out, const char *folder, clips_reader *read,
           struct report *report)
{
    struct clips *clips = clips_new(folder, read);
    char          path[PATH_SIZE];

    if (!clips || !path_join(path, folder, INDEX)) {
        clips_free(clips);
        return STATUS_NO_MEMORY;
    }
    return checked(out, clips, yaml_read(&clips->yaml, path, report), report);
}

enum status
clips_parse(struct clips **out, const char *folder, const char *text,
            size_t length, clips_reader *read, struct report *report)
{
    struct clips *clips = clips_new(folder, read);

    if (!clips) return STATUS_NO_MEMORY;
    return checked(out, clips,
                   yaml_parse(&clips->yaml, INDEX, text, length, report),
                   report);
}

void
clips_free(struct clips *clips)
{
    if (!clips) return;
    yaml_free(clips->yaml);
    free(clips);
}

const char *
clips_find(const struct clips *clips, const char *text)
{
    const struct yaml_node *map = clips ? yaml_root(clips->yaml) : NULL;

    for (size_t i = 0; i < yaml_count(map); i++) {
        if (is_same(yaml_text(yaml_key(map, i)), text))
            return yaml_text(yaml_item(map, i));
    }
    return NULL;
}

// ---- sound ----

static struct take *
take_of(const struct pcm *pcm, double gain)
{
    size_t       count   = (size_t)pcm->frames;
    short       *samples = malloc((count + 1) * sizeof *samples);
    struct take *take    = NULL;

    if (!samples) return NULL;
    for (size_t i = 0; i < count; i++) {
        float x    = fminf(fmaxf(pcm->samples[i], -1), 1);
        samples[i] = (short)lrintf(32767 * x);
    }
    take = take_new(samples, count, pcm->rate, gain);
    free(samples);
    return take;
}

struct take *
clips_take(const struct clips *clips, const char *text, double gain)
{
    const char  *file = clips ? clips_find(clips, text) : NULL;
    char         path[PATH_SIZE];
    struct pcm  *pcm  = NULL;
    struct take *take = NULL;
    struct diag  diag = {"its name is too long"};

    if (!file) return NULL;
    if (path_join(path, clips->folder, file) &&
        clips->read(&pcm, path, CLIPS_MOST_SECONDS, &diag) == STATUS_OK) {
        take = take_of(pcm, gain);
        pcm_drop(pcm);
        if (take && take->frames > 0) return take;
        diag_set(&diag, path, "it is silent");
    }
    free(take);
    log_print(LOG_WARNING, "%s.  The engine says \"%.60s\" instead.", diag.text,
              text);
    return NULL;
}
