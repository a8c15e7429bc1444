// SPDX-License-Identifier: GPL-3.0-or-later
// eSpeak NG as one function: text in, samples out.
//
// Its state is global and not thread-safe: everything here is for the one
// thread that called synth_start() last.
#ifndef SPEECH_SYNTH_H
#define SPEECH_SYNTH_H
#include "base/diag.h"
#include "base/status.h"
#include "speech/profile.h"
#include <stddef.h>

#define SYNTH_MOST_SECONDS 600 // of one text; what is beyond is not said

// Loads the engine once in a process and sets the profile's voice.
enum status
synth_start(const struct profile *profile, struct diag *diag);

// TEXT as the engine gives it, silence at both ends and all: *COUNT samples,
// *RATE a second, good until the next call.  Plain UTF-8; [[...]]
// are phonemes, no other markup is understood.  NULL: no memory, or it failed.
const short *
synth_say(const char *text, size_t *count, unsigned *rate);

// The engine's, "1.51".
const char *
synth_version(void);
#endif
