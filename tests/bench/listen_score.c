// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_score.h"

#include <stdlib.h>

double
percent(int part, int whole)
{
    return whole > 0 ? 100.0 * part / whole : 0;
}

static struct tally *
tally_of(struct score *s, const struct recording *r)
{
    if (r->group == CORPUS_WORDS) return r->clean ? &s->clean_words : &s->words;
    if (r->group != CORPUS_COMMANDS) return NULL;
    if (!*r->command) return &s->words;
    return r->clean ? &s->clean : &s->hard;
}

// The first case of a recording that is taken decides.
static void
count_file(struct tally *t, const struct recording *r,
           const struct listen_case *taken)
{
    bool right = taken ? case_right(taken) : !*r->command;
    t->files++;
    if (right)
        t->right++;
    else if (taken)
        t->wrong++;
    else
        t->missed++;
}

static void
count_synthetic(struct score *s, const struct listen_case *c, bool taken)
{
    struct tally *t = *c->said ? &s->synthetic : &s->spoken_other;
    t->files++;
    if (!taken)
        *(*c->said ? &t->missed : &t->right) += 1;
    else
        *(case_right(c) ? &t->right : &t->wrong) += 1;
}

struct score
score_at(const struct cases *cases, const struct corpus *corpus, int every,
         const double *confidence, double least)
{
    struct score s      = {0};
    int          speech = 0, noise = 0;
    size_t       at = 0;
    for (size_t f = 0; f < corpus->count; f += (size_t)every) {
        const struct listen_case *taken = NULL;
        const struct recording   *r     = &corpus->recordings[f];
        struct tally             *t     = tally_of(&s, r);
        for (; at < cases->count && cases->items[at].file == (int)f; at++) {
            if (confidence[at] < least) continue;
            if (!taken) taken = &cases->items[at];
            speech += r->group == CORPUS_SPEECH;
            noise += r->group == CORPUS_NOISE;
        }
        if (t) count_file(t, r, taken);
    }
    for (; at < cases->count; at++)
        if (cases->items[at].file == CASE_SPOKEN)
            count_synthetic(&s, &cases->items[at], confidence[at] >= least);
    s.speech = 3600 * speech / (cases->audio[CORPUS_SPEECH] + 1e-9);
    s.noise  = 3600 * noise / (cases->audio[CORPUS_NOISE] + 1e-9);
    return s;
}

struct tally
score_trials(const struct cases *cases, const double *confidence, double least,
             enum corpus_group group, int *invented)
{
    struct tally t    = {.files = cases->files[group]};
    int          last = -1;
    *invented         = 0;
    for (size_t i = 0; i < cases->count; i++) {
        const struct listen_case *c = &cases->items[i];
        if (confidence[i] < least) continue;
        *invented += !*c->said;
        if (!*c->said || c->file == last) continue;
        last = c->file;
        *(case_right(c) ? &t.right : &t.wrong) += 1;
    }
    t.missed = t.files - t.right - t.wrong;
    return t;
}

double
score_limit(const struct cases *cases, const struct corpus *corpus,
            const double *confidence, double share)
{
    for (int i = 0; i <= 1000; i++) {
        struct score s = score_at(cases, corpus, 1, confidence, i / 1000.0);
        if (s.words.wrong <= share * s.words.files) return i / 1000.0;
    }
    return 1;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void
score_lags(const struct cases *cases, const double *confidence, double least,
           double *median, double *most)
{
    double *lags  = calloc(cases->count + 1, sizeof *lags);
    size_t  count = 0;
    for (size_t i = 0; lags && i < cases->count; i++) {
        // those that the end of the recording cut short decide at once
        if (cases->items[i].lag < 0.2 || confidence[i] < least) continue;
        lags[count++] = cases->items[i].lag;
    }
    if (count > 0) {
        qsort(lags, count, sizeof *lags, by_size);
        *median = lags[count / 2];
        *most   = lags[count * 95 / 100];
    }
    free(lags);
}
