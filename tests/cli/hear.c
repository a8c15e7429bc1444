// SPDX-License-Identifier: GPL-3.0-or-later
// hear SOUND EVENTS: whether a rendered session sounds where its events say:
// every line and every tone begins on its frame, and nothing sounds elsewhere.
#include "audio/clip.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE     48000
#define AUDIBLE  0.003F // -50 dBFS
#define ONSET_MS 12     // a first sound may be that soft at its beginning
#define RING_MS  1600   // the longest tone
#define WAKE_MS  400    // what wakes a sleeping speaker

static struct pcm    *sound;
static unsigned char *due; // per frame: something may sound
static int            failures;

static float
loudest(int64_t from, int64_t to)
{
    float most = 0;
    if (from < 0) from = 0;
    if (to > sound->frames) to = sound->frames;
    for (int64_t i = from; i < to; i++) {
        if (fabsf(sound->samples[i]) > most) most = fabsf(sound->samples[i]);
    }
    return most;
}

static void
mark(int64_t from, int64_t to)
{
    if (to > sound->frames) to = sound->frames;
    if (to > from) memset(due + from, 1, (size_t)(to - from));
}

static void
fail(int64_t frame, const char *what)
{
    fprintf(stderr, "%.4f s: %s\n", (double)frame / RATE, what);
    failures++;
}

// Something begins at FRAME: nothing in the ten milliseconds before, sound
// within the first few after.
static void
check_onset(int64_t frame, const char *what)
{
    if (loudest(frame - RATE / 100, frame) > AUDIBLE)
        fail(frame, "there is sound before its frame");
    if (loudest(frame, frame + RATE * ONSET_MS / 1000) <= AUDIBLE)
        fail(frame, what);
}

static void
check_event(json_t *event)
{
    int64_t     frame = json_integer_value(json_object_get(event, "frame"));
    const char *kind  = json_string_value(json_object_get(event, "event"));

    if (strcmp(kind, "say") == 0) {
        double  until = json_real_value(json_object_get(event, "until"));
        int64_t end   = (int64_t)llround(until * RATE);
        check_onset(frame, "a line does not begin on its frame");
        if (loudest(end - RATE / 20, end) <= AUDIBLE)
            fail(frame, "a line ends before it should");
        mark(frame, end);
    } else if (strcmp(kind, "tone") == 0) {
        check_onset(frame, "a tone does not begin on its frame");
        mark(frame, frame + (int64_t)RATE * RING_MS / 1000);
    }
}

static void
check_silence(void)
{
    for (int64_t i = (int64_t)RATE * WAKE_MS / 1000; i < sound->frames; i++) {
        if (due[i] || fabsf(sound->samples[i]) <= AUDIBLE) continue;
        fail(i, "there is sound where nothing is due");
        i += RATE;
    }
}

int
main(int argc, char **argv)
{
    struct diag diag = {0};
    char        line[4096];

    if (argc != 3) return 2;
    if (clip_read(&sound, argv[1], RATE, &diag)) {
        fprintf(stderr, "%s\n", diag.text);
        return 1;
    }
    due         = calloc((size_t)sound->frames + 1, 1);
    FILE *lines = fopen(argv[2], "r");
    if (!due || !lines) return 1;
    while (fgets(line, sizeof line, lines)) {
        json_t *event = json_loads(line, 0, NULL);
        if (event) check_event(event);
        json_decref(event);
    }
    fclose(lines);
    check_silence();
    free(due);
    pcm_drop(sound);
    return failures ? 1 : 0;
}
