// SPDX-License-Identifier: GPL-3.0-or-later
// Which of PortAudio's devices to use, and how.  While PortAudio is started.
#ifndef AUDIO_CHOICE_H
#define AUDIO_CHOICE_H
#include "base/diag.h"
#include "base/status.h"
#include <portaudio.h>
#include <stdbool.h>
#include <stddef.h>

// The first device with NAME in its name, in letters of either case; the
// default one for NULL; or paNoDevice.
PaDeviceIndex
choice_of(const char *name, bool input);

// The same for playing, where nothing found is STATUS_NO_DEVICE.
enum status
choice_output(const char *name, PaDeviceIndex *out, struct diag *diag);

// For recording, where nothing found is paNoDevice and NOTE, of SIZE bytes,
// says why.
PaDeviceIndex
choice_input(const char *name, char *note, size_t size);

// Whether one stream may span both: one clock, and a reference that keeps its
// distance from its echo.
bool
choice_is_one_clock(PaDeviceIndex output, PaDeviceIndex input);

// How many channels of an output want the same sound: 1 where the system
// spreads mono by itself.
int
choice_channels(PaDeviceIndex output);

// PortAudio looks at the devices once, when it starts, and passes over those
// that do not answer at that moment, as those of a busy sound server.  So what
// is missing is looked for again, where there should be something: PortAudio is
// started anew, for one and a half seconds at most.
enum status
choice_look_again(const char *output, const char *input, bool listen,
                  struct diag *diag);
#endif
