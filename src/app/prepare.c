// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prepare.h"

#include "app/person.h"
#include "audio/clip.h"
#include "base/language.h"
#include "base/log.h"
#include "plan/fit.h"
#include "speech/profile.h"
#include <stdlib.h>
#include <string.h>

bool
prepare_voices(char path[PATH_SIZE])
{
    return language_path(path, NULL);
}

// A voice that is damaged keeps nobody from a session.
static enum status
open_another(struct prepared *prepared, struct speech_config *config,
             struct diag *diag)
{
    struct profile_list list   = {0};
    struct diag         unused = {""};
    enum status         st     = STATUS_BAD_INPUT;

    (void)profile_list_read(&list, config->voices); // those there are
    for (size_t i = 0; i < list.count && st; i++) {
        config->voice = list.names[i];
        st            = speech_open(&prepared->speech, config, &unused);
    }
    profile_list_release(&list);
    if (st) return st; // why is told as it was
    log_print(LOG_WARNING, "another voice speaks: %s", diag->text);
    diag->text[0] = '\0';
    return STATUS_OK;
}

static enum status
open_speech(struct prepared *prepared, const char *voices, const char *voice,
            unsigned rate, bool keep, struct diag *diag)
{
    struct speech_config config = {
        .voices = voices,
        .voice  = voice ? voice : PREPARE_VOICE,
        .rate   = rate,
        .keep   = keep,
        .read   = clip_read_short,
    };
    enum status st = speech_open(&prepared->speech, &config, diag);
    return (st == STATUS_BAD_INPUT || st == STATUS_NOT_FOUND) && keep
               ? open_another(prepared, &config, diag)
               : st;
}

// Nor do words that are damaged: what is wrong there is told, and not said.
static bool
can_be_saved(enum status st, bool keep, struct report *report)
{
    if (st != STATUS_BAD_INPUT || !keep) return false;
    report_print(report, stderr);
    report_release(report);
    log_print(LOG_WARNING, "what is wrong there is not said");
    return true;
}

static enum status
read_words(struct prepared *prepared, const char *phrases, const char *answers,
           bool keep, struct report *report)
{
    enum status st = phrasebook_read(&prepared->book, phrases, report);
    if (can_be_saved(st, keep, report))
        st = phrasebook_salvage(&prepared->book, phrases);
    if (st) return st;
    st = answers_read(&prepared->answers, answers, report);
    if (can_be_saved(st, keep, report))
        st = answers_salvage(&prepared->answers, answers);
    return st;
}

enum status
prepare_voice(struct prepared *prepared, const char *voice, unsigned rate,
              bool keep, struct report *report, struct diag *diag)
{
    char        voices[PATH_SIZE], phrases[PATH_SIZE], answers[PATH_SIZE];
    enum status st;

    memset(prepared, 0, sizeof *prepared);
    if (!prepare_voices(voices) ||
        !path_join(phrases, voices, "phrases.yaml") ||
        !path_join(answers, voices, "answers.yaml")) {
        diag_set(diag, NULL,
                 "cannot tell where rollcall's own files are; set "
                 "ROLLCALL_SHARE to the folder that holds voices/");
        return STATUS_NOT_FOUND;
    }
    st = read_words(prepared, phrases, answers, keep, report);
    if (!st) st = open_speech(prepared, voices, voice, rate, keep, diag);
    if (st) {
        prepared_release(prepared);
        return st;
    }
    prepared->voice = (struct plan_voice){
        .rate    = rate,
        .book    = prepared->book,
        .answers = prepared->answers,
        .length  = speech_length,
        .ctx     = prepared->speech,
    };
    return STATUS_OK;
}

void
prepare_ahead(struct prepared *prepared, const char *path,
              const struct plan_options *options)
{
    struct plan_voice guess   = prepared->voice;
    struct routine   *routine = NULL;
    struct plan_set   plans   = {0};
    struct report     report  = {0};
    struct diag       diag;

    guess.length = speech_guess;
    if (routine_read(&routine, path, &report) == STATUS_OK &&
        plan_set_compile(&plans, routine, options, &guess, &diag) == STATUS_OK)
        plan_set_release(&plans);
    routine_free(routine);
    report_release(&report);
}

// What is left out is said in the intro, and told here where it is new.
static void
tell_gated(struct prepared *prepared, const struct gated *gated)
{
    for (size_t i = 0; i < gated->texts; i++) {
        if (i >= prepared->gated.texts ||
            strcmp(gated->text[i], prepared->gated.text[i]) != 0)
            log_print(LOG_WARNING, "%s", gated->text[i]);
    }
    prepared->gated = *gated;
}

// Gated for the person, then fitted to the time, then compiled.
static enum status
compile(struct prepared *prepared, const struct routine *routine,
        const struct plan_options *options, int minutes, struct diag *diag)
{
    struct plan_options fitted = *options;
    struct plan_set     plans;
    struct gated        gated;
    struct fit          fit;
    enum status         st = STATUS_OK;

    plan_gate(&fitted, &gated, routine, prepared->book);
    if (minutes && !fitted.nothing && !fitted.only_questions)
        st = plan_fit(&fitted, &fit, minutes, routine, &prepared->voice, diag);
    if (!st)
        st = plan_set_compile(&plans, routine, &fitted, &prepared->voice, diag);
    if (st) return st;
    tell_gated(prepared, &gated);
    prepared->plans = plans;
    prepared->plan  = plans.plan[fitted.level][fitted.talk];
    prepared->level = fitted.level;
    prepared->talk  = fitted.talk;
    return STATUS_OK;
}

static void
release_plans(struct prepared *prepared)
{
    for (size_t i = 0; i < prepared->olds; i++) {
        plan_set_release(prepared->old[i]);
        free(prepared->old[i]);
    }
    plan_set_release(&prepared->plans);
    prepared->olds = 0;
}

enum status
prepare_routine(struct prepared *prepared, const char *path,
                const struct plan_options *options, int minutes,
                struct report *report, struct diag *diag)
{
    struct prepared fresh   = *prepared;
    struct routine *routine = NULL;
    enum status     st      = routine_read(&routine, path, report);

    if (!st) st = compile(&fresh, routine, options, minutes, diag);
    if (st) {
        routine_free(routine);
        return st;
    }
    release_plans(prepared);
    routine_free(prepared->routine);
    *prepared         = fresh;
    prepared->olds    = 0;
    prepared->routine = routine;
    prepared->options = *options;
    prepared->minutes = minutes;
    return STATUS_OK;
}

enum status
prepare_given(struct prepared *prepared, const struct given *given,
              struct diag *diag)
{
    struct plan_options options = prepared->options;
    struct plan_set    *old     = malloc(sizeof *old);
    enum status         st      = STATUS_OK;

    if (!old || prepared->olds == PREPARE_MOST_PLANS) {
        free(old);
        return STATUS_NO_MEMORY;
    }
    *old          = prepared->plans;
    options.given = *given;
    st =
        compile(prepared, prepared->routine, &options, prepared->minutes, diag);
    if (st) {
        free(old);
        return st;
    }
    prepared->options               = options;
    prepared->old[prepared->olds++] = old;
    return STATUS_OK;
}

enum status
prepare(struct prepared *prepared, const struct prepare_options *options,
        struct report *report, struct diag *diag)
{
    char        path[PATH_SIZE];
    enum status st = routine_find(path, options->routine, diag);
    memset(prepared, 0, sizeof *prepared);
    if (st) return st;

    st = prepare_voice(prepared, options->voice, options->rate, false, report,
                       diag);
    if (st) return st;
    struct prepare_options known = *options;
    person_know(&known, false);
    st = prepare_routine(prepared, path, &known.plan, options->minutes, report,
                         diag);
    if (st) prepared_release(prepared);
    return st;
}

void
prepared_release(struct prepared *prepared)
{
    release_plans(prepared);
    routine_free(prepared->routine);
    speech_close(prepared->speech);
    answers_free(prepared->answers);
    phrasebook_free(prepared->book);
    memset(prepared, 0, sizeof *prepared);
}
