// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/choice.h"

#include "audio/backend.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MOST_CHANNELS = 2 };

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
