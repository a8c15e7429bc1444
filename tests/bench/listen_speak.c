// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_speak.h"

#include "audio/clip.h"
#include "base/path.h"
#include "listen/phrases.h"
#include "listen_vary.h"
#include <math.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARGIN 8000 // samples of room before and after the words
#define FEWER  3    // of so many manners one, where not all are wanted

extern char **environ;

static const char *const voice_names[] = {"awb", "rms", "slt", "kal16"};
#define VOICES (sizeof voice_names / sizeof voice_names[0])

// What is said and is no command, some of it close to one.
static const char *const others[] = {
    "the next day",
    "next week",
    "stopping by",
    "on the top",
    "he stopped",
    "go home now",
    "no idea",
    "I know",
    "yesterday",
    "nobody knows",
    "goes on and on",
    "a star",
    "the art",
    "pores",
    "because",
    "the paws",
    "presume so",
    "assume",
    "the exit",
    "text me",
    "next door",
    "necks",
    "sets and reps",
    "set the table",
    "mixed up",
    "what time is it",
    "how much is it",
    "how long have you been here",
    "where were you",
    "where is it",
    "which one",
    "help yourself",
    "I helped him",
    "a loud bang",
    "it is quite late",
    "quite a lot",
    "more or less",
    "time after time",
    "less is more",
    "ten minutes",
    "a bit of cake",
    "make it so",
    "take it",
    "say hello",
    "they say that",
    "wait for me",
    "a moment ago",
    "break it",
    "keep it",
    "going to town",
    "carry it",
    "continental",
    "a back yard",
    "get back",
    "backpack",
    "come back later",
    "skip the rope",
    "move over",
    "under",
    "and do",
    "undone",
    "it is hers",
    "it hardly works",
    "that's hers",
    "out",
    "how",
    "couch",
    "touch",
    "nice",
    "yet",
    "yell",
    "guess",
    "mess",
    "low",
    "so",
    "toe",
    "show",
    "grow",
    "coat",
    "note",
    "nose",
    "shop",
    "step",
    "stock",
    "start up",
    "smart",
    "chart",
    "heart",
    "card",
    "ready or not",
    "already",
    "red",
    "reading",
    "steady",
    "let it go",
    "let's see",
    "lettuce",
    "good morning",
    "the weather is fine today",
    "turn on the light",
    "I would like a cup of coffee",
    "did you see the game last night",
    "roll slowly from the neck down to the ribs",
    "keep your hips low",
    "breathe out as you roll",
    "lean into the ball",
    "ten seconds left",
    "three two one",
    "halfway",
    "switch to the other side",
    "rest now",
    "lie on your back",
    "push with your legs",
    "hold it there",
    "hold",
    "the news at ten",
    "call me later",
    "thank you very much",
    "see you soon",
    "what is for dinner",
    "close the door",
    "can you hear me",
    "hello there",
    "one two three four",
    "the music is nice",
    "play a song",
    "happy birthday",
};
#define OTHERS (sizeof others / sizeof others[0])

// How each sentence is spoken and what is behind it.
static const struct manner {
    const char *stretch, *pitch;
    double      noise; // dB of the voice over the noise; 0: none
    double      level; // peak
} manners[] = {
    {"1.0", NULL, 0, 0.5},   {"0.85", NULL, 25, 0.1}, {"1.15", NULL, 15, 0.3},
    {"0.95", NULL, 10, 0.3}, {"1.3", NULL, 0, 0.05},  {"1.05", NULL, 6, 0.5},
};
#define MANNERS (sizeof manners / sizeof manners[0])

struct speak {
    struct phrases      *phrases;
    const struct corpus *corpus;
    char                 wav[64];
    enum speak_choice    choice;
    size_t               at; // of all utterances
    uint32_t             random;
    struct pcm          *pcm;
};

enum status
speak_open(struct speak **out, const struct corpus *corpus, const char *voices,
           enum speak_choice choice, struct diag *diag)
{
    char          path[PATH_SIZE];
    struct speak *speak = calloc(1, sizeof *speak);
    if (!speak) return STATUS_NO_MEMORY;
    enum status status = path_join(path, voices, "commands.yaml")
                             ? phrases_read(&speak->phrases, path, diag)
                             : STATUS_BAD_INPUT;
    if (status != STATUS_OK) {
        free(speak);
        return status;
    }
    speak->corpus = corpus;
    speak->choice = choice;
    speak->random = 12345;
    snprintf(speak->wav, sizeof speak->wav, "/tmp/rollcall-speak-%d.wav",
             (int)getpid());
    *out = speak;
    return STATUS_OK;
}

void
speak_close(struct speak *speak)
{
    if (!speak) return;
    remove(speak->wav);
    phrases_free(speak->phrases);
    pcm_drop(speak->pcm);
    free(speak);
}

static uint32_t
next_random(struct speak *speak)
{
    speak->random = speak->random * 1664525U + 1013904223U;
    return speak->random >> 8;
}

static bool
run_flite(const struct speak *speak, const char *voice, const char *stretch,
          const char *text)
{
    char  set[64];
    pid_t child;
    int   status = 0;
    snprintf(set, sizeof set, "duration_stretch=%s", stretch);
    const char *const argv[] = {"flite", "-voice", voice, "--setf",   set,
                                "-t",    text,     "-o",  speak->wav, NULL};
    if (posix_spawnp(&child, "flite", NULL, NULL, (char *const *)argv, environ))
        return false;
    return waitpid(child, &status, 0) == child && status == 0;
}

// Some noise of the corpus, of the voice's fold.
static struct pcm *
pick_noise(struct speak *speak, int fold)
{
    struct pcm             *pcm = NULL;
    const struct recording *r =
        vary_pick(speak->corpus, CORPUS_NOISE, fold, &speak->random);
    return r && clip_read(&pcm, r->path, 16000, NULL) == STATUS_OK ? pcm : NULL;
}

static void
add_noise(struct speak *speak, struct pcm *to, double over, int fold)
{
    struct pcm *noise = pick_noise(speak, fold);
    if (!noise) return;
    double voice = vary_level(to->samples, to->frames);
    double gain =
        voice / vary_level(noise->samples, noise->frames) * pow(10, -over / 20);
    for (int64_t i = 0; i < to->frames && noise->frames > 0; i++)
        to->samples[i] += (float)gain * noise->samples[i % noise->frames];
    pcm_drop(noise);
}

// With silence around it, a faint hiss, and at the manner's level.
static struct pcm *
place(struct speak *speak, const struct pcm *said, const struct manner *manner,
      int fold)
{
    struct pcm *to   = pcm_new(16000, said->frames + 2 * MARGIN);
    float       peak = 1e-6F;
    if (!to) return NULL;
    for (int64_t i = 0; i < said->frames; i++)
        if (fabsf(said->samples[i]) > peak) peak = fabsf(said->samples[i]);
    for (int64_t i = 0; i < said->frames; i++)
        to->samples[MARGIN + i] =
            said->samples[i] * (float)manner->level / peak;
    if (manner->noise > 0) add_noise(speak, to, manner->noise, fold);
    for (int64_t i = 0; i < to->frames; i++)
        to->samples[i] += 2e-4F * ((float)next_random(speak) / 8388608 - 1);
    return to;
}

static struct pcm *
say(struct speak *speak, const char *voice, const struct manner *manner,
    const char *text, int fold)
{
    struct pcm *said = NULL;
    if (!run_flite(speak, voice, manner->stretch, text) ||
        clip_read(&said, speak->wav, 16000, NULL) != STATUS_OK)
        return NULL;
    struct pcm *placed = place(speak, said, manner, fold);
    pcm_drop(said);
    return placed;
}

static bool
is_chosen(const struct speak *speak, size_t text, size_t voice, size_t manner)
{
    const struct phrases *p      = speak->phrases;
    double                wanted = speak->choice == SPEAK_OVER_10 ? 10 : 0;
    if (speak->choice == SPEAK_ALL) return true;
    if (speak->choice == SPEAK_SOME)
        return (text + voice + manner) % FEWER == 0;
    return text < p->phrase_count && strchr(p->phrases[text].text, ' ') &&
           manners[manner].noise == wanted && manners[manner].level > 0.1;
}

void
speak_skip(struct speak *speak, size_t count)
{
    speak->at += count;
}

bool
speak_next(struct speak *speak, struct spoken *spoken)
{
    const struct phrases *p     = speak->phrases;
    size_t                texts = p->phrase_count + OTHERS;
    while (speak->at < texts * VOICES * MANNERS) {
        size_t at      = speak->at++;
        size_t voice   = at % VOICES;
        size_t manner  = at / VOICES % MANNERS;
        size_t text    = at / VOICES / MANNERS;
        bool   command = text < p->phrase_count;
        if (!is_chosen(speak, text, voice, manner)) continue;
        spoken->text =
            command ? p->phrases[text].text : others[text - p->phrase_count];
        spoken->command = command ? p->commands[p->phrases[text].command] : "";
        spoken->fold    = (int)voice % CORPUS_FOLDS;
        pcm_drop(speak->pcm);
        speak->pcm  = say(speak, voice_names[voice], &manners[manner],
                          spoken->text, spoken->fold);
        spoken->pcm = speak->pcm;
        if (speak->pcm) return true;
    }
    return false;
}
