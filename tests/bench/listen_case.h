// SPDX-License-Identifier: GPL-3.0-or-later
// What the listener made of each stretch of speech in the recordings, before
// any judgement: the material of its confidence model and of its measure.
#ifndef BENCH_LISTEN_CASE_H
#define BENCH_LISTEN_CASE_H
#include "base/diag.h"
#include "base/status.h"
#include "listen/evidence.h"
#include "listen_corpus.h"
#include "listen_speak.h"
#include "listen_vary.h"
#include <stdbool.h>

#define CASE_WORD      40
#define CASE_SPOKEN    (-1) // by a synthetic voice
#define CASE_VARIED    (-2) // a recording as it would sound elsewhere
#define CASE_PRETENDED (-3) // such a one, other words being the commands

struct listen_case {
    enum corpus_group group;
    int               fold;
    int               file;            // of the corpus; else CASE_*
    char              said[CASE_WORD]; // the command said, "" for none
    char              heard[CASE_WORD];
    char              phrase[CASE_WORD];
    double            lag; // seconds from the end of the word to its decision,
                           // those of computing included
    struct evidence evidence;
};

struct cases {
    struct listen_case *items;
    size_t              count;
    double              audio[CORPUS_GROUPS]; // seconds listened to
    double              spent[CORPUS_GROUPS]; // seconds of CPU on it
    int                 files[CORPUS_GROUPS];
};

// Listens to the recordings of CORPUS with the voices in the folder VOICES:
// commands and words each alone, speech and noise as one long stream each.
struct cases_plan {
    const char       *voices;
    enum corpus_group first, last; // groups
    bool              by_state;    // only what counts in a state of a session
    double            metres;      // to the microphone; 0: as recorded
    double            over;        // dB over a noise
    int               every;       // one recording of so many; 0: all
};

enum status
cases_gather(struct cases *cases, const struct corpus *corpus,
             const struct cases_plan *plan, struct diag *diag);

// Adds what synthetic voices (flite) say: every phrase as a command, and other
// words and sentences as none; clean, and with noises of CORPUS behind them.
enum status
cases_speak(struct cases *cases, const struct corpus *corpus,
            const char *voices, enum speak_choice choice, struct diag *diag);

// Adds recordings of CORPUS in FIRST..LAST varied TIMES times, for fitting.
enum status
cases_vary(struct cases *cases, const struct corpus *corpus, const char *voices,
           enum corpus_group first, enum corpus_group last, int times,
           struct diag *diag);

// As lines of text, and back: gathering takes minutes.
enum status
cases_write(const struct cases *cases, const char *path, struct diag *diag);
enum status
cases_read(struct cases *cases, const char *path, struct diag *diag);

// Room for one more, all 0; NULL: no memory.
struct listen_case *
cases_add(struct cases *cases);

// Adds all of FROM to TO; false: no memory.
bool
cases_join(struct cases *to, const struct cases *from);

void
cases_release(struct cases *cases);

bool
case_right(const struct listen_case *c);
#endif
