// SPDX-License-Identifier: GPL-3.0-or-later
// What "rollcall setup --sound" measured: sound.yaml, in the person's own
// folder; and what is to be said about it.
#ifndef APP_SURROUNDINGS_H
#define APP_SURROUNDINGS_H
#include "base/diag.h"
#include "base/path.h"
#include "base/report.h"
#include "base/status.h"
#include "plan/phrasebook.h"
#include <stdbool.h>
#include <stddef.h>

struct surroundings {
    bool   echoes;   // the loudspeaker is heard
    double delay_ms; // until it is
    double echo;     // dB of the microphone over what is played
    double noise;    // dBFS of the room in silence
    bool   speaks;   // somebody spoke when asked to
    double speech;   // dBFS
};

#define SURROUNDINGS_MOST_ADVICE 6

// What should be changed, most important first; how many.  0: all is good.
size_t
surroundings_judge(const struct surroundings *s,
                   enum phrase                advice[SURROUNDINGS_MOST_ADVICE]);

// False where there is no home folder.
bool
surroundings_path(char path[PATH_SIZE]);

// All problems go to REPORT; then *s is untouched.
enum status
surroundings_read(struct surroundings *s, const char *path,
                  struct report *report);

// The same from memory; NAME stands for the path.
enum status
surroundings_parse(struct surroundings *s, const char *name, const char *text,
                   size_t length, struct report *report);

// Makes the folder where there is none.  The file is whole or as it was.
enum status
surroundings_write(const struct surroundings *s, const char *path,
                   struct diag *diag);
#endif
