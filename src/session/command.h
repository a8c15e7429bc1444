// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can tell a session, however it reaches us.
#ifndef SESSION_COMMAND_H
#define SESSION_COMMAND_H
#include <stdbool.h>

// Those that do something.
#define COMMANDS_ACTING(X)                                                     \
    X(START, start)                                                            \
    X(NEXT, next)                                                              \
    X(NEXT_SET, next_set)                                                      \
    X(NEXT_EXERCISE, next_exercise)                                            \
    X(BACK, back)                                                              \
    X(REPEAT, repeat)                                                          \
    X(PAUSE, pause)                                                            \
    X(RESUME, resume)                                                          \
    X(STOP, stop)                                                              \
    X(END_SESSION, end_session)                                                \
    X(MORE_TIME, more_time)                                                    \
    X(LESS_TIME, less_time)                                                    \
    X(LOUDER, louder)                                                          \
    X(QUIETER, quieter)                                                        \
    X(PAIN, pain)                                                              \
    X(SHARP, sharp)                                                            \
    X(REPEAT_SET, repeat_set)                                                  \
    X(EXPLAIN, explain)                                                        \
    X(LIGHTER, lighter)                                                        \
    X(DEEPER, deeper)                                                          \
    X(LESS_TALK, less_talk)                                                    \
    X(MORE_TALK, more_talk)                                                    \
    X(UNDO, undo)                                                              \
    X(YES, yes)                                                                \
    X(NO, no)                                                                  \
    X(LEFT, left)                                                              \
    X(RIGHT, right)                                                            \
    X(OTHER_SIDE, other_side)                                                  \
    X(MUSIC_OFF, music_off)                                                    \
    X(MUSIC_ON, music_on)                                                      \
    X(MUSIC_LOUDER, music_louder)                                              \
    X(MUSIC_QUIETER, music_quieter)

// Where a number was asked for.
#define COMMANDS_NUMBERS(X)                                                    \
    X(NUMBER_0, number_0)                                                      \
    X(NUMBER_1, number_1)                                                      \
    X(NUMBER_2, number_2)                                                      \
    X(NUMBER_3, number_3)                                                      \
    X(NUMBER_4, number_4)                                                      \
    X(NUMBER_5, number_5)                                                      \
    X(NUMBER_6, number_6)                                                      \
    X(NUMBER_7, number_7)                                                      \
    X(NUMBER_8, number_8)                                                      \
    X(NUMBER_9, number_9)                                                      \
    X(NUMBER_10, number_10)

// Those that are answered and change nothing: from the session itself, ...
#define COMMANDS_ABOUT_SESSION(X)                                              \
    X(TIME_LEFT, time_left)                                                    \
    X(WHERE, where)                                                            \
    X(WHAT_NEXT, what_next)                                                    \
    X(HELP, help)

// ... and with the answer of the same name in routine/answers.h ("dose" is its
// "how_long": how long a muscle needs, not how long is left).
#define COMMANDS_ABOUT_ROLLING(X)                                              \
    X(WHY, why)                                                                \
    X(MUSCLE, muscle)                                                          \
    X(FEEL, feel)                                                              \
    X(AVOID, avoid)                                                            \
    X(ROLLER, roller)                                                          \
    X(DOSE, dose)                                                              \
    X(HOW_OFTEN, how_often)                                                    \
    X(HOW_FAST, how_fast)                                                      \
    X(WHEN, when)                                                              \
    X(HURT, hurt)                                                              \
    X(LOWER_BACK, lower_back)                                                  \
    X(NECK, neck)                                                              \
    X(IT_BAND, it_band)                                                        \
    X(SCAR, scar)                                                              \
    X(GLUTES_LEGS, glutes_legs)                                                \
    X(INSTRUCTIONS, instructions)                                              \
    X(EDUCATION, education)

#define COMMANDS_KNOWN(X)                                                      \
    COMMANDS_ACTING(X)                                                         \
    COMMANDS_NUMBERS(X)                                                        \
    COMMANDS_ABOUT_SESSION(X)                                                  \
    COMMANDS_ABOUT_ROLLING(X)

enum command {
#define X(id, name) COMMAND_##id,
    COMMANDS_KNOWN(X)
#undef X
        COMMANDS
};

_Static_assert(COMMANDS <= 64, "a set of commands is a uint64_t");

// "next_set"
const char *
command_name(enum command command);

// The number that COMMAND tells, -1: it is another command.
int
command_number(enum command command);

// The command of that name; '-' and ' ' count as '_', and "7" is number_7.
// False: none such.
bool
command_parse(enum command *command, const char *text);

// All names, COMMANDS of them, for messages.
const char *const *
command_names(void);
#endif
