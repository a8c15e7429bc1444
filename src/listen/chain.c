// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PHONES 24 // of a word
#define HEARD_COSTS 10 // a pronunciation that is not the dictionary's

struct work {
    const struct lexicon *lexicon;
    const struct phones  *phones;
    int                   silence;
    struct chain          chain;
    struct chain_state    states[CHAIN_STATES];
    char                  text[256];
    char                 *words[PHRASES_MOST_WORDS];
};

struct way {
    int phones[MOST_PHONES];
    int count;
};

static bool
split(const struct work *w, const char *names, struct way *way)
{
    way->count = 0;
    while (*names) {
        size_t length = strcspn(names, " ");
        int    phone  = phones_find(w->phones, names, length);
        if (length > 0 && (phone < 0 || way->count == MOST_PHONES))
            return false;
        if (length > 0) way->phones[way->count++] = phone;
        names += length;
        names += strspn(names, " ");
    }
    return way->count > 0;
}

// The first or last phone of the word beside another one, as the dictionary
// has it; silence beyond the phrase.
static int
edge(const struct work *w, int word, bool last)
{
    struct way way;
    if (word < 0 || word >= w->chain.words) return w->silence;
    const char *names = lexicon_phones(w->lexicon, w->words[word]);
    if (!names || !split(w, names, &way)) return w->silence;
    return way.phones[last ? way.count - 1 : 0];
}

static enum phones_place
place(const struct way *way, int i)
{
    if (way->count == 1) return PHONES_SINGLE;
    if (i == 0) return PHONES_BEGIN;
    return i == way->count - 1 ? PHONES_END : PHONES_INSIDE;
}

static void
add_phone(struct work *w, const struct way *way, int word, int i)
{
    int left = i > 0 ? way->phones[i - 1] : edge(w, word - 1, true);
    int right =
        i + 1 < way->count ? way->phones[i + 1] : edge(w, word + 1, false);
    const uint16_t *senones =
        phones_states(w->phones, way->phones[i], left, right, place(way, i));
    for (int s = 0; s < PHONES_STATES; s++) {
        bool first = i == 0 && s == 0;
        int  at    = w->chain.count++;
        w->states[at] =
            (struct chain_state){.senone = (int16_t)senones[s],
                                 .before = (int16_t)(first ? -1 : at - 1),
                                 .join   = (int16_t)(first ? word - 1 : -1),
                                 .phone  = (uint8_t)way->phones[i],
                                 .word   = (uint8_t)word,
                                 .starts = s == 0};
    }
}

static bool
add_way(struct work *w, const struct pronunciation *item, int word)
{
    struct way         way;
    int                first = w->chain.count;
    struct chain_join *join  = &w->chain.joins[word];
    if (join->count == CHAIN_WAYS) return true;
    if (!split(w, item->phones, &way) ||
        w->chain.count + PHONES_STATES * way.count >= CHAIN_STATES)
        return false;
    for (int i = 0; i < way.count; i++) add_phone(w, &way, word, i);
    w->states[first].cost              = item->heard ? HEARD_COSTS : 0;
    join->states[join->count++]        = (int16_t)(w->chain.count - 1);
    w->states[w->chain.count - 1].ends = word == w->chain.words - 1;
    return true;
}

// After a word that is not the last.
static void
add_pause(struct work *w, int word)
{
    struct chain_join *join     = &w->chain.joins[word];
    int                at       = w->chain.count++;
    uint8_t            silence  = (uint8_t)w->silence;
    w->states[at]               = (struct chain_state){.senone = -1,
                                                       .before = -1,
                                                       .join   = (int16_t)word,
                                                       .phone  = silence,
                                                       .word   = (uint8_t)word,
                                                       .starts = true};
    join->states[join->count++] = (int16_t)at;
}

static bool
add_word(struct work *w, int word)
{
    for (size_t i = 0; i < w->lexicon->count; i++) {
        const struct pronunciation *item = &w->lexicon->items[i];
        if (strcmp(item->word, w->words[word]) == 0 && !add_way(w, item, word))
            return false;
    }
    if (w->chain.joins[word].count == 0) return false;
    if (word < w->chain.words - 1) add_pause(w, word);
    return true;
}

static bool
fill(struct work *w, const char *text)
{
    char *rest = NULL;
    snprintf(w->text, sizeof w->text, "%s", text);
    for (char *word = strtok_r(w->text, " ", &rest); word;
         word       = strtok_r(NULL, " ", &rest)) {
        if (w->chain.words == PHRASES_MOST_WORDS) return false;
        w->words[w->chain.words++] = word;
    }
    for (int i = 0; i < w->chain.words; i++)
        if (!add_word(w, i)) return false;
    return w->chain.words > 0;
}

bool
chain_make(struct chain *chain, const char *text, const struct lexicon *lexicon,
           const struct phones *phones)
{
    struct work *w    = calloc(1, sizeof *w);
    bool         fine = false;
    *chain            = (struct chain){0};
    if (!w) return false;
    w->lexicon = lexicon;
    w->phones  = phones;
    w->silence = phones_find(phones, "SIL", 3);
    if (w->silence >= 0 && fill(w, text)) {
        size_t size     = (size_t)w->chain.count * sizeof *w->states;
        w->chain.states = malloc(size);
        fine            = w->chain.states != NULL;
        if (fine) *chain = w->chain;
        if (fine) memcpy(chain->states, w->states, size);
    }
    free(w);
    return fine;
}

bool
chain_phone(struct chain *chain, int phone, const struct phones *phones)
{
    const uint16_t *senones = phones_alone(phones, phone);
    *chain        = (struct chain){.count = PHONES_STATES, .words = 1};
    chain->states = calloc(PHONES_STATES, sizeof *chain->states);
    if (!chain->states) return false;
    for (int s = 0; s < PHONES_STATES; s++)
        chain->states[s] = (struct chain_state){.senone = (int16_t)senones[s],
                                                .before = (int16_t)(s - 1),
                                                .join   = -1,
                                                .phone  = (uint8_t)phone,
                                                .starts = s == 0,
                                                .ends = s == PHONES_STATES - 1};
    return true;
}

void
chain_release(struct chain *chain)
{
    free(chain->states);
    *chain = (struct chain){0};
}
