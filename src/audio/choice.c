// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/choice.h"

#include "audio/backend.h"
#include "audio/deadline.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
    MOST_CHANNELS = 2,
};

static bool
contains(const char *text, const char *part)
{
    size_t length = strlen(part);
    for (; *text; text++)
        if (strncasecmp(text, part, length) == 0) return true;
    return false;
}

static int
channels_of(PaDeviceIndex device, bool input)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(device);
    return input ? info->maxInputChannels : info->maxOutputChannels;
}

PaDeviceIndex
choice_of(const char *name, bool input)
{
    if (!name)
        return input ? Pa_GetDefaultInputDevice() : Pa_GetDefaultOutputDevice();
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++)
        if (channels_of(i, input) > 0 &&
            contains(Pa_GetDeviceInfo(i)->name, name))
            return i;
    return paNoDevice;
}

enum status
choice_output(const char *name, PaDeviceIndex *out, struct diag *diag)
{
    *out = choice_of(name, false);
    if (*out != paNoDevice) return STATUS_OK;
    if (!name || Pa_GetDeviceCount() <= 0) return backend_none(diag);
    diag_set(diag, NULL,
             "No sound device that plays has \"%s\" in its name; `rollcall "
             "devices` lists them.",
             name);
    return STATUS_NO_DEVICE;
}

PaDeviceIndex
choice_input(const char *name, char *note, size_t size)
{
    PaDeviceIndex input = choice_of(name, true);

    if (input == paNoDevice && name)
        snprintf(note, size,
                 "no microphone: no device that records has \"%s\" in its "
                 "name",
                 name);
    else if (input == paNoDevice)
        snprintf(note, size, "no microphone: none was found");
    return input;
}

// "...(hw:2,0)" -> 2; -1 where it is no card's own device.
static int
card_of(PaDeviceIndex device)
{
    int         card = -1;
    const char *hw   = strstr(Pa_GetDeviceInfo(device)->name, "(hw:");
    if (hw && sscanf(hw, "(hw:%d", &card) != 1) card = -1;
    return card;
}

bool
choice_is_one_clock(PaDeviceIndex output, PaDeviceIndex input)
{
    PaHostApiIndex       api  = Pa_GetDeviceInfo(output)->hostApi;
    const PaHostApiInfo *info = Pa_GetHostApiInfo(api);

    if (output == input) return true;
    if (api != Pa_GetDeviceInfo(input)->hostApi) return false;
    if (info->type != paALSA) return true;
    return card_of(output) >= 0 && card_of(output) == card_of(input);
}

// A bare card would play mono on the left only.
int
choice_channels(PaDeviceIndex output)
{
    static const char *const clever[] = {"default",  "sysdefault", "pulse",
                                         "pipewire", "jack",       "plug"};
    const PaDeviceInfo      *info     = Pa_GetDeviceInfo(output);

    if (Pa_GetHostApiInfo(info->hostApi)->type == paALSA)
        for (size_t i = 0; i < sizeof clever / sizeof *clever; i++)
            if (strncmp(info->name, clever[i], strlen(clever[i])) == 0)
                return 1;
    return info->maxOutputChannels < MOST_CHANNELS ? info->maxOutputChannels
                                                   : MOST_CHANNELS;
}

static bool
is_all_there(const char *output, const char *input, bool listen)
{
    return choice_of(output, false) != paNoDevice &&
           (!listen || choice_of(input, true) != paNoDevice);
}

// Whether a sound server runs, so that devices should be found.
static bool
is_server_there(void)
{
    const char *folder = getenv("XDG_RUNTIME_DIR");
    char        path[1024];

    if (getenv("PULSE_SERVER")) return true;
    if (!folder) return false;
    snprintf(path, sizeof path, "%s/pulse/native", folder);
    if (access(path, F_OK) == 0) return true;
    snprintf(path, sizeof path, "%s/pipewire-0", folder);
    return access(path, F_OK) == 0;
}

// ms, before each further look for what was not found at once: most of it is
// there a moment later.
static const int looks[] = {25, 150, 500, 900};

enum status
choice_look_again(const char *output, const char *input, bool listen,
                  struct diag *diag)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        bool some = Pa_GetDeviceCount() > 0 || is_server_there();
        if (!some || is_all_there(output, input, listen)) break;
        backend_stop();
        deadline_sleep(looks[i]);
        enum status st = backend_start(diag);
        if (st) return st;
    }
    return STATUS_OK;
}
