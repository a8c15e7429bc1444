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

// What is below one key of a routine.
struct spoken {
    struct yaml       *yaml;
    const struct lint *lint;
    const char        *key;
    bool               timed; // its maps have keys of their own, not spoken
};

static void
check_line(const struct spoken *spoken, const struct yaml_node *node)
{
    const struct lint *lint   = spoken->lint;
    const char        *text   = yaml_text(node);
    const char        *phrase = overheard_in(text, lint);

    if (phrase) {
        yaml_problem(spoken->yaml, node, SEVERITY_WARNING,
                     "this says '%s', which is a command, and the microphone "
                     "hears it; say it in other words",
                     phrase);
        return;
    }
    if (!lint->hears || !*text) return;
    phrase = lint->hears(lint->ears, spoken->key, text);
    if (phrase)
        yaml_problem(spoken->yaml, node, SEVERITY_WARNING,
                     "spoken aloud, this is taken for the command '%s'; say it "
                     "in other words, or as part of a longer sentence",
                     phrase);
}

static void
check(const struct spoken *spoken, const struct yaml_node *node, int depth)
{
    if (yaml_text(node)) {
        check_line(spoken, node);
        return;
    }
    for (size_t i = 0; i < yaml_count(node) && depth < DEEPEST; i++) {
        const char *key = yaml_text(yaml_key(node, i));
        if (spoken->timed && key && is_silent(key)) continue;
        check(spoken, yaml_item(node, i), depth + 1);
    }
}

void
overheard_check(struct yaml *yaml, const char *key,
                const struct yaml_node *node, const struct lint *lint)
{
    // "when" is spoken where it is the key of an answer
    struct spoken spoken = {.yaml  = yaml,
                            .lint  = lint,
                            .key   = key,
                            .timed = strcmp(key, "answers") != 0};
    check(&spoken, node, 0);
}
