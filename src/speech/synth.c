// SPDX-License-Identifier: GPL-3.0-or-later
#include "speech/synth.h"

#include "base/path.h"
#include <espeak-ng/speak_lib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HUSHED 60 // of 32768: a sample in a pause

// espeak_Terminate() may wait for its own idle thread for ever (1.51), so that
// the engine stays loaded until the process ends.
static int loaded_rate;

static int comma; // ms of silence, 0: the engine's own

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
    comma = profile->comma;
    return STATUS_OK;
}

static bool
say_piece(struct sound *sound, const char *text)
{
    espeak_ERROR error =
        espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
                     espeakCHARS_UTF8 | espeakPHONEMES, NULL, sound);
    return !sound->failed && error == EE_OK;
}

// In place of what the engine left silent at the end.
static void
add_pause(struct sound *sound)
{
    static const short silence[480];
    size_t             left = (size_t)comma * (size_t)loaded_rate / 1000;

    while (sound->count > 0 && abs(sound->samples[sound->count - 1]) < HUSHED)
        sound->count--;
    for (size_t some; left > 0; left -= some) {
        some = left < 480 ? left : 480;
        if (!sound_add(sound, silence, some)) return;
    }
}

// Up to the space after its first comma; a comma in phonemes is none.
static size_t
piece_at(const char *text)
{
    const char *end = strstr(text, ", ");
    return end ? (size_t)(end - text) + 2 : strlen(text);
}

// Each piece keeps its comma, and so the tune that belongs to it.
static bool
say_pieces(struct sound *sound, const char *text)
{
    char *copy = strdup(text);
    bool  good = copy != NULL;

    for (char *at = copy; good && *at;) {
        size_t length = piece_at(at);
        char   next   = at[length];
        at[length]    = '\0';
        good          = say_piece(sound, at);
        at += length;
        *at = next;
        if (next) add_pause(sound);
    }
    free(copy);
    return good;
}

const short *
synth_say(const char *text, size_t *count, unsigned *rate)
{
    static struct sound sound; // its room is kept from text to text
    static const short  nothing;

    sound.count  = 0;
    sound.failed = false;
    srand(1); // the engine draws breath and hiss from rand()
    if (!(comma ? say_pieces(&sound, text) : say_piece(&sound, text)))
        return NULL;
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
