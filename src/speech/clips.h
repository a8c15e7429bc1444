// SPDX-License-Identifier: GPL-3.0-or-later
// Recorded clips: what is said by a sound file instead of the engine.
//
// A folder with clips.yaml, a map of texts to the files of the folder:
//
//     Three.: three.flac
//     "Set one of three.": sets/one-of-three.wav
//
// A text is found whatever its case, spaces and punctuation.
#ifndef SPEECH_CLIPS_H
#define SPEECH_CLIPS_H
#include "base/diag.h"
#include "base/report.h"
#include "base/status.h"
#include "pcm/pcm.h"
#include "speech/take.h"
#include <stddef.h>

#define CLIPS_MOST_SECONDS 120 // of a file; longer ones are not used

struct clips;

// Reads a sound file of at most MOST seconds at its own rate, and no more of a
// longer one, as clip_read_short() does.
typedef enum status
clips_reader(struct pcm **out, const char *path, int most, struct diag *diag);

// Every problem of clips.yaml goes into REPORT.  Whether the files are there
// is found out when they are to be said.
enum status
clips_read(struct clips **out, const char *folder, clips_reader *read,
           struct report *report);

// The same from the text of a clips.yaml.
enum status
clips_parse(struct clips **out, const char *folder, const char *text,
            size_t length, clips_reader *read, struct report *report);

void
clips_free(struct clips *clips); // NULL is fine

// The file for TEXT, as clips.yaml has it; NULL: none, or CLIPS is NULL.
const char *
clips_find(const struct clips *clips, const char *text);

// TEXT as it was recorded, GAIN dB over the common loudness: the caller's to
// free().  NULL: there is none, or it cannot be used, which is logged.
struct take *
clips_take(const struct clips *clips, const char *text, double gain);
#endif
