// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a session is made of, read and compiled: the routine, what
// rollcall says, the voice, the plan.
#ifndef APP_PREPARE_H
#define APP_PREPARE_H
#include "base/diag.h"
#include "base/path.h"
#include "base/report.h"
#include "plan/gate.h"
#include "plan/plan.h"
#include "speech/speech.h"

#define PREPARE_RATE  48000
#define PREPARE_VOICE "calm"

#define PREPARE_MOST_PLANS 64 // of one session

// When the ten questions before a first session are asked.
enum screening_wish {
    SCREENING_FIRST, // where they were not answered before
    SCREENING_NOW,   // once more
    SCREENING_NEVER, // and what was answered does not count
};

struct prepare_options {
    const char         *routine; // id or path
    const char         *voice;   // profile, NULL: PREPARE_VOICE
    unsigned            rate;    // Hz
    struct plan_options plan;
    int                 minutes; // to fit the session to, 0: as it is
    enum screening_wish screening;
};

struct prepared {
    struct routine    *routine;
    struct phrasebook *book;
    struct answers    *answers;
    struct speech     *speech;
    struct plan_voice  voice;
    struct plan_set    plans;
    const struct plan *plan; // the one of the plans to begin with
    enum level         level;
    enum talk          talk;
    // What the plans are for, and those for what was answered before: a session
    // may come back to them.
    struct plan_options options;
    int                 minutes;
    struct gated        gated; // what is left out, and why
    struct plan_set    *old[PREPARE_MOST_PLANS];
    size_t              olds;
};

// Problems of files go to REPORT, anything else to DIAG (empty where REPORT
// tells it all).  What was made so far is released on failure.
enum status
prepare(struct prepared *prepared, const struct prepare_options *options,
        struct report *report, struct diag *diag);

// The same without a routine: only the voice.  KEEP what it says for the next
// run; and where its files are damaged or missing, another voice speaks, and
// words that are wrong are left out, which is logged.
enum status
prepare_voice(struct prepared *prepared, const char *voice, unsigned rate,
              bool keep, struct report *report, struct diag *diag);

// Lets the voice, on its thread, begin with what a routine will want, while
// the caller does other things.
void
prepare_ahead(struct prepared *prepared, const char *path,
              const struct plan_options *options);

// Compiles another routine for a voice that is there.  PATH as routine_find()
// gave it; MINUTES to fit it to, or 0.
enum status
prepare_routine(struct prepared *prepared, const char *path,
                const struct plan_options *options, int minutes,
                struct report *report, struct diag *diag);

// The plans for what was answered meanwhile.  Those before stay until
// prepared_release(), wherever a session still points to them.
enum status
prepare_given(struct prepared *prepared, const struct given *given,
              struct diag *diag);

void
prepared_release(struct prepared *prepared); // zeroed is fine

// The folder of the language: voices/LANG.
bool
prepare_voices(char path[PATH_SIZE]);
#endif
