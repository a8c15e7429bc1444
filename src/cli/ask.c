// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ask.h"

#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TRIES 5 // then the default is taken

static const char blank[] = " \t\r\n";

// TEXT without blanks around it and without control characters.
static char *
trimmed(char *text)
{
    text += strspn(text, blank);
    size_t length = strlen(text);
    while (length > 0 && strchr(blank, text[length - 1])) length--;
    text[length] = '\0';
    for (char *c = text; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = ' ';
    }
    return text;
}

static void
discard_line(void)
{
    int c = getchar();
    while (c != '\n' && c != EOF) c = getchar();
}

void
ask_text(char to[ASK_SIZE], const char *question, const char *usual)
{
    char   line[ASK_SIZE];
    size_t bad;

    fprintf(stderr, "%s [%s] ", question, usual);
    if (!fgets(line, sizeof line, stdin)) {
        fputc('\n', stderr);
        text_copy(to, ASK_SIZE, usual);
        return;
    }
    if (!strchr(line, '\n') && !feof(stdin)) discard_line();
    const char *given = trimmed(line);
    if (*given && !text_is_utf8(given, strlen(given), &bad)) {
        fprintf(stderr, "  that is not UTF-8, so it stays as it was\n");
        given = "";
    }
    text_copy(to, ASK_SIZE, *given ? given : usual);
}

int
ask_number(const char *question, int usual, int least, int most)
{
    char text[ASK_SIZE], given[16];

    snprintf(given, sizeof given, "%d", usual);
    for (int i = 0; i < MOST_TRIES; i++) {
        char *end;
        ask_text(text, question, given);
        long number = strtol(text, &end, 10);
        if (!*end && number >= least && number <= most) return (int)number;
        fprintf(stderr, "  a number from %d to %d, please\n", least, most);
    }
    return usual;
}

static bool
is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0) return true;
    }
    return false;
}

void
ask_word(char to[ASK_SIZE], const char *question, const char *usual,
         const char *const *words, size_t count, bool any)
{
    for (int i = 0; i < MOST_TRIES; i++) {
        ask_text(to, question, usual);
        if (is_one_of(to, words, count)) return;
        const char *nearest = text_nearest(to, words, count);
        if (any && !nearest) return;
        if (nearest) {
            fprintf(stderr, "  there is no '%s'; did you mean '%s'?\n", to,
                    nearest);
            continue;
        }
        fprintf(stderr, "  one of these, please:");
        for (size_t k = 0; k < count; k++)
            fprintf(stderr, "%s %s", k ? "," : "", words[k]);
        fputc('\n', stderr);
    }
    text_copy(to, ASK_SIZE, usual);
}

bool
ask_yes(const char *question, bool usual)
{
    static const char *const words[] = {"yes", "no", "y", "n"};
    char                     text[ASK_SIZE];

    ask_word(text, question, usual ? "yes" : "no", words, 4, false);
    return text[0] == 'y';
}

char *
ask_split(char **list)
{
    while (*list && **list) {
        char *word  = *list;
        char *comma = strchr(word, ',');
        *list       = comma ? comma + 1 : word + strlen(word);
        if (comma) *comma = '\0';
        word = trimmed(word);
        if (*word) return word;
    }
    return NULL;
}
