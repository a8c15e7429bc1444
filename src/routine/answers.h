// SPDX-License-Identifier: GPL-3.0-or-later
// Spoken answers to what people ask: the general ones of
// voices/LANG/answers.yaml, and an exercise's own.
#ifndef ROUTINE_ANSWERS_H
#define ROUTINE_ANSWERS_H
#include "routine/routine.h"

// Key in the file and in an exercise's `answers`; the last is no answer, but
// what stands between the last two of the {muscles}.
#define ANSWERS(X)                                                             \
    X(WHY, why)                                                                \
    X(MUSCLE, muscle)                                                          \
    X(MUSCLE_NONE, muscle_none)                                                \
    X(FEEL, feel)                                                              \
    X(AVOID, avoid)                                                            \
    X(ROLLER, roller)                                                          \
    X(HOW_LONG, how_long)                                                      \
    X(HOW_OFTEN, how_often)                                                    \
    X(HOW_FAST, how_fast)                                                      \
    X(WHEN, when)                                                              \
    X(HURT, hurt)                                                              \
    X(SHARP, sharp)                                                            \
    X(LOWER_BACK, lower_back)                                                  \
    X(NECK, neck)                                                              \
    X(IT_BAND, it_band)                                                        \
    X(SCAR, scar)                                                              \
    X(GLUTES_LEGS, glutes_legs)                                                \
    X(INSTRUCTIONS, instructions)                                              \
    X(WHAT_CAN_I_SAY, what_can_i_say)                                          \
    X(EDUCATION, education)                                                    \
    X(AND, and)

enum answer {
#define X(id, key) ANSWER_##id,
    ANSWERS(X)
#undef X
        ANSWER_COUNT
};

#define ANSWER_SIZE 640 // bytes of an answer, its NUL included

extern const char *const answer_keys[ANSWER_COUNT];

struct answers;

// All keys must be there and no others; every problem goes to REPORT.
enum status
answers_read(struct answers **out, const char *path, struct report *report);

// What is good of a damaged file: the others are "", so that they are not said.
enum status
answers_salvage(struct answers **out, const char *path);

void
answers_free(struct answers *answers); // NULL is fine

// The answer to WHICH while EXERCISE is at hand (NULL: none): the exercise's
// own (answers:, why, muscles, feel, avoid, how_often) before the general one.
// {muscles} ("a, b and c"), {title} and {tool} are filled in.  Allocates
// nothing.
void
answer_text(char to[ANSWER_SIZE], const struct answers *answers,
            enum answer which, const struct exercise *exercise);
#endif
