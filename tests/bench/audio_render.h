// SPDX-License-Identifier: GPL-3.0-or-later
// What rendering a session costs, beside others that do the like.
#ifndef AUDIO_RENDER_H
#define AUDIO_RENDER_H
#include "audio_figure.h"

// PROGRAM is rollcall's.
void
measure_render(struct figures *figures, const char *program);
#endif
