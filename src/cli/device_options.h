// SPDX-License-Identifier: GPL-3.0-or-later
// The options of sound devices that play and serve share, as an argp child.
#ifndef CLI_DEVICE_OPTIONS_H
#define CLI_DEVICE_OPTIONS_H
#include "app/player.h"
#include <argp.h>

// Its input is a struct player_options: the host, its devices, the microphone.
extern const struct argp device_argp;
#endif
