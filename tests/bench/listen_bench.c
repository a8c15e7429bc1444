// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the listener on the recordings in $ROLLCALL_DATA:
//
//     bench_listen [--json] [--voices FOLDER] [--cases FILE]
//
// Every confidence is given by a model fitted, in this run and by the same
// recipe as the one in use, on other speakers only; the limit is the one in
// confidence.yaml.
#include "base/path.h"
#include "listen/confidence.h"
#include "listen_folds.h"
#include "listen_score.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
    bool        json;
    const char *cases;
    char        voices[PATH_SIZE];
};

static bool
parse(struct options *options, int argc, char **argv)
{
    char share[PATH_SIZE];
    *options = (struct options){0};
    if (!path_share(share) ||
        !path_join(options->voices, share, "voices/en-us"))
        return false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            options->json = true;
        else if (strcmp(argv[i], "--cases") == 0 && i + 1 < argc)
            options->cases = argv[++i];
        else if (strcmp(argv[i], "--voices") == 0 && i + 1 < argc)
            snprintf(options->voices, PATH_SIZE, "%s", argv[++i]);
        else
            return false;
    }
    return true;
}

static void
row(const char *what, struct tally t)
{
    printf("  %-22s %6d %7.1f %7.1f %7.1f\n", what, t.files,
           percent(t.right, t.files), percent(t.wrong, t.files),
           percent(t.missed, t.files));
}

static double
cpu(const struct cases *cases, enum corpus_group group)
{
    return cases->spent[group] / (cases->audio[group] + 1e-9);
}

static void
print_table(const struct cases *cases, const struct score *s, double least)
{
    printf("Isolated words          files   right   wrong  missed  (%%)\n");
    row("commands, crowd", s->hard);
    row("commands, AN4", s->clean);
    row("words (no command)", s->words);
    row("phrases, flite", s->synthetic);
    row("no phrases, flite", s->spoken_other);
    printf("\nOne long stream         hours  false commands an hour\n");
    printf("  %-22s %6.2f %7.2f\n", "speech",
           cases->audio[CORPUS_SPEECH] / 3600, s->speech);
    printf("  %-22s %6.2f %7.2f\n", "noise", cases->audio[CORPUS_NOISE] / 3600,
           s->noise);
    printf("\nSeconds of CPU a second of audio\n");
    for (int g = CORPUS_COMMANDS; g <= CORPUS_NOISE; g++)
        printf("  %-22s %14.4f\n", corpus_group_name((enum corpus_group)g),
               cpu(cases, (enum corpus_group)g));
    printf("\nAccepted from %.3f up; no model judged a speaker it was fitted "
           "on.\n",
           least);
}

static void
json_tally(const char *name, struct tally t)
{
    printf("\"%s\":{\"files\":%d,\"right\":%d,\"wrong\":%d,\"missed\":%d},",
           name, t.files, t.right, t.wrong, t.missed);
}

static void
print_json(const struct cases *cases, const struct score *s, double least)
{
    printf("{");
    json_tally("commands_crowd", s->hard);
    json_tally("commands_an4", s->clean);
    json_tally("words", s->words);
    json_tally("phrases_flite", s->synthetic);
    json_tally("other_flite", s->spoken_other);
    printf("\"false_an_hour\":{\"speech\":%.3f,\"noise\":%.3f},", s->speech,
           s->noise);
    printf("\"cpu\":{\"commands\":%.4f,\"words\":%.4f,\"speech\":%.4f,"
           "\"noise\":%.4f},\"accept\":%.3f}\n",
           cpu(cases, CORPUS_COMMANDS), cpu(cases, CORPUS_WORDS),
           cpu(cases, CORPUS_SPEECH), cpu(cases, CORPUS_NOISE), least);
}

static enum status
gather(struct cases *cases, const struct corpus *corpus,
       const struct options *options, struct diag *diag)
{
    if (options->cases && access(options->cases, R_OK) == 0)
        return cases_read(cases, options->cases, diag);
    enum status status = cases_gather(cases, corpus, options->voices, diag);
    if (status == STATUS_OK)
        status = cases_speak(cases, corpus, options->voices, false, diag);
    if (status == STATUS_OK && options->cases)
        status = cases_write(cases, options->cases, diag);
    return status;
}

static enum status
read_limit(const char *voices, double *least, struct diag *diag)
{
    char               path[PATH_SIZE];
    struct confidence *confidence = NULL;
    if (!path_join(path, voices, "confidence.yaml")) return STATUS_NOT_FOUND;
    enum status status = confidence_read(&confidence, path, diag);
    if (status == STATUS_OK) *least = confidence_least(confidence, "");
    confidence_free(confidence);
    return status;
}

static enum status
bench(const char *data, const struct options *options, struct diag *diag)
{
    struct corpus corpus;
    struct cases  cases  = {0};
    double        least  = 0.5;
    enum status   status = read_limit(options->voices, &least, diag);
    if (status == STATUS_OK) status = corpus_read(&corpus, data, diag);
    if (status != STATUS_OK) return status;
    status             = gather(&cases, &corpus, options, diag);
    double *confidence = status == STATUS_OK ? folds_judge(&cases) : NULL;
    if (confidence) {
        struct score s = score_at(&cases, &corpus, confidence, least);
        (options->json ? print_json : print_table)(&cases, &s, least);
    }
    free(confidence);
    cases_release(&cases);
    corpus_release(&corpus);
    return status;
}

int
main(int argc, char **argv)
{
    const char    *data = getenv("ROLLCALL_DATA");
    struct options options;
    struct diag    diag = {""};
    if (!parse(&options, argc, argv)) {
        fprintf(stderr, "usage: %s [--json] [--voices FOLDER] [--cases FILE]\n",
                argv[0]);
        return 2;
    }
    if (!data) {
        printf("ROLLCALL_DATA is not set: there are no recordings to measure "
               "the listener on.\n");
        return 0;
    }
    enum status status = bench(data, &options, &diag);
    if (status != STATUS_OK) fprintf(stderr, "%s\n", diag.text);
    return status_exit(status);
}
