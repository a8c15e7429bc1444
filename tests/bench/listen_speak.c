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

// How each sentence is spoken, what is behind it, and whether in a room.
static const struct manner {
    const char *stretch;
    bool        room;
    double      noise; // dB of the voice over the noise; 0: none
    double      level; // peak
} manners[] = {
    {"1.0", false, 0, 0.5},   {"0.85", false, 25, 0.1},
    {"1.15", false, 15, 0.3}, {"0.95", false, 10, 0.3},
    {"1.3", false, 0, 0.05},  {"1.05", false, 6, 0.5},
    {"0.9", true, 20, 0.2},   {"1.1", true, 12, 0.3},
    {"1.0", false, 10, 0.1},
};
#define MANNERS (sizeof manners / sizeof manners[0])

struct speak {
    struct phrases      *phrases;
    const struct corpus *corpus;
    char                 wav[64];
    enum speak_choice    choice;
    int                  fold; // of the only voice; -1: all
    size_t               at;   // of all utterances
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
    speak->fold   = -1;
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

// Faster or slower by resampling: another throat.
static struct vary
throat(struct speak *speak, int fold)
{
    struct vary vary = vary_any(speak->corpus, fold, &speak->random);
    vary.speed       = 0.8 + 0.45 * vary_random(&speak->random);
    vary.cut         = 0;
    return vary;
}

static void
place(struct speak *speak, struct vary *vary, const struct manner *manner,
      int fold)
{
    if (manner->room)
        vary->room = vary_pick(speak->corpus, CORPUS_RIR, fold, &speak->random);
    if (manner->noise > 0)
        vary->noise =
            vary_pick(speak->corpus, CORPUS_NOISE, fold, &speak->random);
}

static void
drown(struct speak *speak, struct vary *vary, int fold)
{
    vary->noise = vary_pick(speak->corpus, CORPUS_NOISE, fold, &speak->random);
    vary->over  = 5 + 10 * vary_random(&speak->random);
}

static struct pcm *
say(struct speak *speak, const char *voice, const struct manner *manner,
    const char *text, int fold)
{
    struct pcm *said = NULL;
    if (!run_flite(speak, voice, manner->stretch, text) ||
        clip_read(&said, speak->wav, 16000, NULL) != STATUS_OK)
        return NULL;
    struct vary vary = {.over = manner->noise, .level = manner->level};
    if (speak->choice == SPEAK_VARIED)
        vary = throat(speak, fold);
    else if (speak->choice == SPEAK_NOISY)
        drown(speak, &vary, fold);
    else
        place(speak, &vary, manner, fold);
    struct pcm *placed = vary_make(&vary, said, &speak->random);
    pcm_drop(said);
    return placed;
}

static bool
is_chosen(const struct speak *speak, size_t text, size_t manner)
{
    const struct phrases *p      = speak->phrases;
    double                wanted = speak->choice == SPEAK_OVER_10 ? 10 : 0;
    if (speak->choice == SPEAK_HALF) return (text + manner) % 2 == 0;
    if (speak->choice == SPEAK_VARIED || speak->choice == SPEAK_NOISY)
        return text % MANNERS == manner;
    if (speak->choice == SPEAK_BARE)
        return manners[manner].noise <= 0 && !manners[manner].room;
    return text < p->phrase_count && strchr(p->phrases[text].text, ' ') &&
           manners[manner].noise == wanted && manners[manner].level > 0.1;
}

// Answers count where they are asked for, all else in any state.
static uint64_t
counts_in(const struct phrases *p, int command)
{
    for (size_t i = 0; i < p->state_count && p->asked >> command & 1; i++)
        if (p->allowed[i] >> command & 1) return p->allowed[i];
    return UINT64_MAX;
}

void
speak_skip(struct speak *speak, size_t count)
{
    speak->at += count;
}

void
speak_only(struct speak *speak, int fold)
{
    speak->fold = fold;
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
        int    fold    = (int)voice % CORPUS_FOLDS;
        if (speak->fold >= 0 && speak->fold != fold) continue;
        if (!is_chosen(speak, text, manner)) continue;
        spoken->text =
            command ? p->phrases[text].text : others[text - p->phrase_count];
        spoken->command = command ? p->commands[p->phrases[text].command] : "";
        spoken->allowed =
            command ? counts_in(p, p->phrases[text].command) : UINT64_MAX;
        spoken->fold = fold;
        pcm_drop(speak->pcm);
        speak->pcm  = say(speak, voice_names[voice], &manners[manner],
                          spoken->text, spoken->fold);
        spoken->pcm = speak->pcm;
        if (speak->pcm) return true;
    }
    return false;
}
