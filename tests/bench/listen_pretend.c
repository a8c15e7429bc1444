// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_pretend.h"

#include "listen/phrases.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"lexicon.yaml", "confidence.yaml"};
#define FILES (sizeof files / sizeof files[0])

static const char *const names[PHRASES_MOST_COMMANDS] = {
    "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "b0", "b1", "b2",
    "b3", "b4", "b5", "b6", "b7", "c0", "c1", "c2", "c3", "c4", "c5",
    "c6", "c7", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "e0",
    "e1", "e2", "e3", "e4", "e5", "e6", "e7", "f0", "f1", "f2", "f3",
    "f4", "f5", "f6", "f7", "g0", "g1", "g2", "g3", "g4", "g5", "g6",
    "g7", "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7"};

static int
words_of(const char *text)
{
    int words = 1;
    for (; *text; text++) words += *text == ' ';
    return words;
}

// Rollcall's own commands stay what they are told from.
static bool
is_wanted(const struct recording *r, enum pretend_what what)
{
    int words = words_of(r->label);
    if (*r->command) return false;
    if (what == PRETEND_WORDS)
        return words == 1 &&
               (r->group == CORPUS_WORDS || r->group == CORPUS_COMMANDS);
    return words > 1 && words <= PHRASES_MOST_WORDS &&
           r->group == CORPUS_SPEECH;
}

// The recording before COUNT that says the same; COUNT where none does.
static size_t
said_before(const struct pretend *pretend, const char *label, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct recording *r = &pretend->corpus.recordings[i];
        if (*r->command && strcmp(r->label, label) == 0) return i;
    }
    return count;
}

// Deals the phrases out to the commands, PHRASES by number of command.
static size_t
assign(struct pretend *pretend, const struct corpus *original,
       enum pretend_what what, const char *phrases[PHRASES_MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < original->count; i++) {
        struct recording *r      = &pretend->corpus.recordings[i];
        bool              wanted = is_wanted(&original->recordings[i], what);
        bool speech = r->group == CORPUS_SPEECH || r->group == CORPUS_COMMANDS;
        *r          = original->recordings[i];
        r->command  = "";
        if (speech) r->group = CORPUS_WORDS;
        if (!wanted) continue;
        size_t same = said_before(pretend, r->label, i);
        if (same == i && count == PHRASES_MOST) continue;
        r->group   = CORPUS_COMMANDS;
        r->command = same < i ? pretend->corpus.recordings[same].command
                              : names[count % PHRASES_MOST_COMMANDS];
        if (same == i) phrases[count++] = r->label;
    }
    return count;
}

static bool
write_commands(const char *folder, const char *const *phrases, size_t count)
{
    char path[PATH_SIZE];
    if (!path_join(path, folder, "commands.yaml")) return false;
    FILE *file = fopen(path, "w");
    if (!file) return false;
    fputs("commands:\n", file);
    for (size_t c = 0; c < PHRASES_MOST_COMMANDS && c < count; c++) {
        fprintf(file, "  %s: [", names[c]);
        for (size_t i = c; i < count; i += PHRASES_MOST_COMMANDS)
            fprintf(file, "%s\"%s\"", i > c ? ", " : "", phrases[i]);
        fputs("]\n", file);
    }
    return fclose(file) == 0;
}

static bool
make_folder(struct pretend *pretend, const char *voices)
{
    char from[PATH_SIZE], to[PATH_SIZE], whole[PATH_SIZE];
    snprintf(pretend->voices, sizeof pretend->voices,
             "/tmp/rollcall-pretend-XXXXXX");
    if (!mkdtemp(pretend->voices)) return false;
    for (size_t i = 0; i < FILES; i++)
        if (!path_join(from, voices, files[i]) || !realpath(from, whole) ||
            !path_join(to, pretend->voices, files[i]) ||
            symlink(whole, to) != 0)
            return false;
    return true;
}

enum status
pretend_make(struct pretend *pretend, const struct corpus *original,
             const char *voices, enum pretend_what what, struct diag *diag)
{
    const char *phrases[PHRASES_MOST];
    *pretend = (struct pretend){.corpus.count = original->count};
    pretend->corpus.recordings =
        calloc(original->count + 1, sizeof *pretend->corpus.recordings);
    if (!pretend->corpus.recordings) return STATUS_NO_MEMORY;
    size_t count = assign(pretend, original, what, phrases);
    if (make_folder(pretend, voices) &&
        write_commands(pretend->voices, phrases, count))
        return STATUS_OK;
    diag_set(diag, pretend->voices, "%s", strerror(errno));
    pretend_release(pretend);
    return STATUS_FAILED;
}

void
pretend_release(struct pretend *pretend)
{
    char path[PATH_SIZE];
    for (size_t i = 0; i < FILES; i++)
        if (path_join(path, pretend->voices, files[i])) unlink(path);
    if (path_join(path, pretend->voices, "commands.yaml")) unlink(path);
    rmdir(pretend->voices);
    free(pretend->corpus.recordings);
    *pretend = (struct pretend){0};
}
