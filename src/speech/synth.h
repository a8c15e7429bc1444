// SPDX-License-Identifier: GPL-3.0-or-later
// eSpeak NG as one function: text in, samples out.
//
// Its state is global and not thread-safe: everything here is for the one
// thread that called synth_start() last.
#ifndef SPEECH_SYNTH_H
#define SPEECH_SYNTH_H
#include "base/diag.h"
#include "base/status.h"
#include "pcm/pcm.h"
#include "speech/profile.h"

#define SYNTH_MOST_SECONDS 600 // of one text; what is beyond is not said

// Loads the engine once in a process and sets the profile's voice.
enum status
synth_start(const struct profile *profile, struct diag *diag);

// TEXT as the engine gives it, at its own rate, silence at both ends and all.
// Plain UTF-8: no markup is understood.  NULL: no memory, or it failed.
struct pcm *
synth_say(const char *text);
#endif
