// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/decoder.h"

#include "base/path.h"
#include "listen/sphinx.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

// In steps of struct senones.
#define NOISE_COSTS 5  // a noise more than silence
#define PHONE_COSTS 30 // a further phone of the loop
#define WORD_COSTS  60 // a further word of the loop
#define LONG_COSTS  50 // a further word of a phrase: single words are likelier

#define LOOP_MOST 64

struct decoder {
    struct sphinx  *sphinx;
    struct phrases *phrases;
    struct lexicon *lexicon;
    struct phones  *phones;
    struct chain    commands[PHRASES_MOST]; // by phrase
    struct chain   *others;                 // competitors
    int            *other_costs;            // of the utterance, of each
    size_t          other_count;
    struct chain   *loop; // phones
    size_t          loop_count;
    int             loop_phone[LOOP_MOST];                // of each
    struct pack     all_commands, all_others, all_phones; // the same at once
    struct senones  senones;
    struct filler   filler;
};

static enum status
make_commands(struct decoder *d, const char *file, struct diag *diag)
{
    for (size_t i = 0; i < d->phrases->phrase_count; i++) {
        const char *text = d->phrases->phrases[i].text;
        errno            = 0;
        if (chain_make(&d->commands[i], text, d->lexicon, d->phones)) continue;
        if (errno == ENOMEM) return STATUS_NO_MEMORY;
        diag_set(diag, file,
                 "the recogniser cannot hear \"%s\": a pronunciation under "
                 "heard: has a phone that the acoustic model does not know, or "
                 "its words have too many pronunciations",
                 text);
        return STATUS_BAD_INPUT;
    }
    return STATUS_OK;
}

// Phrases are no competitors of themselves.
static enum status
make_others(struct decoder *d, const char *file, struct diag *diag)
{
    const struct lexicon *lexicon = d->lexicon;
    d->others      = calloc(lexicon->other_count + 1, sizeof *d->others);
    d->other_costs = calloc(lexicon->other_count + 1, sizeof *d->other_costs);
    if (!d->others || !d->other_costs) return STATUS_NO_MEMORY;
    for (size_t i = 0; i < lexicon->other_count; i++) {
        const char *word = lexicon->others[i];
        errno            = 0;
        if (phrases_find(d->phrases, word) >= 0) continue;
        if (chain_make(&d->others[d->other_count], word, lexicon, d->phones)) {
            d->other_count++;
            continue;
        }
        if (errno == ENOMEM) return STATUS_NO_MEMORY;
        diag_set(diag, file,
                 "the recogniser cannot hear \"%s\": it has a phone that the "
                 "acoustic model does not know",
                 word);
        return STATUS_BAD_INPUT;
    }
    return STATUS_OK;
}

// Fillers have names like "SIL" and "+NSN+".
static bool
is_filler(const char *name)
{
    return *name == '+' || strcmp(name, "SIL") == 0;
}

static bool
make_loop(struct decoder *d)
{
    int count = phones_count(d->phones);
    d->loop   = calloc((size_t)count + 1, sizeof *d->loop);
    for (int i = 0; i < count && d->loop; i++) {
        if (is_filler(phones_name(d->phones, i))) continue;
        if (d->loop_count == LOOP_MOST) break;
        if (!chain_phone(&d->loop[d->loop_count], i, d->phones)) return false;
        d->loop_phone[d->loop_count++] = i;
    }
    return d->loop != NULL;
}

static bool
make_packs(struct decoder *d)
{
    return pack_make(&d->all_commands, d->commands, d->phrases->phrase_count) &&
           pack_make(&d->all_others, d->others, d->other_count) &&
           pack_make(&d->all_phones, d->loop, d->loop_count);
}

static void
need(bool *needed, const struct chain *chains, size_t count)
{
    for (size_t c = 0; c < count; c++)
        for (int i = 0; i < chains[c].count; i++)
            if (chains[c].states[i].senone >= 0)
                needed[chains[c].states[i].senone] = true;
}

// Of all senones those that anything here goes through, and every phone alone.
static enum status
open_sphinx(struct decoder *d, const char *model, struct diag *diag)
{
    const struct phones *phones = d->phones;
    bool *needed = calloc((size_t)phones_senones(phones), sizeof *needed);
    if (!needed) return STATUS_NO_MEMORY;
    need(needed, d->commands, d->phrases->phrase_count);
    need(needed, d->others, d->other_count);
    for (int p = 0; p < phones_count(phones); p++)
        for (int s = 0; s < PHONES_STATES; s++)
            needed[phones_alone(phones, p)[s]] = true;
    enum status status = sphinx_open(&d->sphinx, model, phones, needed, diag);
    free(needed);
    return status;
}

// The folder of the English model: $POCKETSPHINX_PATH or where Debian and
// upstream put it.
static const char *
model_folder(char path[PATH_SIZE])
{
    const char *folders[] = {getenv("POCKETSPHINX_PATH"),
                             "/usr/share/pocketsphinx/model",
                             "/usr/local/share/pocketsphinx/model"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (folders[i] && path_join(path, folders[i], "en-us") &&
            path_exists(path))
            return path;
    path_join(path, folders[1], "en-us");
    return path;
}

static enum status
open_words(struct decoder *d, const char *voices, const char *commands,
           const char *model, struct diag *diag)
{
    char path[PATH_SIZE], fixes[PATH_SIZE];
    if (!path_join(path, voices, commands)) return STATUS_NOT_FOUND;
    enum status status = phrases_read(&d->phrases, path, diag);
    if (status != STATUS_OK) return status;
    if (!path_join(fixes, voices, "lexicon.yaml") ||
        !path_join(path, model, "cmudict-en-us.dict"))
        return STATUS_NOT_FOUND;
    status = lexicon_read(&d->lexicon, path, fixes, d->phrases, diag);
    if (status != STATUS_OK) return status;
    if (!path_join(path, model, "en-us/mdef")) return STATUS_NOT_FOUND;
    status = phones_read(&d->phones, path, diag);
    if (status != STATUS_OK) return status;
    status = make_commands(d, fixes, diag);
    return status == STATUS_OK ? make_others(d, fixes, diag) : status;
}

enum status
decoder_open(struct decoder **out, const char *voices, const char *commands,
             struct diag *diag)
{
    char            model[PATH_SIZE], path[PATH_SIZE];
    struct decoder *d = calloc(1, sizeof *d);
    if (!d) return STATUS_NO_MEMORY;
    model_folder(model);
    enum status status = open_words(d, voices, commands, model, diag);
    if (status == STATUS_OK)
        status = path_join(path, model, "en-us") ? open_sphinx(d, path, diag)
                                                 : STATUS_NOT_FOUND;
    if (status == STATUS_OK &&
        !(make_loop(d) && make_packs(d) &&
          senones_make(&d->senones, phones_senones(d->phones))))
        status = STATUS_NO_MEMORY;
    if (status != STATUS_OK) {
        decoder_close(d);
        return status;
    }
    *out = d;
    return STATUS_OK;
}

static void
release_chains(struct chain *chains, size_t count)
{
    for (size_t i = 0; chains && i < count; i++) chain_release(&chains[i]);
}

void
decoder_close(struct decoder *d)
{
    if (!d) return;
    release_chains(d->commands, PHRASES_MOST);
    release_chains(d->others, d->other_count);
    release_chains(d->loop, d->loop_count);
    pack_release(&d->all_commands);
    pack_release(&d->all_others);
    pack_release(&d->all_phones);
    free(d->others);
    free(d->other_costs);
    free(d->loop);
    senones_release(&d->senones);
    sphinx_close(d->sphinx);
    phones_free(d->phones);
    lexicon_free(d->lexicon);
    phrases_free(d->phrases);
    free(d);
}

const struct phrases *
decoder_phrases(const struct decoder *decoder)
{
    return decoder->phrases;
}

const struct lexicon *
decoder_lexicon(const struct decoder *decoder)
{
    return decoder->lexicon;
}

// The best phrase, the best one of another command, and of commands not
// allowed.
static void
search_commands(struct decoder *d, uint64_t allowed, struct decoded *decoded)
{
    const struct phrases *p = d->phrases;
    int                   least[PHRASES_MOST_COMMANDS], costs[PHRASES_MOST];
    int                   best = ROUTE_NONE;
    pack_search(&d->all_commands, &d->senones, &d->filler, costs, 0, NULL);
    for (size_t c = 0; c < p->command_count; c++) least[c] = ROUTE_NONE;
    for (size_t i = 0; i < p->phrase_count; i++) {
        int command = p->phrases[i].command;
        int cost    = costs[i] + LONG_COSTS * (d->commands[i].words - 1);
        if (cost < least[command]) least[command] = cost;
        if (!(allowed >> command & 1) || cost >= best) continue;
        decoded->phrase = (int)i;
        best            = cost;
    }
    for (size_t c = 0; c < p->command_count && decoded->phrase >= 0; c++) {
        int *to = allowed >> c & 1 ? &decoded->second : &decoded->other;
        if ((int)c != p->phrases[decoded->phrase].command && least[c] < *to)
            *to = least[c];
    }
}

// Competitors, alone and in a row.
static void
search_others(struct decoder *d, struct decoded *decoded)
{
    int *costs = d->other_costs;
    pack_search(&d->all_others, &d->senones, &d->filler, costs, WORD_COSTS,
                &decoded->words);
    for (size_t i = 0; i < d->other_count; i++)
        if (costs[i] < decoded->other) decoded->other = costs[i];
}

static void
search_phones(struct decoder *d, struct decoded *decoded)
{
    pack_search(&d->all_phones, &d->senones, &d->filler, NULL, PHONE_COSTS,
                &decoded->loop);
    for (int i = 0; i < decoded->loop.count; i++) {
        struct loop_piece *piece = &decoded->loop.items[i];
        piece->chain             = d->loop_phone[piece->chain];
    }
}

bool
decoder_decode(struct decoder *d, uint64_t allowed, const int16_t *samples,
               size_t count, struct decoded *decoded)
{
    if (!sphinx_score(d->sphinx, samples, count, &d->senones)) return false;
    filler_make(&d->filler, &d->senones, d->phones, NOISE_COSTS);
    return decoder_again(d, allowed, decoded);
}

bool
decoder_again(struct decoder *d, uint64_t allowed, struct decoded *decoded)
{
    const struct senones *s = &d->senones;
    const struct filler  *f = &d->filler;
    *decoded                = (struct decoded){.phrase  = -1,
                                               .route   = {.cost = ROUTE_NONE},
                                               .second  = ROUTE_NONE,
                                               .other   = ROUTE_NONE,
                                               .phones  = d->phones,
                                               .senones = s,
                                               .filler  = f};
    search_commands(d, allowed, decoded);
    if (decoded->phrase < 0) return false;
    decoded->chain = &d->commands[decoded->phrase];
    decoded->route = route_find(decoded->chain, s, f);
    decoded->route.cost += LONG_COSTS * (decoded->chain->words - 1);
    search_others(d, decoded);
    search_phones(d, decoded);
    return route_trace(decoded->chain, s, f, &decoded->pieces);
}
