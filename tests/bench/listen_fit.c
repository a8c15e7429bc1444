// SPDX-License-Identifier: GPL-3.0-or-later
// Fits voices/LANG/confidence.yaml to the recordings in $ROLLCALL_DATA and to
// synthetic voices:
//
//     listen_fit VOICES FOLDS [CASES]
//
// VOICES is the folder of the language, FOLDS that of the models which the
// bench judges by (tests/bench/folds), CASES a file that keeps what was heard:
// where it exists, nothing is listened to again.
#include "listen_folds.h"
#include "listen_pool.h"
#include "listen_score.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The share of unknown words that may be taken for commands when the limit is
// set.
#define WORDS_TAKEN 0.03

// What a job listens to.
struct how {
    const struct corpus *corpus;
    const char          *voices;
    enum corpus_group    first, last;
    int                  times; // in other rooms, over noises
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
    return cases_speak(cases, h->corpus, h->voices, SPEAK_HALF, diag);
}

static enum status
hear_varied(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h = how;
    return cases_vary(cases, h->corpus, h->voices, h->first, h->last, h->times,
                      diag);
}

#define JOBS 4

static enum status
gather(struct cases *cases, const struct corpus *corpus, const char *voices,
       const char *kept, struct diag *diag)
{
    struct how how[JOBS] = {{corpus, voices, CORPUS_COMMANDS, CORPUS_NOISE, 1},
                            {corpus, voices, CORPUS_COMMANDS, CORPUS_NOISE, 1},
                            {corpus, voices, CORPUS_COMMANDS, CORPUS_WORDS, 2},
                            {corpus, voices, CORPUS_NOISE, CORPUS_NOISE, 3}};
    struct pool_job jobs[JOBS] = {{.name = "recordings"},
                                  {.name = "voices"},
                                  {.name = "varied words"},
                                  {.name = "varied noises"}};
    if (kept && access(kept, R_OK) == 0) return cases_read(cases, kept, diag);
    for (int i = 0; i < JOBS; i++) {
        jobs[i].how = &how[i];
        jobs[i].run = i == 0   ? hear_recordings
                      : i == 1 ? hear_voices
                               : hear_varied;
    }
    bool fine = pool_run(jobs, JOBS);
    for (int i = 0; i < JOBS; i++) {
        fine = fine && cases_join(cases, &jobs[i].cases);
        cases_release(&jobs[i].cases);
    }
    if (!fine) return STATUS_FAILED;
    return kept ? cases_write(cases, kept, diag) : STATUS_OK;
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
    {"end_session", 1.0, -0.5}, {"next_exercise", 0.5, -0.5},
    {"back", 0.5, -0.5},        {"undo", 0.5, 0},
    {"stop", -0.4, 0},          {"pain", -0.4, 0},
};

static double
moved(double limit, double by)
{
    return 1 / (1 + (1 - limit) / limit * exp(-by));
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
