// SPDX-License-Identifier: GPL-3.0-or-later
// Learning how one person says the main commands: sound in, takes out, each
// kept in the person's file as soon as it is there.
#ifndef APP_LESSON_H
#define APP_LESSON_H
#include "base/diag.h"
#include "base/path.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lesson;

enum lesson_verdict {
    LESSON_TAKEN,
    LESSON_UNSURE,    // too unlike the phrase
    LESSON_DIFFERENT, // the phrase, but unlike the takes before
    LESSON_NOT_KEPT   // the file cannot be written; lesson_problem() says why
};

struct lesson_result {
    enum lesson_verdict verdict;
    double              confidence; // 0..1
    int64_t             from;       // frames at the lesson's rate
};

// The file of the person: voice.yaml among the user's own files.  False where
// there is no home.
bool
lesson_path(char path[PATH_SIZE]);

// Lets LISTENER know the person of that file, where there is one; a broken one
// is logged and left out.
struct listener;
void
lesson_know(struct listener *listener);

// Goes on from the file at PATH where there is one.  RATE of what
// lesson_feed() will get.
enum status
lesson_open(struct lesson **out, const char *path, unsigned rate,
            struct diag *diag);

void
lesson_close(struct lesson *lesson); // NULL is fine

// What is to be learnt: phrases 0..count-1, the most useful first.
size_t
lesson_count(const struct lesson *lesson);
const char *
lesson_phrase(const struct lesson *lesson, size_t i);

// How many takes are still wanted of phrase I.
int
lesson_wanted(const struct lesson *lesson, size_t i);

// The phrase, or else that of the command, called NAME; -1: none.
int
lesson_find(const struct lesson *lesson, const char *name);

// Listens for phrase I from now on, with what came before forgotten: frames
// are counted from here.
void
lesson_begin(struct lesson *lesson, size_t i);

// REFERENCE: what was played, or NULL.
void
lesson_feed(struct lesson *lesson, const float *microphone,
            const float *reference, size_t frames);

// The end of a recording.
void
lesson_finish(struct lesson *lesson);

// The next thing heard; false when there is none.  Nothing before frame SINCE
// counts.
bool
lesson_next(struct lesson *lesson, int64_t since, struct lesson_result *result);

const char *
lesson_problem(const struct lesson *lesson);
#endif
