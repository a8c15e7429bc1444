// SPDX-License-Identifier: GPL-3.0-or-later
// Hours of a session, as fast as they can be had.
#ifndef AUDIO_SOAK_H
#define AUDIO_SOAK_H
#include "audio_figure.h"

void
measure_soak(struct figures *figures);
#endif
