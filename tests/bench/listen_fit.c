// SPDX-License-Identifier: GPL-3.0-or-later
// Fits voices/LANG/confidence.yaml to the recordings in $ROLLCALL_DATA and to
// synthetic voices:
//
//     listen_fit VOICES FOLDS [CASES]
//
// VOICES is the folder of the language, FOLDS that of the models which the
// bench judges by (tests/bench/folds), CASES a folder that keeps what was
// heard, a file a part: what is there is not listened to again.
#include "base/path.h"
#include "listen_echo.h"
#include "listen_folds.h"
#include "listen_pool.h"
#include "listen_pretend.h"
#include "listen_score.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The share of unknown words that may be taken for commands when the limit is
// set.
#define WORDS_TAKEN 0.025

// What a job listens to.
struct how {
    const struct corpus *corpus;
    const char          *voices;
    enum corpus_group    first, last;
    int                  times; // in other rooms, over noises
    enum speak_choice    choice;
    enum pretend_what    what;
    double               level; // of the own voice
};

static enum status
hear_recordings(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h    = how;
    struct cases_plan plan = {
        .voices = h->voices, .first = h->first, .last = h->last};
    return cases_gather(cases, h->corpus, &plan, diag);
}

static enum status
hear_voices(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h = how;
    return cases_speak(cases, h->corpus, h->voices, h->choice, diag);
}

static enum status
hear_varied(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h = how;
    return cases_vary(cases, h->corpus, h->voices, h->first, h->last, h->times,
                      diag);
}

// Commands TIMES times, what is told from them once.
static enum status
hear_pretended(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h = how;
    struct pretend    pretend;
    enum status       status =
        pretend_make(&pretend, h->corpus, h->voices, h->what, diag);
    if (status != STATUS_OK) return status;
    status = cases_vary(cases, &pretend.corpus, pretend.voices, CORPUS_COMMANDS,
                        CORPUS_COMMANDS, h->times, diag);
    if (status == STATUS_OK)
        status = cases_vary(cases, &pretend.corpus, pretend.voices,
                            CORPUS_WORDS, CORPUS_WORDS, 1, diag);
    pretend_release(&pretend);
    for (size_t i = 0; i < cases->count; i++)
        cases->items[i].file = CASE_PRETENDED;
    return status;
}

// Rollcall's own voice in the rooms that the bench does not speak in, with
// commands and other sentences over it.
static enum status
hear_echo(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h      = how;
    struct echo_plan  plan   = {.voices  = h->voices,
                                .corpus  = h->corpus,
                                .seconds = 240,
                                .first   = ECHO_FITTED,
                                .rooms   = 21 - ECHO_FITTED,
                                .level   = h->level,
                                .spoken  = ECHO_ALL};
    enum status       status = echo_hear(cases, &plan, diag);
    for (size_t i = 0; i < cases->count; i++)
        cases->items[i].file = CASE_VARIED;
    return status;
}

enum {
    RECORDINGS,
    VOICES,
    VOICES_VARIED,
    VOICES_NOISY,
    WORDS_VARIED,
    NOISES_VARIED,
    WORDS_PRETENDED,
    PHRASES_PRETENDED,
    OVER_SOFT,
    OVER,
    OVER_LOUD,
    JOBS
};

static const struct {
    const char *name;
    enum status (*run)(struct cases *cases, const void *how, struct diag *diag);
    struct how how;
} plans[JOBS] = {
    [RECORDINGS]    = {"recordings",
                       hear_recordings,
                       {.first = CORPUS_COMMANDS, .last = CORPUS_NOISE}},
    [VOICES]        = {"voices", hear_voices, {.choice = SPEAK_HALF}},
    [VOICES_VARIED] = {"varied voices", hear_voices, {.choice = SPEAK_VARIED}},
    [VOICES_NOISY]  = {"noisy voices", hear_voices, {.choice = SPEAK_NOISY}},
    [WORDS_VARIED]  = {"varied words",
                       hear_varied,
                       {.first = CORPUS_COMMANDS,
                        .last  = CORPUS_WORDS,
                        .times = 2}},
    [NOISES_VARIED] = {"varied noises",
                       hear_varied,
                       {.first = CORPUS_NOISE,
                        .last  = CORPUS_NOISE,
                        .times = 3}},
    [WORDS_PRETENDED]   = {"other words for commands",
                           hear_pretended,
                           {.times = 1, .what = PRETEND_WORDS}},
    [PHRASES_PRETENDED] = {"other phrases for commands",
                           hear_pretended,
                           {.times = 6, .what = PRETEND_PHRASES}},
    [OVER_SOFT]         = {"over own voice, soft", hear_echo, {.level = -10}},
    [OVER]              = {"over own voice", hear_echo, {.level = 0}},
    [OVER_LOUD]         = {"over own voice, loud", hear_echo, {.level = 10}},
};

// Where KEPT, a folder, keeps what job I heard.
static bool
kept_path(char path[PATH_SIZE], const char *kept, int i)
{
    return kept && path_join(path, kept, plans[i].name);
}

// Listens to what is not kept.
static bool
listen(struct pool_job *jobs, const struct how *hows, const char *kept,
       struct diag *diag)
{
    struct pool_job wanted[JOBS];
    int             number[JOBS], count = 0;
    char            path[PATH_SIZE];
    bool            fine = true;
    for (int i = 0; i < JOBS && fine; i++) {
        jobs[i] = (struct pool_job){
            .name = plans[i].name, .run = plans[i].run, .how = &hows[i]};
        if (kept_path(path, kept, i) && access(path, R_OK) == 0) {
            fine = cases_read(&jobs[i].cases, path, diag) == STATUS_OK;
        } else {
            number[count]   = i;
            wanted[count++] = jobs[i];
        }
    }
    fine = fine && pool_run(wanted, (size_t)count);
    for (int i = 0; i < count && fine; i++) {
        jobs[number[i]] = wanted[i];
        if (kept_path(path, kept, number[i]))
            fine = cases_write(&wanted[i].cases, path, diag) == STATUS_OK;
    }
    return fine;
}

static enum status
gather(struct cases *cases, const struct corpus *corpus, const char *voices,
       const char *kept, struct diag *diag)
{
    struct how      hows[JOBS];
    struct pool_job jobs[JOBS] = {0};
    for (int i = 0; i < JOBS; i++) {
        hows[i]        = plans[i].how;
        hows[i].corpus = corpus;
        hows[i].voices = voices;
    }
    bool fine = listen(jobs, hows, kept, diag);
    for (int i = 0; i < JOBS; i++) {
        fine = fine && cases_join(cases, &jobs[i].cases);
        cases_release(&jobs[i].cases);
    }
    return fine ? STATUS_OK : STATUS_FAILED;
}

static void
show(const char *what, struct tally t)
{
    printf("%-22s %5.1f %% right  %5.1f %% wrong  %5.1f %% missed  of %d\n",
           what, percent(t.right, t.files), percent(t.wrong, t.files),
           percent(t.missed, t.files), t.files);
}

static void
report(const struct cases *cases, const struct corpus *corpus,
       const double *confidence, double least)
{
    struct score s = score_at(cases, corpus, 1, confidence, least);
    printf("on speakers not fitted on, at %.3f:\n", least);
    show("commands, crowd", s.hard);
    show("commands, AN4", s.clean);
    show("other words", s.words);
    show("other words, AN4", s.clean_words);
    show("phrases, flite", s.synthetic);
    show("other sentences, flite", s.spoken_other);
    printf("false commands an hour: speech %.2f, noise %.2f\n", s.speech,
           s.noise);
}

static const char head[] =
    "# How sure the listener is that a command was said, 0 to 1:\n"
    "# 1 / (1 + exp(-sum)), the sum being base and what each tree\n"
    "# adds.  src/listen/evidence.h tells what the evidence is.\n"
    "# Written by listen_fit; accept: and ask: may be changed by hand.\n";

// What a command must reach is worth the more the worse a false one is; what
// must never be missed needs less.  In log odds beside all others.
static const struct {
    const char *command;
    double      accept, ask; // 0: never asked back
} costs[] = {
    {"end_session", 2.0, -0.5}, {"start", 0.8, 0}, {"next_exercise", 0.5, -0.5},
    {"back", 0.5, -0.5},        {"undo", 0.5, 0},  {"stop", -0.4, 0},
    {"pain", -0.4, 0},
};

static double
moved(double limit, double by)
{
    return 1 / (1 + (1 - limit) / limit * exp(-by));
}

// To what it would have to be with the limit of all others.
static void
weigh_costs(const struct cases *cases, double *confidence)
{
    for (size_t i = 0; i < cases->count; i++)
        for (size_t k = 0; k < sizeof costs / sizeof costs[0]; k++)
            if (strcmp(cases->items[i].heard, costs[k].command) == 0)
                confidence[i] = moved(confidence[i], -costs[k].accept);
}

static void
write_limits(FILE *file, double least)
{
    fprintf(file, "accept: {other: %.3f", least);
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++)
        fprintf(file, ",\n  %s: %.3f", costs[i].command,
                moved(least, costs[i].accept));
    fprintf(file, "}\nask: {other: 1");
    for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++)
        if (costs[i].ask < 0)
            fprintf(file, ",\n  %s: %.3f", costs[i].command,
                    moved(least, costs[i].ask));
    fprintf(file, "}\n");
}

// Fitted to all cases but those of fold BUT.
static enum status
write_model(const struct cases *cases, int but, double least, const char *path)
{
    struct boost *boost = malloc(sizeof *boost);
    if (!boost || !folds_fit(boost, cases, but)) {
        free(boost);
        return STATUS_NO_MEMORY;
    }
    FILE *file = fopen(path, "w");
    if (file) {
        fputs(head, file);
        write_limits(file, least);
        boost_write(boost, file);
    }
    free(boost);
    return file && fclose(file) == 0 ? STATUS_OK : STATUS_FAILED;
}

static enum status
write_models(const struct cases *cases, double least, const char *voices,
             const char *folds)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/confidence.yaml", voices);
    enum status status = write_model(cases, -1, least, path);
    for (int i = 0; i < CORPUS_FOLDS && status == STATUS_OK && folds; i++) {
        snprintf(path, sizeof path, "%s/%d.yaml", folds, i);
        status = write_model(cases, i, least, path);
    }
    return status;
}

static enum status
fit(const char *data, const char *voices, const char *folds, const char *kept,
    struct diag *diag)
{
    struct corpus corpus;
    struct cases  cases  = {0};
    enum status   status = corpus_read(&corpus, data, diag);
    if (status != STATUS_OK) return status;
    status             = gather(&cases, &corpus, voices, kept, diag);
    double *confidence = status == STATUS_OK ? folds_judge(&cases) : NULL;
    if (confidence) {
        weigh_costs(&cases, confidence);
        double least = score_limit(&cases, &corpus, confidence, WORDS_TAKEN);
        report(&cases, &corpus, confidence,
               score_limit(&cases, &corpus, confidence, 0.04));
        report(&cases, &corpus, confidence,
               score_limit(&cases, &corpus, confidence, 0.01));
        report(&cases, &corpus, confidence, least);
        status = write_models(&cases, least, voices, folds);
    }
    free(confidence);
    cases_release(&cases);
    corpus_release(&corpus);
    return status;
}

int
main(int argc, char **argv)
{
    const char *data = getenv("ROLLCALL_DATA");
    struct diag diag = {""};
    if (argc < 3 || !data) {
        fprintf(stderr, "usage: ROLLCALL_DATA=... %s VOICES FOLDS [CASES]\n",
                argv[0]);
        return 2;
    }
    enum status status =
        fit(data, argv[1], argv[2], argc > 3 ? argv[3] : NULL, &diag);
    if (status != STATUS_OK) fprintf(stderr, "%s\n", diag.text);
    return status_exit(status);
}
