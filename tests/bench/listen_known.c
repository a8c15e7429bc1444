// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_known.h"

#include "audio/clip.h"
#include "base/text.h"
#include "listen/probe.h"
#include "listen_weigh.h"
#include <stdlib.h>
#include <string.h>

#define FEWEST       3  // takes of a word that make somebody one of the people
#define MOST         16 // takes of a person
#define OTHERS_EVERY 13 // one of so many words of others is said to a person

struct taught {
    size_t        recording;
    const char   *command;
    char          phrase[CASE_WORD];
    struct sketch sketch;
};

struct work {
    struct known        *known;
    const struct corpus *corpus;
    struct listener     *listener;
    struct diag         *diag;
    struct taught        taught[MOST * 8]; // by the person at hand
    size_t               taught_count;
};

static bool
says(const struct recording *r, const char *speaker, const char *command)
{
    return r->group == CORPUS_COMMANDS && strcmp(r->speaker, speaker) == 0 &&
           strcmp(r->command, command) == 0;
}

static int
takes_of(const struct corpus *corpus, const char *speaker, const char *command)
{
    int count = 0;
    for (size_t i = 0; i < corpus->count && *command; i++)
        count += says(&corpus->recordings[i], speaker, command);
    return count;
}

// Taken by the index at which its speaker first has enough takes of a word.
static bool
is_person(const struct corpus *corpus, size_t i)
{
    const struct recording *r = &corpus->recordings[i];
    if (takes_of(corpus, r->speaker, r->command) < FEWEST) return false;
    for (size_t j = 0; j < i; j++) {
        const struct recording *s = &corpus->recordings[j];
        if (strcmp(r->speaker, s->speaker) == 0 &&
            takes_of(corpus, s->speaker, s->command) >= FEWEST)
            return false;
    }
    return true;
}

static uint64_t
only(const struct listener *l, const char *command)
{
    for (size_t i = 0; i < listener_commands(l); i++)
        if (strcmp(listener_command(l, i), command) == 0)
            return UINT64_C(1) << i;
    return 0;
}

static enum status
hear(struct work *w, size_t recording, uint64_t allowed)
{
    struct pcm *pcm = NULL;
    enum status status =
        clip_read(&pcm, w->corpus->recordings[recording].path, 16000, w->diag);
    if (status != STATUS_OK) return status;
    listener_reset(w->listener);
    listener_allow(w->listener, allowed);
    listener_feed(w->listener, pcm->samples, NULL, (size_t)pcm->frames);
    listener_finish(w->listener);
    pcm_drop(pcm);
    return STATUS_OK;
}

// The takes of all words of which SPEAKER has enough.
static enum status
teach(struct work *w, const char *speaker)
{
    enum status status = STATUS_OK;
    w->taught_count    = 0;
    if (!listener_meet(w->listener, person_new())) return STATUS_NO_MEMORY;
    for (size_t i = 0; i < w->corpus->count && status == STATUS_OK; i++) {
        const struct recording *r       = &w->corpus->recordings[i];
        const char             *command = r->command;
        struct heard            heard;
        if (!says(r, speaker, command) || w->taught_count == MOST * 8 ||
            takes_of(w->corpus, speaker, command) < FEWEST)
            continue;
        status = hear(w, i, only(w->listener, command));
        if (status != STATUS_OK || !listener_next(w->listener, &heard) ||
            !*heard.phrase)
            continue;
        struct taught *t = &w->taught[w->taught_count++];
        *t               = (struct taught){.recording = i,
                                           .command   = command,
                                           .sketch    = *listener_sketch(w->listener)};
        text_copy(t->phrase, sizeof t->phrase, heard.phrase);
    }
    return status;
}

// The person as they would be without recording BUT: PERSON_TAKES of each
// command at most.
static struct person *
taught_without(const struct work *w, size_t but)
{
    struct person *person = person_new();
    for (size_t i = 0; i < w->taught_count && person; i++) {
        const struct taught *t     = &w->taught[i];
        int                  there = 0;
        for (size_t j = 0; j < person_count(person); j++)
            there += strcmp(person_take(person, j)->command, t->command) == 0;
        if (t->recording != but && there < PERSON_TAKES)
            person_add(person, t->command, t->phrase, &t->sketch);
    }
    return person;
}

static struct known_trial *
new_trial(struct known *known)
{
    size_t n = known->count;
    if ((n & (n - 1)) == 0) {
        size_t more = n ? 2 * n : 1;
        void  *to   = realloc(known->items, more * sizeof *known->items);
        if (!to) return NULL;
        known->items = to;
    }
    struct known_trial *t = &known->items[known->count++];
    memset(t, 0, sizeof *t);
    return t;
}

static void
fill(struct listen_case *c, const struct work *w, const struct recording *r,
     int fold, const struct heard *heard)
{
    c->group    = r->group;
    c->fold     = fold;
    c->evidence = *listener_evidence(w->listener);
    text_copy(c->said, sizeof c->said, r->command);
    text_copy(c->heard, sizeof c->heard, heard->command);
    text_copy(c->phrase, sizeof c->phrase, heard->phrase);
}

// The Nth of what a stranger makes of the recording heard last.
static enum status
hear_strange(struct work *w, size_t i, int fold, size_t first)
{
    struct heard heard;
    size_t       n = first;
    if (!listener_meet(w->listener, person_new())) return STATUS_NO_MEMORY;
    enum status status = hear(w, i, UINT64_MAX);
    while (status == STATUS_OK && listener_next(w->listener, &heard))
        if (listener_evidence(w->listener) && n < w->known->count)
            fill(&w->known->items[n++].strange, w, &w->corpus->recordings[i],
                 fold, &heard);
    return status;
}

static enum status
try_one(struct work *w, size_t i, enum known_kind kind, int fold)
{
    const struct recording *r     = &w->corpus->recordings[i];
    size_t                  first = w->known->count;
    bool                    moved = false;
    struct heard            heard;
    if (!listener_meet(w->listener, taught_without(w, i)))
        return STATUS_NO_MEMORY;
    enum status status    = hear(w, i, UINT64_MAX);
    int         recording = w->known->asked[kind]++;
    while (status == STATUS_OK && listener_next(w->listener, &heard)) {
        if (!listener_evidence(w->listener)) continue;
        struct known_trial *t = new_trial(w->known);
        if (!t) return STATUS_NO_MEMORY;
        t->kind      = kind;
        t->recording = recording;
        t->kinship   = *listener_kinship(w->listener);
        moved |= t->kinship.moved;
        fill(&t->known, w, r, fold, &heard);
        t->strange = t->known;
    }
    return moved ? hear_strange(w, i, fold, first) : status;
}

static enum status
try_person(struct work *w, const struct recording *person, uint32_t number)
{
    enum status status = teach(w, person->speaker);
    for (size_t i = 0; i < w->corpus->count && status == STATUS_OK; i++) {
        const struct recording *r       = &w->corpus->recordings[i];
        const char             *command = r->command;
        bool                    own = strcmp(r->speaker, person->speaker) == 0;
        if (r->group != CORPUS_COMMANDS && r->group != CORPUS_WORDS) continue;
        if (*command && own &&
            takes_of(w->corpus, r->speaker, command) >= FEWEST)
            status = try_one(w, i, KNOWN_COMMANDS, person->fold);
        else if (!*command && own)
            status = try_one(w, i, KNOWN_OWN, person->fold);
        else if (!*command && (i * 7 + number) % OTHERS_EVERY == 0)
            status = try_one(w, i, KNOWN_OTHERS, person->fold);
    }
    w->known->people++;
    return status;
}

enum status
known_hear(struct known *known, const struct corpus *corpus, const char *voices,
           int every, struct diag *diag)
{
    struct listener_config config = {.voices = voices, .rate = 16000};
    struct work           *w      = calloc(1, sizeof *w);
    uint32_t               number = 0;
    if (!w) return STATUS_NO_MEMORY;
    *w = (struct work){.known = known, .corpus = corpus, .diag = diag};
    enum status status = listener_open(&w->listener, &config, diag);
    for (size_t i = 0; i < corpus->count && status == STATUS_OK; i++) {
        const struct recording *r = &corpus->recordings[i];
        if (!*r->command || !is_person(corpus, i)) continue;
        if (number++ % (uint32_t)every == 0) status = try_person(w, r, number);
    }
    listener_close(w->listener);
    free(w);
    return status;
}

void
known_release(struct known *known)
{
    free(known->items);
    *known = (struct known){0};
}

enum who { STRANGER, KNOWN, UNWEIGHED };

// How sure of each trial: of a stranger, of the person, and of the person
// before the takes are weighed.
static double *
judge_all(const struct known *known, enum who who, known_judge *judge,
          const void *ctx)
{
    double *sure = calloc(known->count + 1, sizeof *sure);
    for (size_t i = 0; i < known->count && sure; i++) {
        const struct known_trial *t = &known->items[i];
        sure[i] = judge(ctx, who == STRANGER ? &t->strange : &t->known);
        if (who == KNOWN) sure[i] = person_judge(&t->kinship, sure[i]);
    }
    return sure;
}

// Weighs the takes by what was fitted on people of other folds.
static double *
judge_even(const struct known *known, known_judge *judge, const void *ctx)
{
    double *plain = judge_all(known, UNWEIGHED, judge, ctx);
    double *sure  = calloc(known->count + 1, sizeof *sure);
    for (int f = 0; f < CORPUS_FOLDS && plain && sure; f++) {
        struct person_weights w = weigh_fit(known, plain, f);
        for (size_t i = 0; i < known->count; i++) {
            const struct known_trial *t = &known->items[i];
            if (t->known.fold != f) continue;
            sure[i] = person_weigh(&w, &t->kinship, plain[i]);
        }
    }
    free(plain);
    return sure;
}

// The first stretch of a recording that is taken decides.
static struct tally
count(const struct known *known, bool strange, const double *sure, double least,
      enum known_kind kind)
{
    struct tally tally = {.files = known->asked[kind]};
    int          last  = -1;
    for (size_t i = 0; i < known->count; i++) {
        const struct known_trial *t = &known->items[i];
        if (t->kind != kind || t->recording == last || sure[i] < least)
            continue;
        last = t->recording;
        *(case_right(strange ? &t->strange : &t->known) ? &tally.right
                                                        : &tally.wrong) += 1;
    }
    int none = tally.files - tally.right - tally.wrong;
    *(kind == KNOWN_COMMANDS ? &tally.missed : &tally.right) += none;
    return tally;
}

static void
find_even(struct known_score *s, const struct known *known, const double *even)
{
    int limit = 0, most = s->strange[KNOWN_OTHERS].wrong;
    while (limit < 1000 &&
           count(known, false, even, limit / 1000.0, KNOWN_OTHERS).wrong > most)
        limit++;
    s->even_least = limit / 1000.0;
    for (int k = 0; k < KNOWN_KINDS; k++)
        s->even[k] =
            count(known, false, even, s->even_least, (enum known_kind)k);
}

struct known_score
known_score_at(const struct known *known, double least, known_judge *judge,
               const void *ctx)
{
    struct known_score s       = {.even_least = 1};
    double            *strange = judge_all(known, STRANGER, judge, ctx);
    double            *sure    = judge_all(known, KNOWN, judge, ctx);
    double            *even    = judge_even(known, judge, ctx);
    for (int k = 0; k < KNOWN_KINDS && strange && sure; k++) {
        enum known_kind kind = (enum known_kind)k;
        s.strange[k]         = count(known, true, strange, least, kind);
        s.known[k]           = count(known, false, sure, least, kind);
    }
    if (even) find_even(&s, known, even);
    free(strange);
    free(sure);
    free(even);
    return s;
}
