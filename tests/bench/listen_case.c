// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_case.h"

#include "audio/clip.h"
#include "base/text.h"
#include "listen/probe.h"
#include "listen_speak.h"
#include "listen_vary.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool
case_right(const struct listen_case *c)
{
    return *c->said && strcmp(c->said, c->heard) == 0;
}

struct listen_case *
cases_add(struct cases *cases)
{
    size_t n = cases->count;
    if ((n & (n - 1)) == 0) {
        size_t more = n ? 2 * n : 1;
        void  *to   = realloc(cases->items, more * sizeof *cases->items);
        if (!to) return NULL;
        cases->items = to;
    }
    struct listen_case *c = &cases->items[cases->count++];
    memset(c, 0, sizeof *c);
    return c;
}

// Where a sound comes from and what is said in it.
struct source {
    enum corpus_group group;
    int               fold;
    int               file;
    const char       *said;
};

// One listener and where its stream is.
struct session {
    struct cases    *cases;
    struct listener *listener;
    struct source    now, before;
    int64_t          start; // frame at which NOW began
    bool             flows; // NOW follows BEFORE without a break
    double           took;  // seconds of computing in the last feed
};

static enum status
note(struct session *s)
{
    struct heard heard;
    while (listener_next(s->listener, &heard)) {
        const struct evidence *evidence = listener_evidence(s->listener);
        const struct source   *source =
            s->flows && heard.from < s->start ? &s->before : &s->now;
        if (!evidence) continue;
        struct listen_case *c = cases_add(s->cases);
        if (!c) return STATUS_NO_MEMORY;
        c->group    = source->group;
        c->fold     = source->fold;
        c->file     = source->file;
        c->lag      = (double)(heard.decided - heard.to) / 16000 + s->took;
        c->evidence = *evidence;
        text_copy(c->said, sizeof c->said, source->said);
        text_copy(c->heard, sizeof c->heard, heard.command);
        text_copy(c->phrase, sizeof c->phrase, heard.phrase);
    }
    return STATUS_OK;
}

// Speech and noise are one long stream each; a word stands alone.
static bool
flows(const struct session *s, const struct source *next)
{
    return s->start >= 0 && next->group == s->now.group &&
           (next->group == CORPUS_SPEECH || next->group == CORPUS_NOISE);
}

static void
begin(struct session *s, const struct source *source, int64_t *at)
{
    s->flows  = flows(s, source);
    s->before = s->now;
    s->now    = *source;
    if (s->flows) {
        s->start = *at;
        return;
    }
    listener_reset(s->listener);
    s->start = *at = 0;
}

static enum status
listen(struct session *s, const struct source *source, const struct pcm *pcm,
       int64_t *at)
{
    double      before = cpu_now();
    enum status status = STATUS_OK;
    begin(s, source, at);
    for (int64_t i = 0; i < pcm->frames && status == STATUS_OK; i += 4000) {
        int64_t left  = pcm->frames - i;
        double  start = cpu_now();
        listener_feed(s->listener, pcm->samples + i, NULL,
                      (size_t)(left < 4000 ? left : 4000));
        s->took = cpu_now() - start;
        status  = note(s);
    }
    *at += pcm->frames;
    if (source->group == CORPUS_COMMANDS || source->group == CORPUS_WORDS)
        listener_finish(s->listener);
    if (source->file < 0) return status == STATUS_OK ? note(s) : status;
    s->cases->spent[source->group] += cpu_now() - before;
    s->cases->audio[source->group] += (double)pcm->frames / 16000;
    s->cases->files[source->group]++;
    return status == STATUS_OK ? note(s) : status;
}

// The state of a session in which a recording would count; other words in any
// of them, speech and noise while a session plays.
static const char *
state_of(const struct recording *r, size_t i)
{
    static const char *const turns[] = {"question", "ready", "playing"};
    const char              *command = r->command;
    if (r->group == CORPUS_SPEECH || r->group == CORPUS_NOISE) return "playing";
    if (!*command) return turns[i % 3];
    if (strcmp(command, "start") == 0) return "ready";
    return strcmp(command, "yes") == 0 || strcmp(command, "no") == 0
               ? "question"
               : "playing";
}

static void
narrow(struct session *s, const struct cases_plan *plan,
       const struct recording *r, size_t i)
{
    uint64_t allowed = UINT64_MAX;
    if (plan->by_state) listener_state(s->listener, state_of(r, i), &allowed);
    listener_allow(s->listener, allowed);
}

static enum status
hear_recording(struct session *s, const struct cases_plan *plan,
               const struct corpus *corpus, size_t i, int64_t *at,
               struct diag *diag)
{
    const struct recording *r      = &corpus->recordings[i];
    struct pcm             *pcm    = NULL;
    uint32_t                random = (uint32_t)i;
    struct source           source = {
                  .group = r->group, .fold = r->fold, .file = (int)i, .said = r->command};
    enum status status = clip_read(&pcm, r->path, 16000, diag);
    if (status == STATUS_OK && plan->metres > 0) {
        struct vary vary =
            vary_far(corpus, r->fold, plan->metres, plan->over, &random);
        struct pcm *varied = vary_make(&vary, pcm, &random);
        pcm_drop(pcm);
        pcm = varied;
        if (!pcm) return STATUS_NO_MEMORY;
    }
    if (status == STATUS_OK) status = listen(s, &source, pcm, at);
    pcm_drop(pcm);
    return status;
}

enum status
cases_gather(struct cases *cases, const struct corpus *corpus,
             const struct cases_plan *plan, struct diag *diag)
{
    struct session         s      = {.cases = cases, .start = -1};
    struct listener_config config = {.voices = plan->voices, .rate = 16000};
    enum status            status = listener_open(&s.listener, &config, diag);
    int64_t                at     = 0;
    size_t                 every  = plan->every > 0 ? (size_t)plan->every : 1;
    for (size_t i = 0; i < corpus->count && status == STATUS_OK; i += every) {
        const struct recording *r = &corpus->recordings[i];
        if (r->group < plan->first || r->group > plan->last) continue;
        if (plan->metres > 0 && !*r->command) continue;
        narrow(&s, plan, r, i);
        status = hear_recording(&s, plan, corpus, i, &at, diag);
    }
    listener_close(s.listener);
    return status;
}

enum status
cases_speak(struct cases *cases, const struct corpus *corpus,
            const char *voices, enum speak_choice choice, struct diag *diag)
{
    struct session         s     = {.cases = cases, .start = -1};
    struct speak          *speak = NULL;
    int64_t                at    = 0;
    bool                   trial = choice == SPEAK_OVER_10;
    struct spoken          spoken;
    struct listener_config config = {.voices = voices, .rate = 16000};
    enum status            status = listener_open(&s.listener, &config, diag);
    if (status == STATUS_OK)
        status = speak_open(&speak, corpus, voices, choice, diag);
    while (status == STATUS_OK && speak_next(speak, &spoken)) {
        struct source source = {
            .group = *spoken.command ? CORPUS_COMMANDS : CORPUS_WORDS,
            .fold  = spoken.fold,
            .file  = trial ? s.cases->files[CORPUS_COMMANDS] : CASE_SPOKEN,
            .said  = spoken.command};
        listener_allow(s.listener, spoken.allowed);
        status = listen(&s, &source, spoken.pcm, &at);
    }
    speak_close(speak);
    listener_close(s.listener);
    return status;
}

static enum status
vary_one(struct session *s, const struct corpus *corpus,
         const struct recording *r, uint32_t *random, struct diag *diag)
{
    struct pcm *pcm    = NULL;
    enum status status = clip_read(&pcm, r->path, 16000, diag);
    if (status != STATUS_OK) return status;
    struct vary   vary   = vary_any(corpus, r->fold, random);
    struct pcm   *varied = vary_make(&vary, pcm, random);
    struct source source = {.group = r->group,
                            .fold  = r->fold,
                            .file  = CASE_VARIED,
                            .said  = r->command};
    int64_t       at     = 0;
    status = varied ? listen(s, &source, varied, &at) : STATUS_NO_MEMORY;
    pcm_drop(varied);
    pcm_drop(pcm);
    return status;
}

enum status
cases_vary(struct cases *cases, const struct corpus *corpus, const char *voices,
           enum corpus_group first, enum corpus_group last, int times,
           struct diag *diag)
{
    struct session         s      = {.cases = cases, .start = -1};
    struct listener_config config = {.voices = voices, .rate = 16000};
    uint32_t               random = 99;
    enum status            status = listener_open(&s.listener, &config, diag);
    for (size_t i = 0; i < corpus->count * (size_t)times; i++) {
        const struct recording *r = &corpus->recordings[i % corpus->count];
        if (status != STATUS_OK) break;
        if (r->group >= first && r->group <= last)
            status = vary_one(&s, corpus, r, &random, diag);
    }
    listener_close(s.listener);
    return status;
}

enum status
cases_write(const struct cases *cases, const char *path, struct diag *diag)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        diag_set(diag, path, "%s", strerror(errno));
        return STATUS_FAILED;
    }
    for (int g = 0; g < CORPUS_GROUPS; g++)
        fprintf(file, "#\t%d\t%d\t%.17g\t%.17g\n", g, cases->files[g],
                cases->audio[g], cases->spent[g]);
    for (size_t i = 0; i < cases->count; i++) {
        const struct listen_case *c = &cases->items[i];
        fprintf(file, "%d\t%d\t%d\t%s\t%s\t%s\t%.4f", (int)c->group, c->fold,
                c->file, c->said, c->heard, c->phrase, c->lag);
        for (int k = 0; k < EVIDENCE_KINDS; k++)
            fprintf(file, "\t%.9g", c->evidence.value[k]);
        fputc('\n', file);
    }
    return fclose(file) == 0 ? STATUS_OK : STATUS_FAILED;
}

static void
read_case(struct listen_case *c, char *rest)
{
    c->group = (enum corpus_group)atoi(strsep(&rest, "\t"));
    c->fold  = rest ? atoi(strsep(&rest, "\t")) : 0;
    c->file  = rest ? atoi(strsep(&rest, "\t")) : 0;
    if (rest) text_copy(c->said, sizeof c->said, strsep(&rest, "\t"));
    if (rest) text_copy(c->heard, sizeof c->heard, strsep(&rest, "\t"));
    if (rest) text_copy(c->phrase, sizeof c->phrase, strsep(&rest, "\t"));
    if (rest) c->lag = strtod(strsep(&rest, "\t"), NULL);
    for (int k = 0; k < EVIDENCE_KINDS && rest; k++)
        c->evidence.value[k] = strtod(strsep(&rest, "\t"), NULL);
}

enum status
cases_read(struct cases *cases, const char *path, struct diag *diag)
{
    char  line[4096];
    FILE *file = fopen(path, "r");
    *cases     = (struct cases){0};
    if (!file) {
        diag_set(diag, path, "%s", strerror(errno));
        return STATUS_NOT_FOUND;
    }
    while (fgets(line, sizeof line, file)) {
        int    g = 0, files = 0;
        double audio = 0, spent = 0;
        if (sscanf(line, "#\t%d\t%d\t%lg\t%lg", &g, &files, &audio, &spent) ==
            4) {
            cases->files[g] = files;
            cases->audio[g] = audio;
            cases->spent[g] = spent;
            continue;
        }
        struct listen_case *c = cases_add(cases);
        if (c) read_case(c, line);
    }
    fclose(file);
    return STATUS_OK;
}

bool
cases_join(struct cases *to, const struct cases *from)
{
    for (size_t i = 0; i < from->count; i++) {
        struct listen_case *c = cases_add(to);
        if (!c) return false;
        *c = from->items[i];
    }
    for (int g = 0; g < CORPUS_GROUPS; g++) {
        to->audio[g] += from->audio[g];
        to->spent[g] += from->spent[g];
        to->files[g] += from->files[g];
    }
    return true;
}

void
cases_release(struct cases *cases)
{
    free(cases->items);
    *cases = (struct cases){0};
}
