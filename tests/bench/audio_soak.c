// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio_soak.h"

#include "app/player.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    RATE       = 48000,
    BLOCK      = 4800,
    EVERY      = 30,   // s between two commands
    HOURS      = 8,    // not listening
    WARM       = 3600, // s until memory is looked at first, ...
    HEARD      = 1800, // s of listening,
    HEARD_WARM = 600,  // and until memory is looked at there
};

// A host that nobody hears: its microphone gives hiss, and now and then a hum
// as long as a word.
struct nowhere {
    struct host  host;
    host_render *render;
    void        *ctx;
    int64_t      done;
};

static int64_t warm;       // frames
static double  first_size; // MB, at that time
static double  last_size;

static double
size_now(void)
{
    char   line[256];
    double kilobytes = 0;
    FILE  *file      = fopen("/proc/self/status", "r");

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmRSS:", 6) == 0) kilobytes = atof(line + 6);
    if (file) fclose(file);
    return kilobytes / 1024;
}

static enum status
nowhere_run(struct host *host, int64_t frames, struct diag *diag)
{
    static float    in[BLOCK], out[BLOCK];
    static unsigned noise = 1;
    struct nowhere *own   = (struct nowhere *)host;

    (void)diag;
    while (frames > 0) {
        size_t some = frames < BLOCK ? (size_t)frames : BLOCK;
        for (size_t i = 0; host->hears && i < some; i++) {
            int64_t at = own->done + (int64_t)i;
            noise      = noise * 1664525U + 1013904223U;
            in[i]      = 1e-3F * ((float)(noise >> 8) / 8388608.0F - 1);
            if (at % (7 * RATE) < RATE / 2)
                in[i] += at / 150 % 2 ? .05F : -.05F;
        }
        own->render(own->ctx, host->hears ? in : NULL, out, some);
        own->done += (int64_t)some;
        frames -= (int64_t)some;
        if (first_size <= 0 && own->done >= warm) first_size = size_now();
    }
    return STATUS_OK;
}

static enum status
nowhere_close(struct host *host, struct diag *diag)
{
    (void)diag;
    if (host) last_size = size_now();
    free(host);
    return STATUS_OK;
}

static enum status
nowhere_open(struct host **out, const struct host_config *config,
             host_render *render, void *ctx, struct diag *diag);

static const struct host_ops nowhere = {"nowhere", nowhere_open, nowhere_run,
                                        nowhere_close};

static enum status
nowhere_open(struct host **out, const struct host_config *config,
             host_render *render, void *ctx, struct diag *diag)
{
    struct nowhere *own = calloc(1, sizeof *own);

    (void)diag;
    if (!own) return STATUS_NO_MEMORY;
    own->host = (struct host){
        .ops = &nowhere, .rate = config->rate, .hears = config->listen};
    own->render = render;
    own->ctx    = ctx;
    *out        = &own->host;
    return STATUS_OK;
}

// Commands of all kinds that never let the session come to its end.
static bool
write_script(const char *path, int seconds)
{
    static const char *const commands[] = {
        "repeat set", "time left", "where",   "pause", "resume", "more time",
        "what next",  "louder",    "quieter", "help",  "why",    "undo"};
    const int count = sizeof commands / sizeof *commands;
    FILE     *file  = fopen(path, "w");

    for (int i = 1; file && i * EVERY < seconds; i++)
        fprintf(file, "%d.5 %s\n", i * EVERY,
                i % 2 ? "repeat set" : commands[i / 2 % count]);
    if (file) fprintf(file, "%d end session\n", seconds);
    return file && fclose(file) == 0;
}

static bool
soak(int seconds, bool listen, double *wall)
{
    char                  script[] = "/tmp/rollcall-soak-XXXXXX";
    int                   fd       = mkstemp(script);
    struct player_result  result;
    struct report         report = {0};
    struct diag           diag   = {""};
    struct timespec       from, to;
    struct player_options options = {
        .prepare   = {.routine   = "upper-back",
                      .screening = SCREENING_NEVER,
                      .plan      = {.level = LEVEL_STANDARD}},
        .host      = &nowhere,
        .listen    = listen,
        .script    = script,
        .high_pass = PLAYER_HIGH_PASS,
    };

    if (fd < 0 || !write_script(script, seconds)) return false;
    close(fd);
    first_size = last_size = 0;
    clock_gettime(CLOCK_MONOTONIC, &from);
    enum status st = player_run(&options, &result, &report, &diag);
    clock_gettime(CLOCK_MONOTONIC, &to);
    unlink(script);
    if (st) fprintf(stderr, "bench_audio: %s\n", diag.text);
    report_release(&report);
    *wall = (double)(to.tv_sec - from.tv_sec) +
            (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    return !st && result.seconds > seconds - 1;
}

void
measure_soak(struct figures *figures)
{
    double wall;

    warm = (int64_t)WARM * RATE;
    if (soak(HOURS * 3600, false, &wall)) {
        figure(figures, "soak_wall", wall, "s", 0,
               "eight hours of a session: wall time");
        figure(figures, "soak_growth", last_size - first_size, "MB", 1,
               "eight hours: memory more than after the first");
    }
    warm = (int64_t)HEARD_WARM * RATE;
    if (soak(HEARD, true, &wall)) {
        figure(figures, "soak_heard_wall", wall, "s", 0,
               "half an hour, listening: wall time");
        figure(figures, "soak_heard_growth", last_size - first_size, "MB", 1,
               "half an hour, listening: memory more than after ten minutes");
    }
}
