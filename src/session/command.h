// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can tell a session, however it reaches us.
#ifndef SESSION_COMMAND_H
#define SESSION_COMMAND_H
#include <stdbool.h>

#define COMMANDS_KNOWN(X)                                                      \
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
    X(TIME_LEFT, time_left)                                                    \
    X(WHERE, where)                                                            \
    X(HELP, help)                                                              \
    X(LOUDER, louder)                                                          \
    X(QUIETER, quieter)                                                        \
    X(PAIN, pain)                                                              \
    X(REPEAT_SET, repeat_set)                                                  \
    X(WHAT_NEXT, what_next)                                                    \
    X(WHY, why)                                                                \
    X(LIGHTER, lighter)                                                        \
    X(DEEPER, deeper)                                                          \
    X(LESS_TALK, less_talk)                                                    \
    X(MORE_TALK, more_talk)                                                    \
    X(UNDO, undo)                                                              \
    X(YES, yes)                                                                \
    X(NO, no)

enum command {
#define X(id, name) COMMAND_##id,
    COMMANDS_KNOWN(X)
#undef X
        COMMANDS
};

// "next_set"
const char *
command_name(enum command command);

// The command of that name; '-' and ' ' count as '_'.  False: none such.
bool
command_parse(enum command *command, const char *text);

// All names, COMMANDS of them, for messages.
const char *const *
command_names(void);
#endif
