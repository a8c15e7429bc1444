// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prepare.h"

#include "plan/fit.h"
#include "routine/library.h"
#include <string.h>

bool
prepare_voices(char path[PATH_SIZE])
{
    char share[PATH_SIZE];
    return path_share(share) &&
           path_join(path, share, "voices/" PREPARE_LANGUAGE);
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
    };
    return speech_open(&prepared->speech, &config, diag);
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
    st = phrasebook_read(&prepared->book, phrases, report);
    if (!st) st = answers_read(&prepared->answers, answers, report);
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

enum status
prepare_routine(struct prepared *prepared, const char *path,
                const struct plan_options *options, int minutes,
                struct report *report, struct diag *diag)
{
    struct plan_options fitted  = *options;
    struct routine     *routine = NULL;
    struct plan_set     plans;
    struct fit          fit;
    enum status         st = routine_read(&routine, path, report);

    if (!st && minutes)
        st = plan_fit(&fitted, &fit, minutes, routine, &prepared->voice, diag);
    if (!st)
        st = plan_set_compile(&plans, routine, &fitted, &prepared->voice, diag);
    if (st) {
        routine_free(routine);
        return st;
    }
    plan_set_release(&prepared->plans);
    routine_free(prepared->routine);
    prepared->plans   = plans;
    prepared->plan    = plans.plan[fitted.level][fitted.talk];
    prepared->level   = fitted.level;
    prepared->talk    = fitted.talk;
    prepared->routine = routine;
    return STATUS_OK;
}

enum status
prepare(struct prepared *prepared, const struct prepare_options *options,
        struct report *report, struct diag *diag)
{
    char        path[PATH_SIZE];
    enum status st = library_find(path, options->routine, diag);
    memset(prepared, 0, sizeof *prepared);
    if (st) return st;

    st = prepare_voice(prepared, options->voice, options->rate, false, report,
                       diag);
    if (st) return st;
    st = prepare_routine(prepared, path, &options->plan, options->minutes,
                         report, diag);
    if (st) prepared_release(prepared);
    return st;
}

void
prepared_release(struct prepared *prepared)
{
    plan_set_release(&prepared->plans);
    routine_free(prepared->routine);
    speech_close(prepared->speech);
    answers_free(prepared->answers);
    phrasebook_free(prepared->book);
    memset(prepared, 0, sizeof *prepared);
}
