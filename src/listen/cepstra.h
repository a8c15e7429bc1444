// SPDX-License-Identifier: GPL-3.0-or-later
// What an acoustic model of PocketSphinx looks at: mel cepstra of its own front
// end every 10 ms, their mean over the utterance taken out, their slopes over
// 40 ms and the slopes of those.
#ifndef LISTEN_CEPSTRA_H
#define LISTEN_CEPSTRA_H
#include <stddef.h>
#include <stdint.h>

#define CEPSTRA_COUNT  13
#define CEPSTRA_VALUES (3 * CEPSTRA_COUNT)

struct cepstra;

// As the file feat.params in the folder MODEL says.  NULL: it cannot be read,
// is of another kind, or the PocketSphinx is 5.x.
struct cepstra *
cepstra_open(const char *model);

void
cepstra_close(struct cepstra *cepstra); // NULL is fine

// SAMPLES at 16 kHz.  How many frames there are, at most MOST.
int
cepstra_make(struct cepstra *cepstra, const int16_t *samples, size_t count,
             float (*frames)[CEPSTRA_VALUES], int most);
#endif
