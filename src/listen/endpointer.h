// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts stretches of speech out of a stream of 16 kHz sound by their energy, in
// all and in three bands: a voice stands out in one of them where rain or a
// fan fills the others.
//
// The floor of the room is the lowest smoothed level of the last seconds, so
// that it follows a fan or a road within three seconds but not a sentence;
// where a noise comes and goes too fast for that, it is what was louder for
// half of the last five seconds. Memory is fixed: what is longer than a command
// can be is passed over, but for what stands out of it.
#ifndef LISTEN_ENDPOINTER_H
#define LISTEN_ENDPOINTER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENDPOINTER_FRAME   160 // samples: 10 ms
#define ENDPOINTER_BEFORE  24  // frames kept from before speech was noticed
#define ENDPOINTER_ROOM    40  // frames of the room kept from before those
#define ENDPOINTER_AFTER   15  // frames kept from after it
#define ENDPOINTER_SILENCE 25  // frames of silence that end it
#define ENDPOINTER_LONGEST 350 // frames of speech; longer is no command
#define ENDPOINTER_MOST                                                        \
    (2 * (ENDPOINTER_ROOM + ENDPOINTER_BEFORE) + ENDPOINTER_LONGEST +          \
     ENDPOINTER_SILENCE + 1)
#define ENDPOINTER_BLOCKS      6  // of 50 frames: what the floor remembers
#define ENDPOINTER_LONG_BLOCKS 10 // that tell a steady noise
#define ENDPOINTER_LEVELS      80 // of 1 dB, from full scale down
#define ENDPOINTER_BANDS       4  // all, up to 2 kHz, up to 4 kHz, above

enum endpointer_event {
    ENDPOINTER_QUIET,  // no speech
    ENDPOINTER_OPENED, // speech was just noticed
    ENDPOINTER_SPEECH, // it goes on
    ENDPOINTER_ENDED,  // a whole stretch is there: endpointer_speech()
    ENDPOINTER_BRIEF,  // it was too short for any word
    ENDPOINTER_LONG,   // it became too long just now; said once
};

struct endpointer_band {
    float level;  // of this frame, dB of full scale
    float smooth; // level over some 30 ms
    float floor;  // of the room
    float lowest[ENDPOINTER_BLOCKS];
    // Frames of each block by their smooth level.
    uint8_t levels[ENDPOINTER_LONG_BLOCKS][ENDPOINTER_LEVELS];
    float   steady; // level of a steady noise in these blocks
};

struct endpointer {
    int16_t samples[ENDPOINTER_MOST * ENDPOINTER_FRAME];
    size_t  kept;     // frames in samples
    int64_t frame;    // frames fed
    bool    open;     // a stretch is being collected
    bool    passing;  // it is too long; wait for silence, or what stands out
    bool    amid;     // it stands out of a longer sound
    int64_t from;     // first frame of the speech in the open stretch
    int64_t to;       // one past its last loud frame
    int     loud;     // loud frames in it
    int     above;    // bits: which of the last frames were loud
    float   last;     // sample before this frame, for the pre-emphasis
    float   peak;     // highest smooth level of the open stretch
    float   over;     // dB: the most it was over what may be echo, smoothed
    float   echo;     // dB: the most that may have been echo in it
    float   sum;      // of the levels of loud frames
    float   din;      // dB: what most of the last seconds was below
    int     block;    // index of the running block
    int     in_block; // frames in it
    int     blocks;   // filled, up to ENDPOINTER_BLOCKS
    int     long_block;
    struct endpointer_band bands[ENDPOINTER_BANDS];
};

void
endpointer_init(struct endpointer *e);

// FRAME has ENDPOINTER_FRAME samples within -1..1.  What is not clearly louder
// than ECHO, mean square in dB, may be the loudspeaker and is no speech. RATIO:
// see activity.h; 0 where that is not known.
enum endpointer_event
endpointer_feed(struct endpointer *e, const float *frame, float echo,
                float ratio);

// The end of input counts as silence.
enum endpointer_event
endpointer_finish(struct endpointer *e);

// After ENDPOINTER_ENDED, until the next feed: the stretch with some of what
// was before and after.  *FIRST is the stream's frame of its first sample.
const int16_t *
endpointer_speech(const struct endpointer *e, size_t *samples, int64_t *first);

// How many samples of the room are kept just before that stretch.
size_t
endpointer_room(const struct endpointer *e);
#endif
