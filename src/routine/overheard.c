// SPDX-License-Identifier: GPL-3.0-or-later
// Narration that says a command: the microphone hears it, too.
#include "routine/rules.h"

#include <string.h>

#define DEEPEST YAML_MOST_DEPTH

static char
small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '\'' || (unsigned char)c >= 0x80;
}

// Behind what may stand between two words that are said in one breath; AT
// itself where a sentence ends.
static const char *
skip_gap(const char *at)
{
    const char *from = at;

    for (; *at && !is_word_character(*at); at++) {
        if (strchr(".!?;:", *at)) return from;
    }
    return at;
}

// Whether the words of PHRASE stand at AT, where a word begins.
static bool
says(const char *at, const char *phrase)
{
    while (*phrase) {
        if (*phrase == ' ') {
            const char *word = skip_gap(at);
            if (word == at) return false;
            at = word;
            phrase++;
        } else if (small(*at) != *phrase) {
            return false;
        } else {
            at++;
            phrase++;
        }
    }
    return !is_word_character(*at);
}

// The longest, so that "go back" is not told as "go".
static const char *
said_at(const char *at, const struct lint *lint)
{
    const char *longest = NULL;

    for (size_t i = 0; i < lint->count; i++) {
        const char *phrase = lint->phrases[i];
        if (!*phrase || !says(at, phrase)) continue;
        if (!longest || strlen(phrase) > strlen(longest)) longest = phrase;
    }
    return longest;
}

// The word of TEXT behind the one at AT (NULL: the first); NULL behind the
// last.
static const char *
next_word(const char *text, const char *at)
{
    for (at = at ? at + 1 : text; *at; at++) {
        bool within = at > text && is_word_character(at[-1]);
        if (is_word_character(*at) && !within) return at;
    }
    return NULL;
}

const char *
overheard_in(const char *text, const struct lint *lint)
{
    const char *at = NULL;

    if (!*text) return NULL;
    while ((at = next_word(text, at)) != NULL) {
        const char *phrase = said_at(at, lint);
        if (phrase) return phrase;
    }
    return NULL;
}

bool
overheard_phrase(const char *text, const char *phrase)
{
    const char *at = NULL;

    if (!*text) return false;
    while ((at = next_word(text, at)) != NULL) {
        if (says(at, phrase)) return true;
    }
    return false;
}

// Keys within a value that are not spoken.
static bool
is_silent(const char *key)
{
    static const char *const silent[] = {"when", "time", "last"};

    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        if (strcmp(silent[i], key) == 0) return true;
    }
    return false;
}

// TIMED: the maps of this value have keys of their own that are not spoken.
static void
check(struct yaml *yaml, const struct yaml_node *node, const struct lint *lint,
      bool timed, int depth)
{
    const char *text = yaml_text(node);

    if (text) {
        const char *phrase = overheard_in(text, lint);
        if (!phrase) return;
        yaml_problem(yaml, node, SEVERITY_WARNING,
                     "this says '%s', which is a command, and the microphone "
                     "hears it; say it in other words",
                     phrase);
        return;
    }
    for (size_t i = 0; i < yaml_count(node) && depth < DEEPEST; i++) {
        const char *key = yaml_text(yaml_key(node, i));
        if (timed && key && is_silent(key)) continue;
        check(yaml, yaml_item(node, i), lint, timed, depth + 1);
    }
}

void
overheard_check(struct yaml *yaml, const char *key,
                const struct yaml_node *node, const struct lint *lint)
{
    // "when" is spoken where it is the key of an answer
    check(yaml, node, lint, strcmp(key, "answers") != 0, 0);
}
