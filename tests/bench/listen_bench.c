// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the listener on the recordings in $ROLLCALL_DATA:
//
//     bench_listen [--full] [--json] [--svg FILE]
//
// Without --full on samples of the larger parts.  Every confidence is given by
// a model fitted, by the same recipe as the one in use, on other speakers,
// voices, noises and rooms only (tests/bench/folds); the limit is the one of
// confidence.yaml.
#include "base/path.h"
#include "listen_cost.h"
#include "listen_echo.h"
#include "listen_known.h"
#include "listen_pool.h"
#include "listen_table.h"
#include <stdlib.h>
#include <string.h>

struct options {
    bool        json, full;
    const char *svg;
    char        voices[PATH_SIZE], folds[PATH_SIZE];
};

// What a job is to do.
struct how {
    const struct options *options;
    const struct corpus  *corpus;
    struct cases_plan     plan;
    struct echo_plan      echo;
};

enum {
    JOB_WORDS,
    JOB_SPEECH,
    JOB_STATES,
    JOB_PLAYING,
    JOB_NOISE,
    JOB_PHRASES,
    JOB_ALONE_LOW,
    JOB_ALONE,
    JOB_ALONE_HIGH,
    JOB_OVER_LOW,
    JOB_OVER,
    JOB_OVER_HIGH,
    JOB_ROOMS,
    JOBS = JOB_ROOMS + 9
};

static const char *const names[JOBS] = {
    [JOB_WORDS]      = "commands and words",
    [JOB_SPEECH]     = "speech of others",
    [JOB_STATES]     = "commands and words by state",
    [JOB_PLAYING]    = "speech and noise while a session plays",
    [JOB_NOISE]      = "noise",
    [JOB_PHRASES]    = "phrases over noise",
    [JOB_ALONE_LOW]  = "own voice alone, soft",
    [JOB_ALONE]      = "own voice alone",
    [JOB_ALONE_HIGH] = "own voice alone, loud",
    [JOB_OVER_LOW]   = "phrases over own voice, soft",
    [JOB_OVER]       = "phrases over own voice",
    [JOB_OVER_HIGH]  = "phrases over own voice, loud",
    [JOB_ROOMS]      = "near, faint noise",
    "near, noise",
    "near, loud noise",
    "further, faint noise",
    "further, noise",
    "further, loud noise",
    "far, faint noise",
    "far, noise",
    "far, loud noise"};

static const double metres[] = {0.5, 1.5, 3};
static const double overs[]  = {20, 10, 5};
static const double levels[] = {-10, 0, 10};

static bool
parse(struct options *options, int argc, char **argv)
{
    char share[PATH_SIZE];
    *options = (struct options){0};
    if (!path_share(share) ||
        !path_join(options->voices, share, "voices/en-us") ||
        !path_join(options->folds, ROLLCALL_SOURCE, "tests/bench/folds"))
        return false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            options->json = true;
        else if (strcmp(argv[i], "--full") == 0)
            options->full = true;
        else if (strcmp(argv[i], "--svg") == 0 && i + 1 < argc)
            options->svg = argv[++i];
        else
            return false;
    }
    return true;
}

static enum status
hear_recordings(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h = how;
    return cases_gather(cases, h->corpus, &h->plan, diag);
}

static enum status
hear_phrases(struct cases *cases, const void *how, struct diag *diag)
{
    const struct how *h = how;
    return cases_speak(cases, h->corpus, h->options->voices, SPEAK_OVER_10,
                       diag);
}

static enum status
hear_echo(struct cases *cases, const void *how, struct diag *diag)
{
    return echo_hear(cases, &((const struct how *)how)->echo, diag);
}

static void
plan_recordings(struct how *h, struct pool_job *job, enum corpus_group first,
                enum corpus_group last, int every)
{
    h->plan  = (struct cases_plan){.voices = h->options->voices,
                                   .first  = first,
                                   .last   = last,
                                   .every  = h->options->full ? 1 : every};
    job->run = hear_recordings;
}

// Alone every routine in every room, a minute of each; a few rooms are enough
// to speak over one.
static void
plan_echo(struct how *h, struct pool_job *job, double level, bool spoken)
{
    bool full = h->options->full;
    h->echo   = (struct echo_plan){.voices  = h->options->voices,
                                   .corpus  = h->corpus,
                                   .routine = spoken ? "upper-back" : NULL,
                                   .seconds = full     ? 0
                                              : spoken ? 180
                                                       : 60,
                                   .rooms   = spoken && !full ? 4 : 21,
                                   .level   = level,
                                   .spoken  = spoken ? ECHO_PHRASES : ECHO_ALONE};
    job->run  = hear_echo;
}

static void
plan_jobs(struct how *hows, struct pool_job *jobs,
          const struct options *options, const struct corpus *corpus)
{
    for (int i = 0; i < JOBS; i++) {
        hows[i] = (struct how){.options = options, .corpus = corpus};
        jobs[i] = (struct pool_job){.name = names[i], .how = &hows[i]};
    }
    plan_recordings(&hows[JOB_WORDS], &jobs[JOB_WORDS], CORPUS_COMMANDS,
                    CORPUS_WORDS, 1);
    plan_recordings(&hows[JOB_SPEECH], &jobs[JOB_SPEECH], CORPUS_SPEECH,
                    CORPUS_SPEECH, 1);
    plan_recordings(&hows[JOB_NOISE], &jobs[JOB_NOISE], CORPUS_NOISE,
                    CORPUS_NOISE, 1);
    plan_recordings(&hows[JOB_STATES], &jobs[JOB_STATES], CORPUS_COMMANDS,
                    CORPUS_WORDS, 1);
    plan_recordings(&hows[JOB_PLAYING], &jobs[JOB_PLAYING], CORPUS_SPEECH,
                    CORPUS_NOISE, 1);
    hows[JOB_STATES].plan.by_state  = true;
    hows[JOB_PLAYING].plan.by_state = true;
    jobs[JOB_PHRASES].run           = hear_phrases;
    for (int i = 0; i < 3; i++) {
        int alone = JOB_ALONE_LOW + i, over = JOB_OVER_LOW + i;
        plan_echo(&hows[alone], &jobs[alone], levels[i], false);
        plan_echo(&hows[over], &jobs[over], levels[i], true);
    }
    for (int i = 0; i < 9; i++) {
        struct how *h = &hows[JOB_ROOMS + i];
        plan_recordings(h, &jobs[JOB_ROOMS + i], CORPUS_COMMANDS,
                        CORPUS_COMMANDS, 19);
        h->plan.metres = metres[i / 3];
        h->plan.over   = overs[i % 3];
    }
}

static struct score
judge(const struct pool_job *job, const struct corpus *corpus,
      const struct models *models, double least)
{
    int          every      = ((const struct how *)job->how)->plan.every;
    double      *confidence = models_judge_all(models, &job->cases);
    struct score score      = {0};
    if (confidence)
        score = score_at(&job->cases, corpus, every > 0 ? every : 1, confidence,
                         least);
    free(confidence);
    return score;
}

static struct tally
count(const struct pool_job *job, const struct models *models, double least,
      enum corpus_group group, int *invented)
{
    double      *confidence = models_judge_all(models, &job->cases);
    struct tally tally      = {0};
    if (confidence)
        tally = score_trials(&job->cases, confidence, least, group, invented);
    free(confidence);
    return tally;
}

static void
report_words(struct listen_table *r, const struct pool_job *jobs,
             const struct corpus *corpus, const struct models *models)
{
    for (int state = 0; state < 2; state++) {
        struct table_lines    *to  = state ? &r->states : &r->words;
        const struct pool_job *job = &jobs[state ? JOB_STATES : JOB_WORDS];
        struct score           s   = judge(job, corpus, models, r->least);
        table_add(to, "commands, crowd", s.hard);
        table_add(to, "commands, AN4", s.clean);
        table_add(to, "words, crowd", s.words);
        table_add(to, "words, AN4", s.clean_words);
    }
    int invented;
    table_add(&r->words, "phrases, flite, noise at 10 dB",
              count(&jobs[JOB_PHRASES], models, r->least, CORPUS_COMMANDS,
                    &invented));
}

static void
report_rooms(struct listen_table *r, const struct pool_job *jobs,
             const struct models *models)
{
    for (int i = 0; i < 9; i++) {
        char name[64];
        int  invented;
        snprintf(name, sizeof name, "%.1f m, noise %.0f dB below",
                 metres[i / 3], overs[i % 3]);
        table_add(&r->rooms, name,
                  count(&jobs[JOB_ROOMS + i], models, r->least, CORPUS_COMMANDS,
                        &invented));
    }
}

static void
report_own(struct listen_table *r, const struct pool_job *jobs,
           const struct models *models)
{
    double hours      = 0;
    int    false_ones = 0;
    for (int i = 0; i < 3; i++) {
        const struct pool_job *alone = &jobs[JOB_ALONE_LOW + i];
        char                   name[64];
        int                    invented = 0;
        count(alone, models, r->least, CORPUS_COMMANDS, &invented);
        false_ones += invented;
        hours += alone->cases.audio[CORPUS_COMMANDS] / 3600;
        snprintf(name, sizeof name, "phrases over it at %+.0f dB", levels[i]);
        table_add(&r->own, name,
                  count(&jobs[JOB_OVER_LOW + i], models, r->least,
                        CORPUS_COMMANDS, &invented));
    }
    r->own_false = false_ones / (hours + 1e-9);
}

static void
report_lags(struct listen_table *r, const struct pool_job *job,
            const struct models *models)
{
    double *confidence = models_judge_all(models, &job->cases);
    if (confidence)
        score_lags(&job->cases, confidence, r->least, &r->lag, &r->lag_95);
    free(confidence);
}

static void
report_costs(struct listen_table *r, const struct pool_job *jobs,
             const struct corpus *corpus, const char *voices)
{
    for (int i = 0; i < JOB_PHRASES; i++) {
        const struct cases *c = &jobs[i].cases;
        for (int g = CORPUS_COMMANDS; g <= CORPUS_NOISE; g++)
            if (i != JOB_STATES && i != JOB_PLAYING && c->audio[g] > 0)
                r->cpu[g] = c->spent[g] / c->audio[g];
    }
    struct cost speech  = cost_of_speech(corpus, voices);
    struct cost session = cost_of_session(corpus, voices);
    r->cpu_speech       = speech.ours;
    r->kws_speech       = speech.theirs;
    r->cpu_track        = session.ours;
    r->kws_track        = session.theirs;
    r->memory           = speech.memory;
}

static double
judge_known(const void *models, const struct listen_case *c)
{
    return models_judge(models, c);
}

// One person in four, or all.
static enum status
report_known(struct listen_table *r, const struct corpus *corpus,
             const struct models *models, const struct options *options,
             struct diag *diag)
{
    struct known known  = {0};
    enum status  status = known_hear(&known, corpus, options->voices,
                                    options->full ? 1 : 4, diag);
    if (status == STATUS_OK) {
        struct known_score s =
            known_score_at(&known, r->least, judge_known, models);
        table_add(&r->known, "commands, by strangers",
                  s.strange[KNOWN_COMMANDS]);
        table_add(&r->known, "commands, voice known", s.known[KNOWN_COMMANDS]);
        table_add(&r->known, "commands, as many words taken",
                  s.even[KNOWN_COMMANDS]);
        table_add(&r->known, "own words, by strangers", s.strange[KNOWN_OWN]);
        table_add(&r->known, "own words, voice known", s.known[KNOWN_OWN]);
        table_add(&r->known, "words of others, by strangers",
                  s.strange[KNOWN_OTHERS]);
        table_add(&r->known, "words of others, voice known",
                  s.known[KNOWN_OTHERS]);
    }
    known_release(&known);
    return status;
}

// The lowest limit at which no more than SHARE of the words are taken.
static double
limit_of(const struct pool_job *words, const struct corpus *corpus,
         const struct models *models, double share)
{
    double *confidence = models_judge_all(models, &words->cases);
    double  limit =
        confidence ? score_limit(&words->cases, corpus, confidence, share) : 1;
    free(confidence);
    return limit;
}

static double
share_right(struct tally t)
{
    return percent(t.right, t.files);
}

// At the settings that were named with each, 4 % and 1 % of words taken; with
// every command at once, and with those of a state of the session.
static void
report_words_bars(struct listen_table *r, const struct pool_job *words,
                  const struct corpus *corpus, const struct models *models,
                  const char *const names_of[2])
{
    double four = limit_of(words, corpus, models, 0.04);
    double one  = limit_of(words, corpus, models, 0.01);
    table_bar(r, names_of[0], false, 80,
              share_right(judge(words, corpus, models, four).hard));
    table_bar(r, names_of[1], false, 99,
              share_right(judge(words, corpus, models, one).clean));
}

// What is not said with its setting is measured as the program is set.
static void
report_bars(struct listen_table *r, const struct pool_job *jobs,
            const struct corpus *corpus, const struct models *models)
{
    static const char *const all[]     = {"crowd, 4 % of words taken: right %",
                                          "AN4, 1 % of words taken: right %"};
    static const char *const a_state[] = {
        "crowd, by state, 4 % of words taken: right %",
        "AN4, by state, 1 % of words taken: right %"};
    report_words_bars(r, &jobs[JOB_WORDS], corpus, models, all);
    report_words_bars(r, &jobs[JOB_STATES], corpus, models, a_state);
    table_bar(r, "speech: false commands an hour", true, 0.5, r->speech);
    table_bar(r, "noise: false commands an hour", true, 1, r->noise);
    table_bar(r, "speech, by state: false commands an hour", true, 0.5,
              r->speech_playing);
    table_bar(r, "noise, by state: false commands an hour", true, 1,
              r->noise_playing);
    table_bar(r, "own voice alone: false commands an hour", true, 0,
              r->own_false);
    table_bar(r, "phrases over own voice at 0 dB: right %", false, 85,
              share_right(r->own.rows[1].tally));
    table_bar(r, "phrases of other voices, noise at 10 dB: right %", false, 97,
              share_right(r->words.rows[4].tally));
    table_bar(r, "end of word to decision, median: ms", true, 300,
              1000 * r->lag);
    table_bar(r, "end of word to decision, 95 in 100: ms", true, 450,
              1000 * r->lag_95);
    table_bar(r, "CPU against -kws, 80 % silence", true, 0.2,
              r->cpu_track / (r->kws_track + 1e-9));
    table_bar(r, "CPU against -kws, pure speech", true, 1,
              r->cpu_speech / (r->kws_speech + 1e-9));
}

static struct listen_table
make_report(const struct pool_job *jobs, const struct corpus *corpus,
            const struct models *models, const struct options *options)
{
    struct listen_table r = {
        .least  = confidence_least(models->used, ""),
        .words  = {.title = "Isolated, all commands active"},
        .states = {.title = "Isolated, by state"},
        .rooms  = {.title = "Crowd and AN4 in rooms"},
        .own    = {.title = "Over the session's own voice"},
        .known  = {.title = "Own voice known"}};
    report_words(&r, jobs, corpus, models);
    report_rooms(&r, jobs, models);
    report_own(&r, jobs, models);
    r.speech = judge(&jobs[JOB_SPEECH], corpus, models, r.least).speech;
    r.noise  = judge(&jobs[JOB_NOISE], corpus, models, r.least).noise;
    struct score playing = judge(&jobs[JOB_PLAYING], corpus, models, r.least);
    r.speech_playing     = playing.speech;
    r.noise_playing      = playing.noise;
    report_lags(&r, &jobs[JOB_WORDS], models);
    report_costs(&r, jobs, corpus, options->voices);
    report_bars(&r, jobs, corpus, models);
    return r;
}

static enum status
draw(const struct options *options, struct pool_job *jobs,
     const struct corpus *corpus, const struct models *models,
     struct diag *diag)
{
    struct cases *to = &jobs[JOB_SPEECH].cases;
    if (!options->svg) return STATUS_OK;
    if (!cases_join(to, &jobs[JOB_NOISE].cases)) return STATUS_NO_MEMORY;
    return table_svg(options->svg, &jobs[JOB_WORDS].cases, to, corpus, models,
                     diag);
}

static enum status
tell(const struct options *options, struct pool_job *jobs,
     const struct corpus *corpus, struct diag *diag)
{
    struct models models;
    enum status   status =
        models_read(&models, options->voices, options->folds, diag);
    if (status != STATUS_OK) return status;
    struct listen_table t = make_report(jobs, corpus, &models, options);
    status                = report_known(&t, corpus, &models, options, diag);
    if (status == STATUS_OK) {
        (options->json ? table_json : table_print)(&t);
        status = draw(options, jobs, corpus, &models, diag);
    }
    models_release(&models);
    return status;
}

static enum status
bench(const struct options *options, const struct corpus *corpus,
      struct diag *diag)
{
    static struct how      hows[JOBS];
    static struct pool_job jobs[JOBS];
    plan_jobs(hows, jobs, options, corpus);
    enum status status = pool_run(jobs, JOBS) ? STATUS_OK : STATUS_FAILED;
    if (status == STATUS_OK) status = tell(options, jobs, corpus, diag);
    for (int i = 0; i < JOBS; i++) cases_release(&jobs[i].cases);
    return status;
}

int
main(int argc, char **argv)
{
    const char    *data = getenv("ROLLCALL_DATA");
    struct options options;
    struct corpus  corpus;
    struct diag    diag = {""};
    if (!parse(&options, argc, argv)) {
        fprintf(stderr, "usage: %s [--full] [--json] [--svg FILE]\n", argv[0]);
        return 2;
    }
    if (!data) {
        printf("ROLLCALL_DATA is not set: there are no recordings to measure "
               "the listener on.\n");
        return 0;
    }
    enum status status = corpus_read(&corpus, data, &diag);
    if (status == STATUS_OK) {
        status = bench(&options, &corpus, &diag);
        corpus_release(&corpus);
    }
    if (status != STATUS_OK) fprintf(stderr, "%s\n", diag.text);
    return status_exit(status);
}
