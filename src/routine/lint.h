// SPDX-License-Identifier: GPL-3.0-or-later
// What is right in a routine file but will not go well, as warnings.
#ifndef ROUTINE_LINT_H
#define ROUTINE_LINT_H
#include "routine/routine.h"
#include <stdint.h>

// What the routine itself does not know.
struct lint {
    // phrases that are commands: small letters, one blank between words
    size_t             count;
    const char *const *phrases;

    // how long TEXT takes to say, and ROUTINE at LEVEL with all its talk;
    // milliseconds, below 0 where it cannot be told
    int64_t (*speech)(void *ctx, const char *text);
    int64_t (*session)(void *ctx, const struct routine *routine,
                       enum level level);
    void *ctx;

    // The phrase of a command that TEXT, spoken below KEY, would fire in the
    // listener, NULL: none; valid until the next call.  May be NULL: nothing
    // is listened to.
    const char *(*hears)(void *ears, const char *key, const char *text);
    void *ears;
};

// As routine_read(), and where that finds no error with the warnings of all
// rules.
enum status
routine_lint(struct routine **out, const char *path, const struct lint *lint,
             struct report *report);
#endif
