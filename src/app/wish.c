// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wish.h"

#include "base/text.h"
#include "plan/fit.h"
#include <stdlib.h>
#include <string.h>

#define BLANKS " ,\t"

static void
trim(char *text)
{
    size_t length = strlen(text);
    while (length && strchr(BLANKS, text[length - 1])) text[--length] = '\0';
}

// The last word, where another one may stand before it.
static char *
last_word(char *text)
{
    char *word = text;
    for (char *c = text; *c; c++) {
        if (strchr(BLANKS, *c)) word = c + 1;
    }
    return word;
}

// 0 where WORD is no time.
static int
minutes_of(const char *word)
{
    char *end;
    long  minutes = strtol(word, &end, 10);
    bool  number  = end != word && *word >= '0' && *word <= '9' && !*end;
    return number && minutes >= 1 && minutes <= FIT_MOST_MINUTES ? (int)minutes
                                                                 : 0;
}

// "minutes", "min", "Minuten"
static bool
is_unit(const char *word)
{
    return strncmp(word, "min", 3) == 0 || strncmp(word, "Min", 3) == 0;
}

void
wish_parse(struct wish *wish, const char *line)
{
    char text[sizeof wish->what];

    wish->minutes = 0;
    text_copy(text, sizeof text, line + strspn(line, BLANKS));
    trim(text);
    text_copy(wish->what, sizeof wish->what, text);

    char *word = last_word(text);
    bool  unit = word > text && is_unit(word);
    if (unit) {
        *word = '\0';
        trim(text);
        word = last_word(text);
    }
    int minutes = unit || word > text ? minutes_of(word) : 0;
    if (!minutes) return;
    *word = '\0';
    trim(text);
    text_copy(wish->what, sizeof wish->what, text);
    wish->minutes = minutes;
}
