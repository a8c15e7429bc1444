// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/evidence.h"

#include "listen/likeness.h"
#include "listen/voicing.h"
#include <stdbool.h>
#include <string.h>

static const char *const names[EVIDENCE_KINDS] = {
    [EVIDENCE_SECONDS] = "seconds",   [EVIDENCE_LENGTH] = "length",
    [EVIDENCE_SILENCE] = "silence",   [EVIDENCE_PHONES] = "phones",
    [EVIDENCE_WORDS] = "words",       [EVIDENCE_RATE] = "rate",
    [EVIDENCE_SCORE] = "score",       [EVIDENCE_FIT] = "fit",
    [EVIDENCE_FIT_ALL] = "fit all",   [EVIDENCE_WORST] = "worst",
    [EVIDENCE_EDGE] = "edge",         [EVIDENCE_EDGE_ALL] = "edge all",
    [EVIDENCE_OTHERS] = "others",     [EVIDENCE_LOOP] = "loop",
    [EVIDENCE_DISTANCE] = "distance", [EVIDENCE_ABOVE] = "above",
    [EVIDENCE_LEVEL] = "level",       [EVIDENCE_LOUD] = "loud",
    [EVIDENCE_VOICED] = "voiced",     [EVIDENCE_PITCHED] = "pitched",
};

const char *
evidence_name(enum evidence_kind kind)
{
    return names[kind];
}

enum evidence_kind
evidence_kind(const char *name)
{
    int kind = 0;
    while (kind < EVIDENCE_KINDS && strcmp(names[kind], name) != 0) kind++;
    return (enum evidence_kind)kind;
}

static bool
is_filler(const struct sphinx_piece *piece)
{
    return piece->word[0] == '<' || piece->word[0] == '[';
}

// The score of the part of PATH between FROM and TO, each piece's spread
// evenly over its frames.
static double
score_between(const struct sphinx_path *path, int from, int to)
{
    double sum = 0;
    for (size_t i = 0; i < path->count; i++) {
        const struct sphinx_piece *p     = &path->pieces[i];
        int                        first = p->from > from ? p->from : from;
        int                        last  = p->to < to ? p->to : to;
        if (first < last)
            sum += (double)p->score * (last - first) / (p->to - p->from);
    }
    return sum;
}

static double
score_of(const struct sphinx_path *path)
{
    double sum = 0;
    for (size_t i = 0; i < path->count; i++) sum += path->pieces[i].score;
    return sum;
}

static int
words_of(const struct sphinx_path *path)
{
    int words = 0;
    for (size_t i = 0; i < path->count; i++)
        words += !is_filler(&path->pieces[i]);
    return words;
}

// The command's words in a path of commands.
struct span {
    int           from, to; // frames
    int           frames;   // without pauses between words
    int           words;
    double        score;
    double        fit;   // over the free phones
    double        worst; // of a word, a frame
    struct sounds sounds;
};

static void
add_word(struct span *span, const struct sphinx_piece *piece,
         const struct decoded *decoded, const struct lexicon *lexicon)
{
    int    frames = piece->to - piece->from;
    double fit =
        piece->score - score_between(&decoded->phones, piece->from, piece->to);
    if (frames < 1) frames = 1;
    if (span->words == 0) span->from = piece->from;
    if (span->words == 0 || fit / frames < span->worst)
        span->worst = fit / frames;
    span->to = piece->to;
    span->frames += frames;
    span->words++;
    span->score += piece->score;
    span->fit += fit;
    const char *phones = lexicon_phones(lexicon, piece->word);
    if (phones) sounds_add(&span->sounds, phones);
}

static struct span
span_of(const struct decoded *decoded, const struct lexicon *lexicon)
{
    struct span span = {0};
    for (size_t i = 0; i < decoded->commands.count; i++) {
        const struct sphinx_piece *piece = &decoded->commands.pieces[i];
        if (!is_filler(piece)) add_word(&span, piece, decoded, lexicon);
    }
    if (span.frames == 0) span.frames = 1;
    return span;
}

// The free phones that lie mostly within the command.
static struct sounds
loop_within(const struct sphinx_path *phones, const struct span *span)
{
    struct sounds heard = {0};
    for (size_t i = 0; i < phones->count; i++) {
        const struct sphinx_piece *piece  = &phones->pieces[i];
        int                        middle = (piece->from + piece->to) / 2;
        if (!is_filler(piece) && middle >= span->from && middle < span->to)
            sounds_add(&heard, piece->word + 1);
    }
    return heard;
}

static void
gather_scores(double *v, const struct decoded *d, const struct span *span)
{
    double all    = d->commands.frames > 0 ? d->commands.frames : 1;
    double score  = score_of(&d->commands);
    double others = d->others.count > 0 ? score_of(&d->others) : score - 1000;

    v[EVIDENCE_SCORE]    = span->score / span->frames / 100;
    v[EVIDENCE_FIT]      = span->fit / span->frames / 10;
    v[EVIDENCE_FIT_ALL]  = (score - score_of(&d->phones)) / all / 10;
    v[EVIDENCE_WORST]    = span->worst / 10;
    v[EVIDENCE_EDGE]     = (score - others) / all / 10;
    v[EVIDENCE_EDGE_ALL] = (score - others) / 1000;
    v[EVIDENCE_OTHERS]   = words_of(&d->others);
    v[EVIDENCE_SILENCE]  = 1 - span->frames / all;
}

static void
gather_shape(double *v, const struct decoded *d, const struct span *span)
{
    struct sounds heard  = loop_within(&d->phones, span);
    double        phones = (double)span->sounds.count;
    if (phones < 1) phones = 1;
    v[EVIDENCE_LENGTH]   = span->frames / 100.0;
    v[EVIDENCE_PHONES]   = phones;
    v[EVIDENCE_WORDS]    = span->words;
    v[EVIDENCE_RATE]     = span->frames / phones / 10;
    v[EVIDENCE_LOOP]     = (double)heard.count / phones;
    v[EVIDENCE_DISTANCE] = sounds_distance(&span->sounds, &heard) / phones;
}

void
evidence_gather(struct evidence *evidence, const struct decoded *decoded,
                const struct lexicon *lexicon, const struct stretch *stretch)
{
    double        *v       = evidence->value;
    struct span    span    = span_of(decoded, lexicon);
    struct voicing voicing = voicing_of(stretch->samples, stretch->count);

    memset(evidence, 0, sizeof *evidence);
    gather_scores(v, decoded, &span);
    gather_shape(v, decoded, &span);
    v[EVIDENCE_SECONDS] = (double)stretch->count / SPHINX_RATE;
    v[EVIDENCE_ABOVE]   = (stretch->level - stretch->floor) / 10;
    v[EVIDENCE_LEVEL]   = stretch->level / 10;
    v[EVIDENCE_LOUD]    = stretch->loud;
    v[EVIDENCE_VOICED]  = voicing.share;
    v[EVIDENCE_PITCHED] = voicing.strength;
}
