// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio_render.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 5, PATH = 4096 };

struct cost {
    double cpu;    // s, the least of all rounds
    double memory; // MB
};

static double
seconds(const struct rusage *use)
{
    return (double)(use->ru_utime.tv_sec + use->ru_stime.tv_sec) +
           (double)(use->ru_utime.tv_usec + use->ru_stime.tv_usec) / 1e6;
}

// One run by the shell; its whole family's time.
static bool
spend(struct cost *cost, const char *command)
{
    struct rusage before, after;
    int           status;

    getrusage(RUSAGE_CHILDREN, &before);
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
        return false;
    getrusage(RUSAGE_CHILDREN, &after);
    cost->cpu    = seconds(&after) - seconds(&before);
    cost->memory = (double)after.ru_maxrss / 1024;
    return true;
}

static struct cost
least(const char *command, int rounds)
{
    struct cost best = {0};
    for (int i = 0; i < rounds; i++) {
        struct cost cost;
        if (!spend(&cost, command)) {
            fprintf(stderr, "bench_audio: failed: %s\n", command);
            return (struct cost){0};
        }
        if (i == 0 || cost.cpu < best.cpu) best = cost;
    }
    return best;
}

static void
compare(struct figures *figures, const char *program, const char *folder)
{
    char command[4 * PATH];

    snprintf(command, sizeof command,
             "cd %s && %s render upper-back -o a.wav -e e.jsonl 2>/dev/null",
             folder, program);
    struct cost wav = least(command, ROUNDS);
    snprintf(command, sizeof command,
             "cd %s && %s render upper-back -o a.flac 2>/dev/null", folder,
             program);
    struct cost flac = least(command, ROUNDS);
    snprintf(command, sizeof command,
             "cd %s && jq -r 'select(.event == \"say\").text' e.jsonl | "
             "sort -u >said.txt",
             folder);
    least(command, 1);
    snprintf(command, sizeof command,
             "cd %s && espeak-ng -v en-us -s 150 -p 38 -g 1 -f said.txt "
             "-w said.wav",
             folder);
    struct cost once = least(command, ROUNDS);
    snprintf(command, sizeof command,
             "cd %s && while read -r line; do espeak-ng -v en-us -s 150 "
             "-p 38 -g 1 -w said.wav \"$line\"; done <said.txt",
             folder);
    struct cost each = least(command, 2);
    snprintf(command, sizeof command,
             "cd %s && bash %s/tests/bench/audio_peer.sh e.jsonl peer.wav",
             folder, ROLLCALL_SOURCE);
    struct cost script = least(command, 2);

    figure(figures, "render_wav", wav.cpu, "s CPU", 0,
           "render upper-back to WAV");
    figure(figures, "render_flac", flac.cpu, "s CPU", 0,
           "render upper-back to FLAC");
    figure(figures, "espeak", once.cpu, "s CPU", 0,
           "espeak-ng, the same sentences, one call");
    figure(figures, "espeak_each", each.cpu, "s CPU", 0,
           "espeak-ng, the same sentences, a call each");
    figure(figures, "script", script.cpu, "s CPU", 0,
           "espeak-ng and sox by a shell script, the same session");
    figure(figures, "render_to_espeak", wav.cpu / once.cpu, "times", 1.5,
           "render to WAV against espeak-ng in one call");
    figure(figures, "render_to_espeak_each", wav.cpu / each.cpu, "times", 1.5,
           "render to WAV against a call each");
    figure(figures, "render_to_script", wav.cpu / script.cpu, "times", 1,
           "render to WAV against the script");
    figure(figures, "render_memory", wav.memory, "MB", 0,
           "memory of the largest of these");
}

void
measure_render(struct figures *figures, const char *program)
{
    char folder[] = "/tmp/bench_audio.XXXXXX", command[PATH];

    if (!mkdtemp(folder)) return;
    compare(figures, program, folder);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command)) fprintf(stderr, "%s is left\n", folder);
}
