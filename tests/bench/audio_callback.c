// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio_callback.h"

#include "audio/engine.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    RATE     = 48000,
    BUFFER   = 240, // 5 ms
    BUFFERS  = 24000,
    BURNERS  = 8,
    BINS     = 12, // of the histogram, each twice as wide as the one before
    FIRST_US = 1,
};

struct tally {
    double *us; // of every buffer
    int     bins[BINS + 1];
};

static double
us_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static struct pcm *
hum(int64_t frames)
{
    struct pcm *pcm = pcm_new(RATE, frames);
    for (int64_t i = 0; pcm && i < frames; i++)
        pcm->samples[i] = (float)(0.3 * sin(0.05 * (double)i));
    return pcm;
}

// A session at its busiest: narration, an answer over it, counts and tones,
// held and let go on, ducked and raised.
static void
ask(struct engine *engine, struct pcm *line, struct pcm *tone, int i)
{
    int64_t at = engine_frames(engine) + 480;

    if (i % 200 == 0) engine_play(engine, LAYER_SPEECH, line, at);
    if (i % 300 == 0) engine_play(engine, LAYER_ASIDE, line, at);
    if (i % 20 == 0) engine_play(engine, LAYER_TONE, tone, at + i % 240);
    if (i % 400 == 0) engine_hold(engine, LAYER_SPEECH, at + 100);
    if (i % 400 == 40) engine_go_on(engine, LAYER_SPEECH, at);
    if (i % 100 == 0) engine_gain(engine, i % 200 ? 1 : 2, at);
    engine_collect(engine);
}

static void
drain(struct engine *engine)
{
    static struct heard_frame pairs[BUFFER * 2];
    int64_t                   first;
    while (engine_heard(engine, pairs, BUFFER * 2, &first) > 0) continue;
}

// Every fifth buffer is waited for, as a device would; CLOCK's time counts.
static void
run(struct tally *tally, struct engine *engine, clockid_t clock)
{
    static float    in[BUFFER], out[BUFFER];
    struct pcm     *line = hum(RATE), *tone = hum(RATE / 10);
    struct timespec pause = {0, 200000};

    for (int i = 0; i < BUFFERS; i++) {
        ask(engine, line, tone, i);
        if (i % 5 == 0) nanosleep(&pause, NULL);
        double from = us_of(clock);
        engine_render(engine, in, out, BUFFER);
        tally->us[i] = us_of(clock) - from;
        drain(engine);
    }
    pcm_drop(line);
    pcm_drop(tone);
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
sort_out(struct tally *tally)
{
    qsort(tally->us, BUFFERS, sizeof tally->us[0], by_size);
    for (int i = 0; i < BUFFERS; i++) {
        int    bin = 0;
        double top = FIRST_US;
        while (bin < BINS && tally->us[i] > top) {
            top *= 2;
            bin++;
        }
        tally->bins[bin]++;
    }
}

static void
print_histogram(const struct tally *tally)
{
    double top = FIRST_US;
    for (int i = 0; i <= BINS; i++, top *= 2) {
        if (tally->bins[i])
            printf("    up to %5.0f us (%5.2f %% of 5 ms)  %6d\n", top,
                   top / 50, tally->bins[i]);
    }
}

static void
measure(struct figures *figures, clockid_t clock, const char *const keys[2],
        const char *const notes[2], double bar)
{
    struct tally   tally  = {.us = calloc(BUFFERS, sizeof(double))};
    struct engine *engine = NULL;

    if (tally.us && engine_new(&engine, RATE, true) == STATUS_OK) {
        run(&tally, engine, clock);
        sort_out(&tally);
        figure(figures, keys[0], tally.us[BUFFERS / 2] / 50, "%", bar,
               notes[0]);
        figure(figures, keys[1], tally.us[BUFFERS - 1] / 50, "%", bar,
               notes[1]);
        if (!figures->json) print_histogram(&tally);
    }
    engine_free(engine);
    free(tally.us);
}

static void *
burn(void *ctx)
{
    volatile double x = 1;
    while (!atomic_load((atomic_bool *)ctx))
        for (int i = 0; i < 10000; i++) x = sqrt(x + i);
    return NULL;
}

void
measure_callback(struct figures *figures)
{
    static const char *const alone[2] = {"callback_median", "callback_worst"};
    static const char *const alone_notes[2] = {
        "callback, of a 5 ms buffer: median",
        "callback, of a 5 ms buffer: worst of 24000, with whatever "
        "else ran"};
    static const char *const busy[2]       = {"callback_busy_median",
                                              "callback_busy_worst"};
    static const char *const busy_notes[2] = {
        "callback, every core busy: median of its own time",
        "callback, every core busy: worst of its own time"};
    atomic_bool stop = false;
    pthread_t   burners[BURNERS];
    long        cores = sysconf(_SC_NPROCESSORS_ONLN);
    int         count = cores < BURNERS ? (int)cores : BURNERS;

    measure(figures, CLOCK_MONOTONIC, alone, alone_notes, 5);
    for (int i = 0; i < count; i++)
        if (pthread_create(&burners[i], NULL, burn, &stop)) count = i;
    measure(figures, CLOCK_THREAD_CPUTIME_ID, busy, busy_notes, 5);
    atomic_store(&stop, true);
    for (int i = 0; i < count; i++) pthread_join(burners[i], NULL);
}
