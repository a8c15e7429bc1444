// SPDX-License-Identifier: GPL-3.0-or-later
// The lesson at the microphone: rollcall says what to say, and listens.
#ifndef APP_TEACHER_H
#define APP_TEACHER_H
#include "app/lesson.h"

enum teacher_moment {
    TEACHER_ASKS,  // for a phrase
    TEACHER_HEARD, // result
    TEACHER_DEAF   // nobody said anything
};

struct teacher_step {
    enum teacher_moment  moment;
    const char          *phrase;
    size_t               number, count; // of the phrase, from 1, of all
    int                  wanted;        // takes of it, this one included
    struct lesson_result result;
};

struct teacher_options {
    const char *path;   // of the person's file
    const char *input;  // part of a device's name, or NULL
    const char *output; // the same
    bool        silent; // says nothing, only listens
    void (*step)(void *ctx, const struct teacher_step *step);
    void *ctx;
};

// Until all is learnt, or interrupted, or a phrase was asked for six times in
// vain: then *missed counts it.
enum status
teacher_run(const struct teacher_options *options, int *missed,
            struct diag *diag);
#endif
