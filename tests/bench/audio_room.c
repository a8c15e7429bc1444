// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio_room.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PATH    = 4096,
    WAKE    = 8,   // of 32768: the noise that wakes a loudspeaker
    LOUD    = 300, // a word
    SECONDS = 20,  // of playing that are measured
};

static const struct figure_kind kinds[] = {
    {"first_sound_cold", "ms", 0, "play: first sound, nothing kept"},
    {"first_sound", "ms", 200, "play: first sound, said before"},
    {"first_sound_listening", "ms", 200, "play, listening: first sound"},
    {"first_word", "ms", 0, "play: first word, half a second in the plan"},
    {"play_cpu", "%", 0, "play, not listening: of one core"},
    {"play_memory", "MB", 24, "play, not listening: memory"},
    {"listen_cpu", "%", 3, "play, listening: of one core"},
    {"listen_memory", "MB", 64, "play, listening: memory"},
};

static double
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static pid_t
start(const char *program, bool listen)
{
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_RDWR);
        dup2(nothing, 0);
        dup2(nothing, 2);
        execl(program, program, "play", "upper-back",
              listen ? (char *)NULL : "--no-listen", (char *)NULL);
        _exit(127);
    }
    return child;
}

static void
stop(pid_t child)
{
    kill(child, SIGINT);
    waitpid(child, NULL, 0);
}

// Milliseconds until the loudspeaker gets the first sound over LEVEL; what it
// got is read in pieces of 5 ms.
static double
first_sound(const char *program, int level, bool listen)
{
    static short piece[240];
    FILE        *speaker = popen("exec parec --raw --device=speaker.monitor "
                                        "--latency-msec=5 --rate=48000 "
                                        "--channels=1 --format=s16le",
                                 "r");
    double       from = 0, until = 0;
    pid_t        child = 0;

    for (int i = 0; speaker && i < 4000 && until == 0; i++) {
        if (fread(piece, sizeof piece, 1, speaker) != 1) break;
        if (i == 200) { // the recorder runs
            from  = now_ms();
            child = start(program, listen);
        }
        for (size_t k = 0; child && k < sizeof piece / sizeof *piece; k++)
            if (abs(piece[k]) > level) until = now_ms();
    }
    if (child) stop(child);
    if (speaker) pclose(speaker);
    return until - from;
}

static double
number_in(pid_t child, const char *file, const char *key)
{
    char   path[64], line[512];
    double value = 0;

    snprintf(path, sizeof path, "/proc/%ld/%s", (long)child, file);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from)) {
        if (strncmp(line, key, strlen(key)) == 0)
            value = atof(line + strlen(key));
    }
    if (from) fclose(from);
    return value;
}

// Seconds of CPU so far.
static double
cpu_of(pid_t child)
{
    char          path[64], line[1024] = "";
    unsigned long user = 0, system_ = 0;

    snprintf(path, sizeof path, "/proc/%ld/stat", (long)child);
    FILE *from = fopen(path, "r");
    if (from && fgets(line, sizeof line, from)) {
        const char *end = strrchr(line, ')');
        if (end)
            sscanf(end + 2,
                   "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                   &system_);
    }
    if (from) fclose(from);
    return (double)(user + system_) / (double)sysconf(_SC_CLK_TCK);
}

static void
play_for_a_while(const char *program, bool listen, const char *name)
{
    pid_t child = start(program, listen);

    sleep(4); // until all is set up
    double from = cpu_of(child);
    sleep(SECONDS);
    if (waitpid(child, NULL, WNOHANG) != 0) {
        fprintf(stderr, "bench_audio: play ended too soon\n");
        return;
    }
    printf("%s_cpu %g\n", name, 100 * (cpu_of(child) - from) / SECONDS);
    printf("%s_memory %g\n", name, number_in(child, "status", "VmHWM:") / 1024);
    stop(child);
}

int
measure_play(const char *program)
{
    const char *cache = getenv("XDG_RUNTIME_DIR");

    if (cache) setenv("XDG_CACHE_HOME", cache, 1);
    printf("first_sound_cold %g\n", first_sound(program, WAKE, false));
    printf("first_sound %g\n", first_sound(program, WAKE, false));
    printf("first_sound_listening %g\n", first_sound(program, WAKE, true));
    printf("first_word %g\n", first_sound(program, LOUD, false));
    play_for_a_while(program, false, "play");
    play_for_a_while(program, true, "listen");
    return 0;
}

void
measure_room(struct figures *figures, const char *self)
{
    char command[3 * PATH];

    snprintf(command, sizeof command,
             "exec bash %s/tests/room/room.sh %s --room", ROLLCALL_SOURCE,
             self);
    FILE *lines = popen(command, "r");
    if (!lines) return;
    figures_of(figures, lines, kinds, sizeof kinds / sizeof *kinds);
    pclose(lines);
}
