// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting until a device that was started plays indeed.
#ifndef AUDIO_SETTLE_H
#define AUDIO_SETTLE_H
#include "audio/stream.h"
#include "base/diag.h"
#include "base/status.h"

// Devices ask for a bufferful at once and may then stand still: PulseAudio's
// for two seconds where a sink has been idle.  So that the first words are not
// lost, this returns once frames have come in several steps, none late; or
// says what is wrong with a device that asks for none, or for too many.
enum status
settle(const struct stream *stream, unsigned rate, struct diag *diag);
#endif
