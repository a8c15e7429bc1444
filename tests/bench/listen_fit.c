// SPDX-License-Identifier: GPL-3.0-or-later
// Fits voices/LANG/confidence.yaml to the recordings in $ROLLCALL_DATA and to
// synthetic voices:
//
//     listen_fit VOICES [CASES]
//
// VOICES is the folder of the language, CASES a file that keeps what was
// heard: where it exists, nothing is listened to again.
#include "listen_folds.h"
#include "listen_score.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The share of unknown words that may be taken for commands when the limit is
// set.
#define WORDS_TAKEN 0.04

static enum status
gather(struct cases *cases, const struct corpus *corpus, const char *voices,
       const char *kept, struct diag *diag)
{
    if (kept && access(kept, R_OK) == 0) return cases_read(cases, kept, diag);
    enum status status = cases_gather(cases, corpus, voices, diag);
    if (status == STATUS_OK)
        status = cases_speak(cases, corpus, voices, true, diag);
    if (status == STATUS_OK && kept) status = cases_write(cases, kept, diag);
    return status;
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
    struct score s = score_at(cases, corpus, confidence, least);
    printf("on speakers not fitted on, at %.3f:\n", least);
    show("commands, crowd", s.hard);
    show("commands, AN4", s.clean);
    show("other words", s.words);
    show("phrases, flite", s.synthetic);
    show("other sentences, flite", s.spoken_other);
    printf("false commands an hour: speech %.2f, noise %.2f\n", s.speech,
           s.noise);
}

static enum status
write_model(const struct cases *cases, double least, const char *voices)
{
    char          path[4096];
    struct boost *boost = malloc(sizeof *boost);
    if (!boost || !folds_fit(boost, cases, -1)) {
        free(boost);
        return STATUS_NO_MEMORY;
    }
    snprintf(path, sizeof path, "%s/confidence.yaml", voices);
    FILE *file = fopen(path, "w");
    if (file) {
        fprintf(file,
                "# How sure the listener is that a command was said, 0 to 1:\n"
                "# 1 / (1 + exp(-sum)), the sum being base and what each tree\n"
                "# adds.  src/listen/evidence.h tells what the evidence is.\n"
                "# Written by listen_fit; accept: may be changed by hand.\n"
                "accept: {other: %.3f}\n",
                least);
        boost_write(boost, file);
    }
    free(boost);
    return file && fclose(file) == 0 ? STATUS_OK : STATUS_FAILED;
}

static enum status
fit(const char *data, const char *voices, const char *kept, struct diag *diag)
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
        status = write_model(&cases, least, voices);
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
    if (argc < 2 || !data) {
        fprintf(stderr, "usage: ROLLCALL_DATA=... %s VOICES [CASES]\n",
                argv[0]);
        return 2;
    }
    enum status status = fit(data, argv[1], argv[2], &diag);
    if (status != STATUS_OK) fprintf(stderr, "%s\n", diag.text);
    return status_exit(status);
}
