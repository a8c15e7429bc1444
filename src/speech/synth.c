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

struct sound {
    short *samples;
    size_t count;
    size_t capacity;
    bool   failed;
};

static bool
sound_add(struct sound *sound, const short *samples, size_t count)
{
    const size_t most = SYNTH_MOST_SECONDS * (size_t)loaded_rate;
    if (sound->count + count > most) return false;
    if (sound->count + count > sound->capacity) {
        size_t capacity = (sound->count + count) * 2;
        short *grown    = realloc(sound->samples, capacity * sizeof *grown);
        if (!grown) {
            sound->failed = true;
            return false;
        }
        sound->samples  = grown;
        sound->capacity = capacity;
    }
    memcpy(sound->samples + sound->count, samples, count * sizeof *samples);
    sound->count += count;
    return true;
}

// Called by espeak_Synth() on its caller's thread; 1 ends the synthesis.
static int
on_samples(short *samples, int count, espeak_EVENT *events)
{
    if (!samples || count <= 0 || !events) return 0;
    return !sound_add(events->user_data, samples, (size_t)count);
}

// It looks for a sound server even where it is to play nothing (1.51), and
// would wait for one that hangs: none is shown to it.
static int
initialize(void)
{
    const char *server = getenv("PULSE_SERVER");
    char       *saved  = server ? strdup(server) : NULL;

    setenv("PULSE_SERVER", "unix:/dev/null", 1);
    int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 200, NULL,
                                 espeakINITIALIZE_DONT_EXIT);
    if (saved)
        setenv("PULSE_SERVER", saved, 1);
    else
        unsetenv("PULSE_SERVER");
    free(saved);
    return rate;
}

static enum status
load(struct diag *diag)
{
    if (loaded_rate > 0) return STATUS_OK;
    int rate = initialize();
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

const short *
synth_say(const char *text, size_t *count, unsigned *rate)
{
    static struct sound sound; // its room is kept from text to text
    static const short  nothing;

    sound.count  = 0;
    sound.failed = false;
    srand(1); // the engine draws breath and hiss from rand()
    espeak_ERROR error =
        espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
                     espeakCHARS_UTF8 | espeakPHONEMES, NULL, &sound);
    if (sound.failed || error != EE_OK) return NULL;
    *count = sound.count;
    *rate  = (unsigned)loaded_rate;
    return sound.samples ? sound.samples : &nothing;
}

const char *
synth_version(void)
{
    const char *data = NULL;
    return espeak_Info(&data);
}
