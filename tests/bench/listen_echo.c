// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_echo.h"

#include "audio/clip.h"
#include "base/path.h"
#include "base/text.h"
#include "listen/probe.h"
#include "listen_speak.h"
#include <fcntl.h>
#include <libgen.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RATE      16000
#define ROOM      4800 // samples of a room's answer: 300 ms
#define PERSON    0.05 // level of a speaking person, of full scale
#define EVERY     6.0  // seconds from one phrase to the next
#define EVERY_ALL 4.5  // from one sentence of any kind to the next
#define SPREAD    53   // utterances of which one is spoken
#define MOST_SAID 256

extern char **environ;

struct said {
    int64_t from, to; // frames
    int     fold;
    char    command[CASE_WORD];
};

// Devices: samples from the loudspeaker's stream to the sound, and how fast its
// clock runs: 20 ppm are a frame in 50000.
static const struct device {
    int64_t  delay;
    unsigned rate; // as the microphone's clock has it
} devices[] = {{800, 48000}, {320, 48001}, {1900, 47999}, {4000, 48000}};

struct echo {
    const struct echo_plan *plan;
    struct pcm             *played;
    struct pcm             *sounding; // the same by the microphone's clock
    struct pcm             *heard;
    int                     fold; // of the room
    struct said             said[MOST_SAID];
    int                     count;
};

// Renders the routine with the program beside this one.
static enum status
render(struct pcm **out, const char *routine, struct diag *diag)
{
    char    self[PATH_SIZE] = "", program[PATH_SIZE], file[64];
    ssize_t length          = readlink("/proc/self/exe", self, PATH_SIZE - 1);
    pid_t   child;
    int     status = 1;
    snprintf(file, sizeof file, "/tmp/rollcall-echo-%d.wav", (int)getpid());
    if (length <= 0 || !path_join(program, dirname(self), "rollcall"))
        return STATUS_NOT_FOUND;
    const char *argv[] = {program, "render", "--no-listen", routine,
                          "-o",    file,     NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawn(&child, program, &actions, NULL,
                             (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) {
        diag_set(diag, program, "%s", strerror(failed));
        return STATUS_NOT_FOUND;
    }
    waitpid(child, &status, 0);
    enum status result =
        status == 0 ? clip_read(out, file, 0, diag) : STATUS_FAILED;
    remove(file);
    return result;
}

static double
level(const struct pcm *pcm)
{
    return vary_level(pcm->samples, pcm->frames);
}

static void
add(struct pcm *to, const struct pcm *dry, const struct pcm *room, double gain,
    int64_t at)
{
    double  sum   = 1e-12;
    int64_t count = room->frames < ROOM ? room->frames : ROOM;
    for (int64_t k = 0; k < count; k++)
        sum += (double)room->samples[k] * (double)room->samples[k];
    float scale = (float)(gain / sqrt(sum));
    for (int64_t i = 0; i < dry->frames; i++) {
        float   x    = scale * dry->samples[i];
        int64_t left = to->frames - at - i;
        if (fabsf(x) < 1e-7F || left <= 0) continue;
        float *out = to->samples + at + i;
        for (int64_t k = 0; k < (count < left ? count : left); k++)
            out[k] += x * room->samples[k];
    }
}

static bool
is_wanted(const struct spoken *spoken, const struct listener *listener,
          uint64_t allowed)
{
    if (!*spoken->command) return true;
    for (size_t i = 0; i < listener_commands(listener); i++)
        if (strcmp(listener_command(listener, i), spoken->command) == 0)
            return allowed >> i & 1;
    return false;
}

static void
say(struct echo *echo, const struct spoken *spoken, const struct pcm *room,
    int64_t at)
{
    struct said *said = &echo->said[echo->count++];
    add(echo->heard, spoken->pcm, room, PERSON / level(spoken->pcm), at);
    *said = (struct said){at, at + spoken->pcm->frames, spoken->fold, ""};
    text_copy(said->command, sizeof said->command, spoken->command);
}

// Each room and level begins elsewhere among the sentences.
static enum status
open_speak(struct speak **speak, const struct echo *echo, int nth,
           struct diag *diag)
{
    const struct echo_plan *plan = echo->plan;
    bool                    all  = plan->spoken == ECHO_ALL;
    enum status status           = speak_open(speak, plan->corpus, plan->voices,
                                    all ? SPEAK_BARE : SPEAK_PLAIN, diag);
    if (status != STATUS_OK) return status;
    speak_skip(*speak, 7 * (size_t)nth);
    if (all) speak_skip(*speak, (size_t)(97 * (plan->level + 20)));
    if (nth >= ECHO_FITTED) speak_only(*speak, echo->fold);
    return STATUS_OK;
}

// What counts while a session plays, one every few seconds.
static enum status
speak_over(struct echo *echo, const struct listener *listener,
           const struct pcm *room, uint64_t allowed, int nth, struct diag *diag)
{
    struct speak *speak = NULL;
    struct spoken spoken;
    int64_t       at     = 2 * RATE;
    double        every  = echo->plan->spoken == ECHO_ALL ? EVERY_ALL : EVERY;
    enum status   status = open_speak(&speak, echo, nth, diag);
    while (status == STATUS_OK && echo->count < MOST_SAID &&
           at + 4 * RATE < echo->heard->frames && speak_next(speak, &spoken)) {
        speak_skip(speak, SPREAD);
        if (!is_wanted(&spoken, listener, allowed)) continue;
        say(echo, &spoken, room, at);
        at += (int64_t)(every * RATE);
    }
    speak_close(speak);
    return status;
}

static enum status
note(struct cases *cases, const struct echo *echo, struct listener *listener,
     int first)
{
    struct heard heard;
    while (listener_next(listener, &heard)) {
        const struct evidence *evidence = listener_evidence(listener);
        if (!evidence) continue;
        struct listen_case *c = cases_add(cases);
        if (!c) return STATUS_NO_MEMORY;
        *c = (struct listen_case){
            .group = CORPUS_COMMANDS, .fold = echo->fold, .file = -1};
        for (int i = 0; i < echo->count; i++) {
            const struct said *said = &echo->said[i];
            if (heard.to < said->from || heard.from > said->to) continue;
            c->file = first + i;
            c->fold = said->fold;
            text_copy(c->said, sizeof c->said, said->command);
        }
        c->evidence = *evidence;
        text_copy(c->heard, sizeof c->heard, heard.command);
        text_copy(c->phrase, sizeof c->phrase, heard.phrase);
    }
    return STATUS_OK;
}

static enum status
listen(struct cases *cases, const struct echo *echo, struct listener *listener)
{
    enum status status = STATUS_OK;
    int         first  = cases->files[CORPUS_COMMANDS];
    listener_reset(listener);
    for (int64_t i = 0; i < echo->heard->frames && status == STATUS_OK;
         i += 1600) {
        int64_t left = echo->heard->frames - i;
        listener_feed(listener, echo->heard->samples + i,
                      echo->played->samples + i,
                      (size_t)(left < 1600 ? left : 1600));
        status = note(cases, echo, listener, first);
    }
    cases->files[CORPUS_COMMANDS] += echo->count;
    cases->audio[CORPUS_COMMANDS] += (double)echo->heard->frames / RATE;
    return status;
}

static enum status
one_room(struct cases *cases, struct echo *echo, struct listener *listener,
         const struct recording *r, int nth, struct diag *diag)
{
    struct pcm *room    = NULL;
    uint64_t    allowed = UINT64_MAX;
    uint32_t    random  = 7;
    enum status status  = clip_read(&room, r->path, RATE, diag);
    if (status != STATUS_OK) return status;
    listener_state(listener, "playing", &allowed);
    listener_allow(listener, allowed);
    echo->fold  = r->fold;
    echo->heard = pcm_new(RATE, echo->played->frames);
    echo->count = 0;
    if (!echo->heard) status = STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        double gain = PERSON * pow(10, echo->plan->level / 20);
        for (int64_t i = 0; i < echo->heard->frames; i++)
            echo->heard->samples[i] =
                (float)(2e-4 * (2 * vary_random(&random) - 1));
        add(echo->heard, echo->sounding, room, gain / level(echo->sounding),
            devices[nth % 4].delay);
        if (echo->plan->spoken != ECHO_ALONE)
            status = speak_over(echo, listener, room, allowed, nth, diag);
    }
    if (status == STATUS_OK) status = listen(cases, echo, listener);
    pcm_drop(echo->heard);
    pcm_drop(room);
    return status;
}

static void
shorten(struct pcm *pcm, double seconds)
{
    int64_t most = (int64_t)(seconds * pcm->rate);
    if (seconds > 0 && pcm->frames > most) pcm->frames = most;
}

// What is played, and the same as the microphone's clock sees it.
static enum status
play(struct echo *echo, const char *routine, int nth, struct diag *diag)
{
    struct pcm *pcm    = NULL;
    enum status status = render(&pcm, routine, diag);
    if (status != STATUS_OK) return status;
    shorten(pcm, echo->plan->seconds);
    echo->played   = pcm_resample(pcm, RATE);
    pcm->rate      = devices[nth % 4].rate;
    echo->sounding = pcm_resample(pcm, RATE);
    pcm_drop(pcm);
    return echo->played && echo->sounding ? STATUS_OK : STATUS_NO_MEMORY;
}

// The library, from the quietest level on another one first.
static const char *
routine_of(const struct echo_plan *plan, int nth)
{
    static const char *const all[] = {"upper-back",
                                      "calves",
                                      "cool-down",
                                      "desk-break",
                                      "elbows-in",
                                      "full-body",
                                      "glutes",
                                      "hamstrings",
                                      "hips",
                                      "it-band",
                                      "lats",
                                      "legs",
                                      "massage-chair",
                                      "lower-back-gentle",
                                      "quads",
                                      "shoulders-and-chest",
                                      "upper-back-quick",
                                      "upper-back-roller",
                                      "warm-up"};
    int                      shift = (int)((plan->level + 10) * 0.7);
    if (plan->routine) return plan->routine;
    return all[(nth + shift) % (int)(sizeof all / sizeof all[0])];
}

enum status
echo_hear(struct cases *cases, const void *how, struct diag *diag)
{
    const struct echo_plan *plan     = how;
    struct listener        *listener = NULL;
    struct listener_config  config   = {
           .voices = plan->voices, .rate = RATE, .cancel_echo = true};
    struct echo *echo   = calloc(1, sizeof *echo);
    int          rooms  = 0;
    enum status  status = echo ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        echo->plan = plan;
        status     = listener_open(&listener, &config, diag);
    }
    for (size_t i = 0; i < plan->corpus->count && status == STATUS_OK; i++) {
        const struct recording *r = &plan->corpus->recordings[i];
        if (r->group != CORPUS_RIR || rooms >= plan->first + plan->rooms)
            continue;
        if (rooms < plan->first) {
            rooms++;
            continue;
        }
        status = play(echo, routine_of(plan, rooms), rooms, diag);
        if (status == STATUS_OK)
            status = one_room(cases, echo, listener, r, rooms, diag);
        pcm_drop(echo->played);
        pcm_drop(echo->sounding);
        echo->played = echo->sounding = NULL;
        rooms++;
    }
    listener_close(listener);
    free(echo);
    return status;
}
