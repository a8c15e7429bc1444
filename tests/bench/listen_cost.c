// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_cost.h"

#include "audio/clip.h"
#include "base/path.h"
#include "listen/phrases.h"
#include "listen_vary.h"
#include <fcntl.h>

#include <libgen.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define RATE    16000
#define SECONDS 240
#define HISS    30.0 // of 32768

extern char **environ;

struct files {
    char wav[64], phrases[64];
};

static void
write_head(FILE *file, uint32_t frames)
{
    uint32_t bytes = 2 * frames, riff = 36 + bytes, sixteen = 16;
    uint32_t rate = RATE, a_second = 2 * RATE;
    uint16_t one = 1, two = 2, bits = 16;
    fwrite("RIFF", 1, 4, file);
    fwrite(&riff, 4, 1, file);
    fwrite("WAVEfmt ", 1, 8, file);
    fwrite(&sixteen, 4, 1, file);
    fwrite(&one, 2, 1, file);
    fwrite(&one, 2, 1, file);
    fwrite(&rate, 4, 1, file);
    fwrite(&a_second, 4, 1, file);
    fwrite(&two, 2, 1, file);
    fwrite(&bits, 2, 1, file);
    fwrite("data", 1, 4, file);
    fwrite(&bytes, 4, 1, file);
}

static void
write_samples(FILE *file, const struct pcm *pcm, int64_t count,
              uint32_t *random)
{
    for (int64_t i = 0; i < count; i++) {
        double x = HISS * (2 * vary_random(random) - 1);
        if (pcm) x += 32767 * fmax(-1, fmin(1, (double)pcm->samples[i]));
        int16_t sample = (int16_t)fmax(-32768, fmin(32767, x));
        fwrite(&sample, sizeof sample, 1, file);
    }
}

// Returns the seconds written.
static double
write_track(const struct files *files, const struct corpus *corpus,
            enum corpus_group group, int silence)
{
    int64_t  at = 0, most = (int64_t)SECONDS * RATE;
    uint32_t random = 5;
    FILE    *file   = fopen(files->wav, "wb");
    if (!file) return 0;
    write_head(file, 0);
    for (size_t i = 0; i < corpus->count && at < most; i++) {
        const struct recording *r   = &corpus->recordings[i];
        struct pcm             *pcm = NULL;
        if (r->group != group ||
            clip_read(&pcm, r->path, RATE, NULL) != STATUS_OK)
            continue;
        write_samples(file, pcm, pcm->frames, &random);
        write_samples(file, NULL, silence * pcm->frames, &random);
        at += (1 + silence) * pcm->frames;
        pcm_drop(pcm);
    }
    rewind(file);
    write_head(file, (uint32_t)at);
    fclose(file);
    return (double)at / RATE;
}

static bool
write_phrases(const struct files *files, const char *voices)
{
    char            path[PATH_SIZE];
    struct phrases *phrases = NULL;
    struct diag     diag    = {""};
    FILE           *file    = fopen(files->phrases, "w");
    bool            fine = file && path_join(path, voices, "commands.yaml") &&
                phrases_read(&phrases, path, &diag) == STATUS_OK;
    for (size_t i = 0; fine && i < phrases->phrase_count; i++)
        fprintf(file, "%s /1e-20/\n", phrases->phrases[i].text);
    phrases_free(phrases);
    return file && fclose(file) == 0 && fine;
}

static double
run(const char *const *argv, double *memory)
{
    posix_spawn_file_actions_t actions;
    struct rusage              usage  = {0};
    int                        status = 1;
    pid_t                      child;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, argv[0], &actions, NULL,
                              (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed || wait4(child, &status, 0, &usage) != child || status != 0)
        return 0;
    if (memory) *memory = (double)usage.ru_maxrss / 1024;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static struct cost
measure(const struct files *files, const char *voices, double seconds)
{
    struct cost cost            = {0, 0, 0};
    char        self[PATH_SIZE] = "", program[PATH_SIZE];
    ssize_t     length   = readlink("/proc/self/exe", self, PATH_SIZE - 1);
    const char *theirs[] = {"pocketsphinx_continuous",
                            "-kws",
                            files->phrases,
                            "-infile",
                            files->wav,
                            "-logfn",
                            "/dev/null",
                            NULL};
    if (seconds <= 0 || length <= 0 ||
        !path_join(program, dirname(self), "rollcall"))
        return cost;
    const char *ours[] = {program, "listen", files->wav, NULL};
    cost.ours          = run(ours, &cost.memory) / seconds;
    if (write_phrases(files, voices)) cost.theirs = run(theirs, NULL) / seconds;
    remove(files->wav);
    remove(files->phrases);
    return cost;
}

static struct files
name_files(void)
{
    struct files files;
    snprintf(files.wav, sizeof files.wav, "/tmp/rollcall-cost-%d.wav",
             (int)getpid());
    snprintf(files.phrases, sizeof files.phrases, "/tmp/rollcall-cost-%d.txt",
             (int)getpid());
    return files;
}

struct cost
cost_of_speech(const struct corpus *corpus, const char *voices)
{
    struct files files = name_files();
    return measure(&files, voices,
                   write_track(&files, corpus, CORPUS_SPEECH, 0));
}

struct cost
cost_of_session(const struct corpus *corpus, const char *voices)
{
    struct files files = name_files();
    return measure(&files, voices,
                   write_track(&files, corpus, CORPUS_COMMANDS, 4));
}
