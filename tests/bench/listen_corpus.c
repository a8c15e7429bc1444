// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_corpus.h"

#include "base/path.h"
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 2048

static const char *const groups[CORPUS_GROUPS] = {"commands", "words", "speech",
                                                  "noise", "rir"};

const char *
corpus_group_name(enum corpus_group group)
{
    return groups[group];
}

// "up" and "down" are in the group of commands but command nothing.
static const char *
command_of(enum corpus_group group, const char *label)
{
    static const char *const pairs[][2] = {
        {"yes", "yes"},      {"no", "no"},       {"stop", "stop"},
        {"go", "start"},     {"start", "start"}, {"help", "help"},
        {"repeat", "repeat"}};
    if (group != CORPUS_COMMANDS) return "";
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strcmp(label, pairs[i][0]) == 0) return pairs[i][1];
    return "";
}

// FNV-1a.
int
corpus_fold(const char *speaker)
{
    uint32_t hash = 2166136261U;
    for (; *speaker; speaker++)
        hash = (hash ^ (unsigned char)*speaker) * 16777619U;
    return (int)((hash >> 8) % CORPUS_FOLDS);
}

static bool
append(struct corpus *corpus, struct recording recording)
{
    size_t n = corpus->count;
    if ((n & (n - 1)) == 0) {
        size_t more = n ? 2 * n : 1;
        void  *to   = realloc(corpus->recordings, more * sizeof recording);
        if (!to) return false;
        corpus->recordings = to;
    }
    corpus->recordings[corpus->count++] = recording;
    return true;
}

// file, group, label, speaker, seconds, source, ... between tabs; others are
// passed over.
static bool
read_line(struct corpus *corpus, const char *folder, char *line)
{
    char *field[6];
    char *rest = line;
    char  path[PATH_SIZE];
    for (int i = 0; i < 6; i++) {
        field[i] = strsep(&rest, "\t");
        if (!rest) return true;
    }
    int group = 0;
    while (group < CORPUS_GROUPS && strcmp(groups[group], field[1]) != 0)
        group++;
    if (group == CORPUS_GROUPS || !path_join(path, folder, field[0]))
        return true;
    bool        sound   = group == CORPUS_NOISE || group == CORPUS_RIR;
    const char *speaker = *field[3] && !sound ? field[3] : field[0];
    return append(corpus,
                  (struct recording){
                      .group   = (enum corpus_group)group,
                      .path    = strdup(path),
                      .label   = strdup(field[2]),
                      .command = command_of((enum corpus_group)group, field[2]),
                      .speaker = strdup(speaker),
                      .fold    = corpus_fold(speaker),
                      .clean   = strstr(field[5], "an4") != NULL});
}

enum status
corpus_read(struct corpus *corpus, const char *folder, struct diag *diag)
{
    char path[PATH_SIZE], line[LINE];
    bool fine = true;
    *corpus   = (struct corpus){0};
    if (!path_join(path, folder, "index.tsv")) return STATUS_BAD_INPUT;
    FILE *file = fopen(path, "r");
    if (!file) {
        diag_set(diag, path, "%s", strerror(errno));
        return STATUS_NOT_FOUND;
    }
    while (fine && fgets(line, sizeof line, file))
        fine = read_line(corpus, folder, line);
    fclose(file);
    return fine ? STATUS_OK : STATUS_NO_MEMORY;
}

void
corpus_release(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        free(corpus->recordings[i].path);
        free(corpus->recordings[i].label);
        free(corpus->recordings[i].speaker);
    }
    free(corpus->recordings);
    *corpus = (struct corpus){0};
}
