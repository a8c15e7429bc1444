// SPDX-License-Identifier: GPL-3.0-or-later
// Questions on the terminal.  They go to stderr, answers come from stdin; an
// empty line, or the end of the input, takes the default.
#ifndef CLI_ASK_H
#define CLI_ASK_H
#include <stdbool.h>
#include <stddef.h>

#define ASK_SIZE 512 // bytes of an answer, its NUL included

// One line of text without blanks around it.
void
ask_text(char to[ASK_SIZE], const char *question, const char *usual);

// A whole number from LEAST to MOST; asks again until it is one.
int
ask_number(const char *question, int usual, int least, int most);

// One of COUNT words, or where ANY is set any other; a misspelt one is asked
// again.
void
ask_word(char to[ASK_SIZE], const char *question, const char *usual,
         const char *const *words, size_t count, bool any);

bool
ask_yes(const char *question, bool usual);

// The next of the words of LIST between commas, without blanks around it;
// NULL at its end.  LIST is written to, as by strtok_r().
char *
ask_split(char **list);
#endif
