// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings as they would sound elsewhere: in a room, over a noise, faster or
// slower, with an end cut off.
#ifndef BENCH_LISTEN_VARY_H
#define BENCH_LISTEN_VARY_H
#include "listen_corpus.h"
#include "pcm/pcm.h"
#include <stdint.h>

struct vary {
    const struct recording *room;   // NULL: as recorded
    const struct recording *noise;  // NULL: none
    double                  over;   // dB of the voice over the noise
    double                  speed;  // 1: as it is
    double                  level;  // peak; 0: as it is
    double                  metres; // to the microphone; 0: as the room has it
    double                  cut;    // seconds taken off at the end
    double                  again;  // seconds later it is said again; 0: never
};

// A recording of GROUP in FOLD, any fold where that is below 0; NULL: none.
const struct recording *
vary_pick(const struct corpus *corpus, enum corpus_group group, int fold,
          uint32_t *random);

// One of the usual ways, from what is in FOLD.
struct vary
vary_any(const struct corpus *corpus, int fold, uint32_t *random);

// METRES away in a room, over a noise, both from what is in FOLD.
struct vary
vary_far(const struct corpus *corpus, int fold, double metres, double over,
         uint32_t *random);

// At 16 kHz, with 1.5 s of the room before, 0.6 s after; NULL: no memory or an
// unreadable recording.
struct pcm *
vary_make(const struct vary *vary, const struct pcm *pcm, uint32_t *random);

// Root mean square of what is within 25 dB of the loudest 10 ms: of a voice
// without its pauses, of a bark without the silence after it.
double
vary_level(const float *x, int64_t count);

double
vary_random(uint32_t *random); // 0..1
#endif
