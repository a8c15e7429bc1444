// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lesson.h"

#include "base/log.h"
#include "base/profile.h"
#include "listen/probe.h"
#include <stdlib.h>
#include <string.h>

// It is known what should be said: the rest of the doubt is left to the takes.
#define SURE 0.04

// What a session needs most.  A phrase that commands.yaml has no longer is
// left out.
static const struct {
    const char *command, *phrase;
} wanted[] = {
    {"next_set", "next set"},   {"pause", "pause"},   {"resume", "resume"},
    {"stop", "stop"},           {"pain", "it hurts"}, {"start", "ready"},
    {"repeat", "repeat"},       {"yes", "yes"},       {"no", "no"},
    {"more_time", "more time"},
};

#define MOST (sizeof wanted / sizeof wanted[0])

struct lesson {
    struct listener *listener;
    struct person   *person;
    char             path[PATH_SIZE];
    int              items[MOST]; // of wanted
    uint64_t         bits[MOST];  // of their commands
    size_t           count;
    size_t           now;
    struct diag      problem;
};

bool
lesson_path(char path[PATH_SIZE])
{
    return profile_path(path, "voice.yaml");
}

void
lesson_know(struct listener *listener)
{
    char        path[PATH_SIZE];
    struct diag diag = {""};
    if (lesson_path(path) && path_exists(path) &&
        listener_know(listener, path, &diag) != STATUS_OK)
        log_print(LOG_WARNING, "your voice is not known today: %s", diag.text);
}

static enum status
read_person(struct lesson *l, const char *path, struct diag *diag)
{
    memcpy(l->path, path, strlen(path) + 1);
    if (path_exists(path)) return person_read(&l->person, path, diag);
    l->person = person_new();
    return l->person ? STATUS_OK : STATUS_NO_MEMORY;
}

static void
choose(struct lesson *l)
{
    for (size_t w = 0; w < MOST; w++)
        for (size_t c = 0; c < listener_commands(l->listener); c++) {
            const char *command = listener_command(l->listener, c);
            if (strcmp(command, wanted[w].command) != 0) continue;
            l->bits[l->count]    = UINT64_C(1) << c;
            l->items[l->count++] = (int)w;
        }
}

enum status
lesson_open(struct lesson **out, const char *path, unsigned rate,
            struct diag *diag)
{
    char           share[PATH_SIZE], voices[PATH_SIZE];
    struct lesson *l = calloc(1, sizeof *l);
    if (!l) return STATUS_NO_MEMORY;
    if (!path_share(share) || !path_join(voices, share, "voices/en-us")) {
        diag_set(diag, NULL, "rollcall's own files cannot be found");
        free(l);
        return STATUS_NOT_FOUND;
    }
    struct listener_config config = {
        .voices = voices, .rate = rate, .cancel_echo = true};
    enum status status = read_person(l, path, diag);
    if (status == STATUS_OK)
        status = listener_open(&l->listener, &config, diag);
    if (status == STATUS_OK) status = listener_know(l->listener, NULL, diag);
    if (status != STATUS_OK) {
        lesson_close(l);
        return status;
    }
    choose(l);
    *out = l;
    return STATUS_OK;
}

void
lesson_close(struct lesson *lesson)
{
    if (!lesson) return;
    listener_close(lesson->listener);
    person_free(lesson->person);
    free(lesson);
}

size_t
lesson_count(const struct lesson *lesson)
{
    return lesson->count;
}

const char *
lesson_phrase(const struct lesson *lesson, size_t i)
{
    return wanted[lesson->items[i]].phrase;
}

int
lesson_wanted(const struct lesson *lesson, size_t i)
{
    int there = person_takes(lesson->person, lesson_phrase(lesson, i));
    return there < PERSON_TAKES ? PERSON_TAKES - there : 0;
}

int
lesson_find(const struct lesson *lesson, const char *name)
{
    for (size_t i = 0; i < lesson->count; i++)
        if (strcmp(lesson_phrase(lesson, i), name) == 0 ||
            strcmp(wanted[lesson->items[i]].command, name) == 0)
            return (int)i;
    return -1;
}

void
lesson_begin(struct lesson *lesson, size_t i)
{
    lesson->now = i;
    listener_reset(lesson->listener);
    listener_allow(lesson->listener, lesson->bits[i]);
}

void
lesson_feed(struct lesson *lesson, const float *microphone,
            const float *reference, size_t frames)
{
    listener_feed(lesson->listener, microphone, reference, frames);
}

void
lesson_finish(struct lesson *lesson)
{
    listener_finish(lesson->listener);
}

static bool
is_odd(const struct lesson *l, const char *phrase, const struct sketch *sketch)
{
    bool seen = false;
    for (size_t i = 0; i < person_count(l->person); i++) {
        const struct take *take = person_take(l->person, i);
        if (strcmp(take->phrase, phrase) != 0) continue;
        if (sketch_distance(&take->sketch, sketch) < PERSON_NEAR) return false;
        seen = true;
    }
    return seen;
}

static enum lesson_verdict
judge(struct lesson *l, const struct heard *heard)
{
    const struct sketch *sketch = listener_sketch(l->listener);
    const char          *phrase = lesson_phrase(l, l->now);
    if (strcmp(heard->phrase, phrase) != 0 || heard->confidence < SURE ||
        sketch->count == 0)
        return LESSON_UNSURE;
    if (is_odd(l, phrase, sketch)) return LESSON_DIFFERENT;
    if (person_add(l->person, heard->command, phrase, sketch) &&
        person_write(l->person, l->path, &l->problem) == STATUS_OK)
        return LESSON_TAKEN;
    return LESSON_NOT_KEPT;
}

bool
lesson_next(struct lesson *lesson, int64_t since, struct lesson_result *result)
{
    struct heard heard;
    while (listener_next(lesson->listener, &heard)) {
        if (heard.from < since || !*heard.phrase) continue;
        if (lesson_wanted(lesson, lesson->now) == 0) continue;
        *result = (struct lesson_result){.verdict    = judge(lesson, &heard),
                                         .confidence = heard.confidence,
                                         .from       = heard.from};
        return true;
    }
    return false;
}

const char *
lesson_problem(const struct lesson *lesson)
{
    return lesson->problem.text;
}
