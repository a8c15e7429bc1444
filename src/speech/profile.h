// SPDX-License-Identifier: GPL-3.0-or-later
// A voice profile: which eSpeak NG voice, how fast, how high.
#ifndef SPEECH_PROFILE_H
#define SPEECH_PROFILE_H
#include "base/diag.h"
#include "base/report.h"
#include "base/status.h"
#include <stddef.h>

#define PROFILE_TEXT 128

struct profile {
    char name[PROFILE_TEXT];  // the file's, without ".yaml"
    char about[PROFILE_TEXT]; // one sentence for "rollcall voices"
    char voice[PROFILE_TEXT]; // eSpeak NG's, with a variant: "en-us+f3"
    int  rate;                // words a minute, 80..450
    int  pitch;               // 0..100
    int  range;               // of the pitch, 0..100
    int  word_gap;            // tens of milliseconds, 0..50
    int  comma;               // ms of silence at a comma, 0..1000; 0: the
                              // engine's own
    char clips[PROFILE_TEXT]; // folder of recorded clips, beside the profile;
                              // empty: none
    double gain;              // dB on top of the common loudness, -12..12
};

// Every problem of the file goes into REPORT; *profile is untouched then.
enum status
profile_read(struct profile *profile, const char *path, struct report *report);

// The names of the profiles in a folder, sorted: files that end in ".yaml" and
// have the key "voice", for phrases and commands live in the same folder.
struct profile_list {
    char (*names)[PROFILE_TEXT];
    size_t count;
};

// STATUS_NOT_FOUND where there is no such folder.
enum status
profile_list_read(struct profile_list *list, const char *folder);

void
profile_list_release(struct profile_list *list); // a zeroed one is fine
#endif
