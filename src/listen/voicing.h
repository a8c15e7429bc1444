// SPDX-License-Identifier: GPL-3.0-or-later
// Whether there is a voice in a sound, by its autocorrelation: speech has a
// pitch of 75 to 400 Hz in most of a word, bangs and scrapes have none.
#ifndef LISTEN_VOICING_H
#define LISTEN_VOICING_H
#include <stddef.h>
#include <stdint.h>

struct voicing {
    double share;    // of the louder half of its frames that have a pitch
    double strength; // mean over those frames of the correlation, 0..1
    double outside;  // seconds that have a pitch and lie outside the part
};

// Of a sound, frames of 10 ms.
struct voicing_part {
    size_t from, to;
};

// SAMPLES at 16 kHz; four seconds at most are looked at.
struct voicing
voicing_of(const int16_t *samples, size_t count, struct voicing_part within);
#endif
