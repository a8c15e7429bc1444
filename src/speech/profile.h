// SPDX-License-Identifier: GPL-3.0-or-later
// A voice profile: which eSpeak NG voice, how fast, how high.
#ifndef SPEECH_PROFILE_H
#define SPEECH_PROFILE_H
#include "base/diag.h"
#include "base/report.h"
#include "base/status.h"

#define PROFILE_TEXT 128

struct profile {
    char name[PROFILE_TEXT];  // the file's, without ".yaml"
    char about[PROFILE_TEXT]; // one sentence for "rollcall voices"
    char
        voice[PROFILE_TEXT]; // eSpeak NG's name, may hold a variant: "en-us+f3"
    int rate;                // words a minute, 80..450
    int pitch;               // 0..100
    int range;               // of the pitch, 0..100
    int word_gap;            // tens of milliseconds, 0..50
    double gain;             // dB on top of the common loudness, -12..12
};

enum status
profile_read(struct profile *profile, const char *path, struct report *report);
#endif
