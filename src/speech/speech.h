// SPDX-License-Identifier: GPL-3.0-or-later
// Text to sound: eSpeak NG on a thread of its own, ahead of time, every text
// made once for a voice and kept, small; its clip is made from that when it is
// to sound, and kept for a while.
//
// Texts are made in the order in which they were first named.  The engine's
// sound depends a little on what it said before (its flutter runs on from text
// to text), so equal calls give clips equal to the bit in every process, and
// calls in another order give clips that differ by some samples.
//
// Main thread only, unless said otherwise.
#ifndef SPEECH_SPEECH_H
#define SPEECH_SPEECH_H
#include "base/diag.h"
#include "base/status.h"
#include "pcm/pcm.h"
#include "speech/clips.h"
#include <stdbool.h>

struct speech;

struct speech_config {
    const char *voices; // folder of a language: ".../voices/en-us"
    const char *voice;  // a profile there: "calm" reads calm.yaml
    unsigned    rate;   // of the clips it makes, Hz
    // Keep what is said from one run to the next: sooner ready, and smaller.
    // Clips then depend on what was said before, by some samples.
    bool keep;
    // How recorded clips are read; NULL: those of the profile are not used.
    clips_reader *read;
};

// Reads the profile and starts the thread.  One at a time in a process:
// eSpeak NG's state is global.
enum status
speech_open(struct speech **out, const struct speech_config *config,
            struct diag *diag);

// Takes out of clips what is below HZ; 0: nothing, as at first.  Before the
// first speech_clip().
void
speech_high_pass(struct speech *speech, double hz);

void
speech_close(struct speech *speech); // NULL is fine; clips held stay valid

// Asks for TEXT ahead of time and returns at once.
void
speech_request(struct speech *speech, const char *text);

// The same, with a rough guess at how many frames it will be.  Fits
// plan_compile() as speech_length() does.
int64_t
speech_guess(void *speech, const char *text);

// The sound of TEXT, waiting for it where it is not made yet.  Borrowed: valid
// until the next speech_clip() unless pcm_hold().  Its first audible sample
// comes within 2 ms of its start, and no silence trails it.  Plain text, no
// markup; a text without words gives a clip of no frames.  NULL only when out
// of memory or when the engine failed, which is logged.
struct pcm *
speech_clip(struct speech *speech, const char *text);

// How long TEXT takes to say, in frames; 0 where speech_clip() gives NULL.
// Fits plan_compile() and session_init() with the speech as context.
int64_t
speech_length(void *speech, const char *text);
#endif
