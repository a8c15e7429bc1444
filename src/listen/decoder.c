// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/decoder.h"

#include "base/path.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GRAMMARS 6 // sets of allowed commands whose grammars are kept

struct grammar {
    uint64_t allowed;
    uint64_t used;        // when last
    char     commands[8]; // its names in the decoder
    char     others[8];
    bool     made;
};

struct decoder {
    struct sphinx  *sphinx;
    struct phrases *phrases;
    struct lexicon *lexicon;
    struct grammar  grammars[GRAMMARS];
    uint64_t        uses;
};

static const char *const phones[] = {
    "AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D",  "DH",
    "EH", "ER", "EY", "F",  "G",  "HH", "IH", "IY", "JH", "K",
    "L",  "M",  "N",  "NG", "OW", "OY", "P",  "R",  "S",  "SH",
    "T",  "TH", "UH", "UW", "V",  "W",  "Y",  "Z",  "ZH"};
#define PHONES (sizeof phones / sizeof phones[0])

// Text that grows; a failed allocation leaves it NULL for good.
struct text {
    char  *data;
    size_t length, size;
};

static void
append(struct text *text, const char *piece)
{
    size_t length = strlen(piece);
    if (!text->data) return;
    while (text->length + length + 1 > text->size) {
        char *data = realloc(text->data, 2 * text->size);
        if (!data) {
            free(text->data);
            text->data = NULL;
            return;
        }
        text->data = data;
        text->size *= 2;
    }
    memcpy(text->data + text->length, piece, length + 1);
    text->length += length;
}

static struct text
begin(const char *head)
{
    struct text text = {.data = malloc(1024), .size = 1024};
    append(&text, head);
    return text;
}

static void
choice(struct text *text, const char *phrase, bool *first)
{
    if (!*first) append(text, " | ");
    append(text, phrase);
    *first = false;
}

// Adds the finished grammar under NAME and frees it.
static bool
add_grammar(struct decoder *decoder, const char *name, struct text *text)
{
    bool done =
        text->data && sphinx_add_grammar(decoder->sphinx, name, text->data);
    free(text->data);
    return done;
}

static bool
add_phones(struct decoder *decoder)
{
    struct text text  = begin("#JSGF V1.0; grammar phones; public <p> = (");
    bool        first = true;
    for (size_t i = 0; i < PHONES; i++) {
        char word[8];
        snprintf(word, sizeof word, "_%s", phones[i]);
        if (!sphinx_add_word(decoder->sphinx, word, phones[i])) {
            free(text.data);
            return false;
        }
        choice(&text, word, &first);
    }
    append(&text, ")+;");
    return add_grammar(decoder, "phones", &text);
}

static bool
is_allowed(const struct phrase *phrase, uint64_t allowed)
{
    return allowed >> phrase->command & 1;
}

static bool
add_commands(struct decoder *decoder, const struct grammar *grammar)
{
    const struct phrases *p     = decoder->phrases;
    struct text           text  = begin("#JSGF V1.0; grammar c; public <c> = ");
    bool                  first = true;
    for (size_t i = 0; i < p->phrase_count; i++)
        if (is_allowed(&p->phrases[i], grammar->allowed))
            choice(&text, p->phrases[i].text, &first);
    append(&text, ";");
    return add_grammar(decoder, grammar->commands, &text);
}

// Whether WORD alone is a phrase that counts.
static bool
is_command(const struct phrases *phrases, const char *word, uint64_t allowed)
{
    int phrase = phrases_find(phrases, word);
    return phrase >= 0 && is_allowed(&phrases->phrases[phrase], allowed);
}

static bool
add_others(struct decoder *decoder, const struct grammar *grammar)
{
    const struct phrases *p    = decoder->phrases;
    const struct lexicon *l    = decoder->lexicon;
    struct text           text = begin("#JSGF V1.0; grammar o; public <o> = (");
    bool                  first = true;
    for (size_t i = 0; i < l->other_count; i++)
        if (!is_command(p, l->others[i], grammar->allowed))
            choice(&text, l->others[i], &first);
    append(&text, ")+");
    for (size_t i = 0; i < p->phrase_count; i++)
        if (!is_allowed(&p->phrases[i], grammar->allowed))
            choice(&text, p->phrases[i].text, &first);
    append(&text, ";");
    return add_grammar(decoder, grammar->others, &text);
}

// The grammars for ALLOWED, made when first needed in place of those unused
// for longest.  NULL where they cannot be made.
static const struct grammar *
grammar_for(struct decoder *decoder, uint64_t allowed)
{
    struct grammar *grammar = NULL;
    for (int i = 0; i < GRAMMARS; i++) {
        struct grammar *g = &decoder->grammars[i];
        if (g->made && g->allowed == allowed) {
            g->used = ++decoder->uses;
            return g;
        }
        if (!grammar || g->used < grammar->used) grammar = g;
    }
    int slot         = (int)(grammar - decoder->grammars);
    grammar->allowed = allowed;
    grammar->used    = ++decoder->uses;
    snprintf(grammar->commands, sizeof grammar->commands, "c%d", slot);
    snprintf(grammar->others, sizeof grammar->others, "o%d", slot);
    grammar->made =
        add_commands(decoder, grammar) && add_others(decoder, grammar);
    return grammar->made ? grammar : NULL;
}

static enum status
add_words(struct decoder *decoder, const char *fixes, struct diag *diag)
{
    const struct lexicon *lexicon = decoder->lexicon;
    for (size_t i = 0; i < lexicon->count; i++) {
        const struct pronunciation *item = &lexicon->items[i];
        if (sphinx_add_word(decoder->sphinx, item->name, item->phones))
            continue;
        diag_set(diag, fixes,
                 "the pronunciation \"%s\" of \"%s\" has a phone that the "
                 "acoustic model does not know",
                 item->phones, item->word);
        return STATUS_BAD_INPUT;
    }
    if (add_phones(decoder) && grammar_for(decoder, UINT64_MAX))
        return STATUS_OK;
    diag_set(diag, fixes, "the recogniser refuses the grammar");
    return STATUS_FAILED;
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
open_parts(struct decoder *decoder, const char *voices, struct diag *diag)
{
    char model[PATH_SIZE], path[PATH_SIZE], fixes[PATH_SIZE];
    model_folder(model);
    if (!path_join(path, voices, "commands.yaml")) return STATUS_NOT_FOUND;
    enum status status = phrases_read(&decoder->phrases, path, diag);
    if (status != STATUS_OK) return status;
    if (!path_join(fixes, voices, "lexicon.yaml") ||
        !path_join(path, model, "cmudict-en-us.dict"))
        return STATUS_NOT_FOUND;
    status =
        lexicon_read(&decoder->lexicon, path, fixes, decoder->phrases, diag);
    if (status != STATUS_OK) return status;
    if (!path_join(path, model, "en-us")) return STATUS_NOT_FOUND;
    status = sphinx_open(&decoder->sphinx, path, diag);
    if (status != STATUS_OK) return status;
    return add_words(decoder, fixes, diag);
}

enum status
decoder_open(struct decoder **out, const char *voices, struct diag *diag)
{
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) return STATUS_NO_MEMORY;
    enum status status = open_parts(decoder, voices, diag);
    if (status != STATUS_OK) {
        decoder_close(decoder);
        return status;
    }
    *out = decoder;
    return STATUS_OK;
}

void
decoder_close(struct decoder *decoder)
{
    if (!decoder) return;
    sphinx_close(decoder->sphinx);
    lexicon_free(decoder->lexicon);
    phrases_free(decoder->phrases);
    free(decoder);
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

static int
phrase_of(const struct phrases *phrases, const struct sphinx_path *path)
{
    char   text[256] = "";
    size_t length    = 0;
    for (size_t i = 0; i < path->count; i++) {
        const char *word = path->pieces[i].word;
        if (*word == '<' || *word == '[') continue;
        int n = snprintf(text + length, sizeof text - length, "%s%.*s",
                         length ? " " : "", (int)strcspn(word, "("), word);
        if (n < 0 || (size_t)n >= sizeof text - length) return -1;
        length += (size_t)n;
    }
    return phrases_find(phrases, text);
}

bool
decoder_decode(struct decoder *decoder, uint64_t allowed,
               const int16_t *samples, size_t count, struct decoded *decoded)
{
    struct sphinx        *sphinx  = decoder->sphinx;
    const struct grammar *grammar = grammar_for(decoder, allowed);
    decoded->phrase               = -1;
    if (!grammar || !sphinx_decode(sphinx, grammar->commands, samples, count,
                                   &decoded->commands))
        return false;
    decoded->phrase = phrase_of(decoder->phrases, &decoded->commands);
    if (decoded->phrase < 0) return false;
    sphinx_decode(sphinx, grammar->others, samples, count, &decoded->others);
    sphinx_decode(sphinx, "phones", samples, count, &decoded->phones);
    return true;
}
