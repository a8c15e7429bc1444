// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/synth.h"

#include "base/path.h"
#include <espeak-ng/speak_lib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// espeak_Terminate() may wait for its own idle thread for ever (1.51), so that
// the engine stays loaded until the process ends.
static int loaded_rate;

struct take {
    short *samples;
    size_t count;
    size_t capacity;
    bool   failed;
};

static bool
take_add(struct take *take, const short *samples, size_t count)
{
    const size_t most = SYNTH_MOST_SECONDS * (size_t)loaded_rate;
    if (take->count + count > most) return false;
    if (take->count + count > take->capacity) {
        size_t capacity = (take->count + count) * 2;
        short *grown    = realloc(take->samples, capacity * sizeof *grown);
        if (!grown) {
            take->failed = true;
            return false;
        }
        take->samples  = grown;
        take->capacity = capacity;
    }
    memcpy(take->samples + take->count, samples, count * sizeof *samples);
    take->count += count;
    return true;
}

// Called by espeak_Synth() on its caller's thread; 1 ends the synthesis.
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
    if (!samples || count <= 0 || !events) return 0;
    return !take_add(events->user_data, samples, (size_t)count);
}

static enum status
load(struct diag *diag)
{
    if (loaded_rate > 0) return STATUS_OK;
    int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 200, NULL,
                                 espeakINITIALIZE_DONT_EXIT);
    if (rate <= 0) {
        diag_set(diag, "eSpeak NG",
                 "cannot be started; is the package espeak-ng-data "
                 "installed?");
        return STATUS_FAILED;
    }
    espeak_SetSynthCallback(on_samples);
    loaded_rate = rate;
    return STATUS_OK;
}

// eSpeak NG takes "en+anything" without a word where no such variant exists.
static bool
variant_exists(const char *voice)
{
    const char *plus = strchr(voice, '+');
    if (!plus) return true;

    const char *data = NULL;
    char        folder[PATH_SIZE], path[PATH_SIZE];
    espeak_Info(&data);
    return plus[1] != '\0' && !strchr(plus, '/') && data &&
           path_join(folder, data, "voices/!v") &&
           path_join(path, folder, plus + 1) && path_exists(path);
}

static enum status
set_voice(const char *voice, struct diag *diag)
{
    if (!variant_exists(voice)) {
        diag_set(diag, voice,
                 "eSpeak NG has no such voice variant; "
                 "\"espeak-ng --voices=variant\" lists them");
        return STATUS_NOT_FOUND;
    }
    if (espeak_SetVoiceByName(voice) != EE_OK) {
        diag_set(diag, voice,
                 "eSpeak NG has no such voice; "
                 "\"espeak-ng --voices\" lists them");
        return STATUS_NOT_FOUND;
    }
    return STATUS_OK;
}

enum status
synth_start(const struct profile *profile, struct diag *diag)
{
    enum status st = load(diag);
    if (st == STATUS_OK) st = set_voice(profile->voice, diag);
    if (st != STATUS_OK) return st;

    espeak_SetParameter(espeakRATE, profile->rate, 0);
    espeak_SetParameter(espeakPITCH, profile->pitch, 0);
    espeak_SetParameter(espeakRANGE, profile->range, 0);
    espeak_SetParameter(espeakWORDGAP, profile->word_gap, 0);
    return STATUS_OK;
}

static struct pcm *
to_pcm(const struct take *take)
{
    struct pcm *pcm = pcm_new((unsigned)loaded_rate, (int64_t)take->count);
    if (!pcm) return NULL;
    for (size_t i = 0; i < take->count; i++) {
        pcm->samples[i] = (float)take->samples[i] / 32768.0f;
    }
    return pcm;
}

struct pcm *
synth_say(const char *text)
{
    struct take take = {0};

    srand(1); // the engine draws breath and hiss from rand()
    espeak_ERROR error  = espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER,
                                       0, espeakCHARS_UTF8, NULL, &take);
    bool         failed = take.failed || error != EE_OK;
    struct pcm  *pcm    = failed ? NULL : to_pcm(&take);
    free(take.samples);
    return pcm;
}
