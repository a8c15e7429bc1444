// SPDX-License-Identifier: GPL-3.0-or-later
// room_onsets FILE [DBFS]: one line for each sound above DBFS (-20 unless
// given) with a tenth of a second below it around: its first frame and its
// length in frames.
#include "audio/clip.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void
print_sound(int64_t first, int64_t last)
{
    printf("%" PRId64 " %" PRId64 "\n", first, last - first + 1);
}

int
main(int argc, char **argv)
{
    struct pcm *pcm  = NULL;
    struct diag diag = {0};
    double      dbfs = argc > 2 ? strtod(argv[2], NULL) : -20;

    if (argc < 2 || clip_read(&pcm, argv[1], 0, &diag)) {
        fprintf(stderr, "room_onsets: %s\n",
                argc < 2 ? "FILE [DBFS]" : diag.text);
        return 1;
    }
    float   threshold = powf(10, (float)dbfs / 20);
    int64_t quiet     = pcm->rate / 10;
    int64_t first = 0, last = -1; // of the sound at hand; -1: none yet
    for (int64_t i = 0; i < pcm->frames; i++) {
        if (fabsf(pcm->samples[i]) < threshold) continue;
        if (last >= 0 && i - last < quiet) {
            last = i;
            continue;
        }
        if (last >= 0) print_sound(first, last);
        first = last = i;
    }
    if (last >= 0) print_sound(first, last);
    pcm_drop(pcm);
    return 0;
}
