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
};

// SAMPLES at 16 kHz.
struct voicing
voicing_of(const int16_t *samples, size_t count);
#endif
