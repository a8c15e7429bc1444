// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out what the session decides: sounds to the engine, lines to the
// events file and the terminal.
#ifndef APP_STAGE_H
#define APP_STAGE_H
#include "app/chapters.h"
#include "app/console.h"
#include "app/events.h"
#include "app/prepare.h"
#include "audio/engine.h"
#include "audio/tones.h"
#include "session/session.h"

struct diary;

struct stage {
    struct diary    *diary;    // or NULL
    struct chapters *chapters; // or NULL
    struct host     *host;
    struct prepared *prepared;
    struct engine   *engine;
    struct events   *events;
    struct pcm      *tones[TONES];
    int64_t          base; // engine frame of the session's frame 0
    bool             live;
    struct console  *console; // to tell of segments, or NULL
    unsigned         begun;   // segments
    int              gain;    // dB, the session's
    int              music;   // dB that were asked for at the start
    bool             ducked;  // softer, because somebody speaks
    bool             silent;  // something could not be said
    const char      *ended;   // why, or NULL
    int64_t          end;     // session frame
};

// What wakes a loudspeaker, before all else: it sounds from ENGINE's next frame
// on.
enum status
stage_wake(struct stage *stage, struct engine *engine, unsigned rate);

// Makes the tones.
enum status
stage_open(struct stage *stage, unsigned rate);

void
stage_release(struct stage *stage);

void
stage_tone(struct stage *stage, enum tone tone, int64_t frame);

// Softer from FRAME on, or as loud as before.
void
stage_duck(struct stage *stage, bool ducked, int64_t frame);

// The volume, DECIBELS from the usual.
void
stage_gain(struct stage *stage, int decibels, int64_t frame);

// How loud music is to be, linear.
float
stage_music_volume(const struct stage         *stage,
                   const struct session_music *music);

// Music as the session has it now.
void
stage_music(struct stage *stage, const struct session_music *music,
            int64_t frame);

void
stage_perform(struct stage *stage, const struct effects *effects);
#endif
